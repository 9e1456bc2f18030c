"""Resources: what metrics are about, such as servers, disks and ports."""

from itertools import chain, islice
from typing import Any

import click

from ..api.metric import METRIC_RESOURCE, METRIC_RESOURCE_TYPE
from ..errors import OstkError
from ..language import ALL_FIELDS_IN_API_ORDER, REMAINING_FIELDS, Arg, Cloud, Column, Items, Json, Noun, Opt, Value
from ..record import replace
from ..render.format import Format
from ..text import parse_boolean
from .options import PAGING, TYPE, of_type, parse_float, posted_pages, search_request

Pairs = tuple[tuple[str, Any], ...]
# How the values of an attribute are read, by its type, and what a value is that cannot be read.
READERS = {"number": (parse_float, "not a number"), "bool": (parse_boolean, "neither true nor false")}


def metrics_text(value: Any) -> str:
    """Return the metrics of a resource with their IDs, one a line."""
    return "\n".join(sorted(f"{name}: {id}" for name, id in value.items()))


METRICS = Column("metrics", format=Format(metrics_text))
COLUMNS = "id= type= project_id= user_id= original_resource_id= started_at= ended_at= revision_start= revision_end="
resource = Noun(
    METRIC_RESOURCE,
    "Manage resources with metrics.",
    columns=[COLUMNS],
    fields=[METRICS, ALL_FIELDS_IN_API_ORDER],
    in_order=True,
)
RESOURCE = Arg("resource_id", "Resource.", names=METRIC_RESOURCE)
DETAILS = Opt("--details", "Show the attributes common to all resource types too.", is_flag=True, convert=str)
HISTORY = Opt("--history", "Show earlier revisions of the resources too.", is_flag=True, convert=str)
QUERY = Arg(
    "query", "Search query, e.g. 'display_name=web-1 and ended_at=null', or JSON.", type=search_request, not_sent=True
)


def all_columns(items: Items, left_out: str = "") -> tuple[list[Column], Items]:
    """Return the columns of resources, with the attributes that the first one has, and the resources."""
    rest = iter(items)
    first = [*islice(rest, 1)]
    own = {column.key for column in resource.columns} | {"created_by_user_id", "created_by_project_id", left_out}
    more = [METRICS if key == METRICS.key else Column(key, key) for item in first for key in item if key not in own]
    return [*resource.columns, *(replace(column, title=column.key) for column in more)], chain(first, rest)


@resource.lister("list", DETAILS, HISTORY, PAGING, TYPE, also=[REMAINING_FIELDS])
def list_resources(cloud: Cloud, body: Json, limit: int | None, resource_type: str) -> Any:
    """List resources with the attributes of the resource type."""
    return all_columns(cloud.pages(of_type(resource_type), body, limit=limit), METRICS.key)


@resource.lister("search", QUERY, DETAILS, HISTORY, PAGING, TYPE, also=[REMAINING_FIELDS])
def search(cloud: Cloud, query: Json, body: Json, limit: int | None, resource_type: str) -> Any:
    """Search resources by attributes."""
    path = of_type(resource_type, "/search/resource").path
    return all_columns(posted_pages(cloud, path, body, query, limit), METRICS.key)


@resource.lister("history", RESOURCE, DETAILS, PAGING, TYPE, also=[REMAINING_FIELDS])
def list_history(cloud: Cloud, resource_id: str, body: Json, limit: int | None, resource_type: str) -> Any:
    """List the revisions of a resource."""
    path = of_type(resource_type).at(resource_id, "history")
    return all_columns(cloud.pages(METRIC_RESOURCE, body, path=path, limit=limit))


@resource.shower("show", TYPE, RESOURCE)
def show(cloud: Cloud, resource_type: str, resource_id: str) -> Json:
    """Show a resource and the metrics of the resource."""
    return cloud.fetch(of_type(resource_type), resource_id)


def read_pair(text: str) -> tuple[str, str]:
    """Return the name and the value of NAME:VALUE.

    Raises:
        click.BadParameter: The text is none.
    """
    name, colon, value = text.partition(":")
    if not (name and colon):
        raise click.BadParameter(f"{text!r} is not NAME:VALUE.")
    return name, value


def read_new_metric(text: str) -> tuple[str, Json]:
    """Return the name and the definition of a metric to create, from NAME or NAME:ARCHIVE_POLICY."""
    name, _, policy = text.partition(":")
    return name, {"archive_policy_name": policy} if policy else {}


def pairs_option(flags: str, help: str, metavar: str, read: Any = read_pair) -> Opt:
    """Return a repeatable option for a name and a value."""
    return Value(flags, help, multiple=True, type=read, metavar=metavar)


NEW_METRIC_HELP = "Metric to create; without an archive policy, the rules of archive policies apply."
CONTENT = [
    pairs_option("-a --attribute attributes", "Attribute of the resource, e.g. display_name:web-1.", "NAME:VALUE"),
    pairs_option("-m --add-metric added", "Existing metric (ID) that the resource gets under a name.", "NAME:ID"),
    pairs_option("-n --create-metric created", NEW_METRIC_HELP, "NAME:ARCHIVE_POLICY", read_new_metric),
]


def attribute_values(cloud: Cloud, resource_type: str, attributes: Pairs) -> Json:
    """Return the attributes of a resource by name, as numbers and booleans where the type has those.

    Raises:
        OstkError: A value is not one of its type.
    """
    types = cloud.fetch(METRIC_RESOURCE_TYPE, resource_type)["attributes"] if attributes else {}
    found: Json = dict(attributes)
    for name, text in attributes:
        read, otherwise = READERS.get(types.get(name, {}).get("type"), (str, ""))
        found[name] = read(text)
        if found[name] is None:
            raise OstkError(f"{name}: {text!r} is {otherwise}.")
    return found


def validate_id(resource_id: str) -> None:
    """Raise OstkError for an empty ID."""
    if not resource_id:
        raise OstkError("The ID of the resource is empty.")


@resource.shower(
    "create",
    TYPE,
    Arg("resource_id", "ID of the resource: a UUID or any other text.", key="id"),
    CONTENT,
    validate=validate_id,
)
def create(cloud: Cloud, resource_type: str, body: Json, attributes: Pairs, added: Pairs, created: Pairs) -> Json:
    """Create a resource."""
    metrics = {**dict(added), **dict(created)}
    content = body | attribute_values(cloud, resource_type, attributes) | ({"metrics": metrics} if metrics else {})
    return cloud.create(of_type(resource_type), content)


@resource.shower(
    "update",
    TYPE,
    RESOURCE,
    CONTENT,
    Value("-d --delete-metric deleted...", "Metric to remove from the resource (name)."),
    validate=validate_id,
)
def update(cloud: Cloud, resource_type: str, resource_id: str, values: Json) -> Json | None:
    """Update the attributes and the metrics of a resource."""
    typed, deleted = of_type(resource_type), values["deleted"]
    body = attribute_values(cloud, resource_type, values["attributes"])
    new = {**dict(values["added"]), **dict(values["created"])}
    if new or deleted:
        metrics = cloud.fetch(typed, resource_id)["metrics"]
        if missing := [name for name in deleted if name not in metrics]:
            raise OstkError(f"The resource {resource_id} has no metric {', '.join(missing)}.")
        body["metrics"] = {name: id for name, id in metrics.items() if name not in deleted} | new
    return cloud.update(typed, resource_id, body) if body else cloud.fetch(typed, resource_id)


@resource.each("delete")
def delete(cloud: Cloud, metric_resource: str) -> None:
    """Delete resources and all metrics of the resources."""
    cloud.delete(METRIC_RESOURCE, metric_resource)


@resource.shower("batch delete", TYPE, QUERY, fields=[ALL_FIELDS_IN_API_ORDER])
def batch_delete(cloud: Cloud, resource_type: str, query: Json) -> Json:
    """Delete all resources that a search query finds."""
    if not query:
        raise OstkError("The query is empty.", "It would delete all resources of the type.")
    return cloud.send(of_type(resource_type), "DELETE", json=query)
