"""Resources: what metrics are about, such as servers, disks and ports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import Any

import click

from ..api.metric import GNOCCHI, METRIC_RESOURCE, METRIC_RESOURCE_TYPE
from ..errors import OstkError
from ..language import ALL_FIELDS_IN_API_ORDER, REMAINING_FIELDS, Arg, Column, Json, Noun, Opt
from ..record import replace
from ..render.format import Format
from ..session.cloud import Cloud
from ..text import parse_boolean
from .options import PAGING, TYPE, of_type, parse_float, posted_pages, search_request

Metric = tuple[str, str]


def metrics_text(value: Any) -> str:
    """Return the metrics of a resource with their IDs, one a line."""
    return "\n".join(sorted(f"{name}: {id}" for name, id in value.items()))


METRICS = Column("metrics", format=Format(metrics_text))
COLUMNS = "id= type= project_id= user_id= original_resource_id= started_at= ended_at= revision_start= revision_end="
resource = Noun(
    METRIC_RESOURCE,
    "Manage resources that have metrics.",
    columns=[COLUMNS],
    fields=[METRICS, ALL_FIELDS_IN_API_ORDER],
    in_order=True,
)
RESOURCE = Arg("resource_id", "Resource.", names=METRIC_RESOURCE, not_sent=True)
DETAILS = Opt("--details", "Show the attributes that all types of resources have too.", is_flag=True, convert=str)
HISTORY = Opt("--history", "Show earlier revisions of the resources too.", is_flag=True, convert=str)
QUERY = Arg("query", "Search query, e.g. 'display_name=web-1 and ended_at=null', or JSON.", not_sent=True)


def all_columns(items: Iterable[Json], left_out: str = "") -> tuple[list[Column], Iterator[Json]]:
    """Return the columns of resources, with the attributes that the first one has, and the resources."""
    rest = iter(items)
    first = [*islice(rest, 1)]
    own = {column.key for column in resource.columns} | {"created_by_user_id", "created_by_project_id", left_out}
    more = [METRICS if key == METRICS.key else Column(key, key) for item in first for key in item if key not in own]
    return [*resource.columns, *(replace(column, title=column.key) for column in more)], chain(first, rest)


@resource.lister("list", DETAILS, HISTORY, PAGING, TYPE, also=[REMAINING_FIELDS])
def list_resources(cloud: Cloud, body: Json, limit: int | None, resource_type: str) -> Any:
    """List resources, with the attributes of the type."""
    found = cloud.pages(METRIC_RESOURCE, body, path=of_type(resource_type), limit=limit)
    return all_columns(found, METRICS.key)


@resource.lister("search", QUERY, DETAILS, HISTORY, PAGING, TYPE, also=[REMAINING_FIELDS])
def search(cloud: Cloud, query: str, body: Json, limit: int | None, resource_type: str) -> Any:
    """Search resources by attributes."""
    path = of_type(resource_type, "/search/resource")
    return all_columns(posted_pages(cloud, path, body, search_request(query), limit), METRICS.key)


@resource.lister("history", RESOURCE, DETAILS, PAGING, TYPE, also=[REMAINING_FIELDS])
def list_history(cloud: Cloud, resource_id: str, body: Json, limit: int | None, resource_type: str) -> Any:
    """List the revisions of a resource."""
    path = replace(METRIC_RESOURCE, path=of_type(resource_type)).at(resource_id, "history")
    return all_columns(cloud.pages(METRIC_RESOURCE, body, path=path, limit=limit))


@resource.shower("show", TYPE, RESOURCE)
def show(cloud: Cloud, resource_type: str, resource_id: str) -> Json:
    """Show a resource and the metrics of the resource."""
    return cloud.fetch(replace(METRIC_RESOURCE, path=of_type(resource_type)), resource_id)


def pair(text: str) -> Metric:
    """Return the name and the value of NAME:VALUE."""
    name, _, value = text.partition(":")
    return name, value


CONTENT = [
    Opt(
        "-a --attribute attributes",
        "Attribute of the resource, e.g. display_name:web-1.",
        multiple=True,
        metavar="NAME:VALUE",
        not_sent=True,
    ),
    Opt(
        "-m --add-metric added",
        "Existing metric (ID) that the resource gets under a name.",
        multiple=True,
        metavar="NAME:ID",
        not_sent=True,
    ),
    Opt(
        "-n --create-metric created",
        "Metric to create; without an archive policy, the rules of archive policies apply.",
        multiple=True,
        metavar="NAME:ARCHIVE_POLICY",
        not_sent=True,
    ),
]


def read_number(text: str, what: str) -> float:
    """Return a number.

    Raises:
        OstkError: The text is none.
    """
    try:
        return parse_float(text, what)
    except click.UsageError as error:
        raise OstkError(error.message) from None


def attribute_values(cloud: Cloud, resource_type: str, attributes: Iterable[str]) -> Json:
    """Return the attributes of a resource by name, as numbers and booleans where the type has those."""
    pairs = [pair(text) for text in attributes]
    types = cloud.fetch(METRIC_RESOURCE_TYPE, resource_type)["attributes"] if pairs else {}
    readers: dict[str, Callable[[str, str], Any]] = {"number": read_number, "bool": read_boolean}
    return {name: readers.get(types.get(name, {}).get("type"), as_is)(value, name) for name, value in pairs}


def as_is(text: str, what: str) -> str:
    """Return a text."""
    return text


def read_boolean(text: str, what: str) -> bool:
    """Return a boolean.

    Raises:
        OstkError: The text is none.
    """
    value = parse_boolean(text)
    if value is None:
        raise OstkError(f"{what}: {text!r} is neither true nor false.")
    return value


def new_metrics(added: Iterable[str], created: Iterable[str]) -> Json:
    """Return the metrics that a resource gets, as the request has them."""
    policies = {name: {"archive_policy_name": policy} if policy else {} for name, policy in map(pair, created)}
    return {**dict(map(pair, added)), **policies}


def validate_content(attributes: tuple[str, ...], added: tuple[str, ...], resource_id: str) -> None:
    """Reject an empty ID, and attributes and metrics that are not NAME:VALUE.

    Raises:
        click.UsageError: A value has no colon.
        OstkError: The ID is empty.
    """
    for flag, texts in ("--attribute", attributes), ("--add-metric", added):
        for text in texts:
            if not all(text.partition(":")[:2]):
                raise click.UsageError(f"{flag}: {text!r} is not NAME:VALUE.")
    if not resource_id:
        raise OstkError("The ID of the resource is empty.")


@resource.shower(
    "create", TYPE, Arg("resource_id", "ID of the resource: any text.", key="id"), CONTENT, validate=validate_content
)
def create(
    cloud: Cloud,
    resource_type: str,
    body: Json,
    attributes: tuple[str, ...],
    added: tuple[str, ...],
    created: tuple[str, ...],
) -> Json:
    """Create a resource."""
    metrics = new_metrics(added, created)
    content = body | attribute_values(cloud, resource_type, attributes) | ({"metrics": metrics} if metrics else {})
    return cloud.create(METRIC_RESOURCE, content, of_type(resource_type))


@resource.shower(
    "update",
    TYPE,
    RESOURCE,
    CONTENT,
    Opt("-d --delete-metric deleted", "Metric to remove from the resource (name).", multiple=True, not_sent=True),
    validate=validate_content,
)
def update(cloud: Cloud, resource_type: str, resource_id: str, values: Json) -> Json | None:
    """Update the attributes and the metrics of a resource."""
    typed = replace(METRIC_RESOURCE, path=of_type(resource_type))
    body = attribute_values(cloud, resource_type, values["attributes"])
    if values["added"] or values["created"] or values["deleted"]:
        metrics = cloud.fetch(typed, resource_id)["metrics"]
        if missing := [name for name in values["deleted"] if name not in metrics]:
            raise OstkError(f"The resource {resource_id} has no metric {', '.join(missing)}.")
        kept = {name: id for name, id in metrics.items() if name not in values["deleted"]}
        body["metrics"] = kept | new_metrics(values["added"], values["created"])
    return cloud.update(typed, resource_id, body) if body else cloud.fetch(typed, resource_id)


@resource.each("delete")
def delete(cloud: Cloud, metric_resource: str) -> None:
    """Delete resources and all metrics of the resources."""
    cloud.delete(METRIC_RESOURCE, metric_resource)


@resource.shower("batch delete", TYPE, QUERY, fields=[ALL_FIELDS_IN_API_ORDER])
def batch_delete(cloud: Cloud, resource_type: str, query: str) -> Json | None:
    """Delete all resources that a search query finds."""
    if not query.strip():
        raise OstkError("The query is empty.", "It would delete all resources of the type.")
    found: Json | None = cloud.call(GNOCCHI, "DELETE", of_type(resource_type), json=search_request(query))
    return found
