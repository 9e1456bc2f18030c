"""Columns, options and requests of the lists and `show` commands of Ironic."""

from collections.abc import Iterable
from typing import Any

import click

from ..console import write_message
from ..errors import ResourceNotFound
from ..language import LIMIT, LONG, MARKER, Cloud, Column, Json, Opt, Resource, Value, exclusive, without
from ..language.sort_keys import SortKeys, sort_items

Rows = tuple[list[Column], Iterable[Json]]

WAIT = Opt(
    "--wait",
    "Wait until the operation is complete, at most SECONDS (default: no limit).",
    is_flag=False,
    flag_value=0,
    type=click.IntRange(0),
    metavar="[SECONDS]",
    not_sent=True,
)


def columns(keys: str) -> list[Column]:
    """Return the columns of fields; a field that the answer lacks is an empty text."""
    return [column(key) for key in keys.split()]


def some(detailed: Iterable[Column], keys: Iterable[str]) -> list[Column]:
    """Return the columns of some fields, from the columns of all fields."""
    by_key = {one.key: one for one in detailed}
    return [by_key[key] for key in keys]


def column(key: str, title: str = "") -> Column:
    """Return the column of a field."""
    return Column(key, title or key, value=lambda item: item.get(key, ""))


def order(value: Any) -> tuple[int, float, str]:
    """Return what a value is sorted by: nothing comes first, then numbers, then texts."""
    if value is None:
        return 0, 0, ""
    return (1, value, "") if isinstance(value, int | float) else (2, 0, str(value))


def fields_option(fields: Iterable[Column]) -> Opt:
    """Return the option --fields for the fields of a resource."""
    return Value(
        "--fields",
        "Fields to request and to show, in this order.",
        greedy="+",
        choices=sorted(field.key for field in fields),
        metavar="FIELD...",
    )


def list_options(fields: Iterable[Column]) -> list[Opt]:
    """Return the options that every list with pages has, for the fields of a resource."""
    return [
        LIMIT,
        MARKER,
        Value("--sort", "Sort keys, e.g. name:desc.", type=SortKeys()),
        *exclusive(LONG, fields_option(fields)),
    ]


def list_all(
    cloud: Cloud,
    resource: Resource,
    query: Json,
    values: Json,
    short: list[Column],
    detailed: list[Column],
    detail: str = "",
) -> Rows:
    """Return the columns and the resources of a list, of all its pages.

    Args:
        cloud: The cloud.
        resource: The type of the resources.
        query: The filters.
        values: The values of the options of `list_options`.
        short: The columns without --long and --fields.
        detailed: The columns of all fields.
        detail: The path of the list with all fields; "" for the query ?detail=true, "-" where a list has all anyway.
    """
    names, path = values["fields"], ""
    shown = detailed if values["long"] else some(detailed, names) if names else short
    if values["long"]:
        path, query = detail.strip("-"), query if detail else {**query, "detail": True}
    elif names:
        query = {**query, "fields": ",".join(names)}
    items: Iterable[Json] = cloud.pages(resource, query, path=path, limit=values.get("limit"))
    return shown, sort_items(items, values["sort"], order) if values.get("sort") else items


def fetch(cloud: Cloud, resource: Resource, name: str, fields: Iterable[str] = (), dropped: Iterable[str] = ()) -> Json:
    """Return a resource, or some fields of it, without links and what is `dropped`."""
    query = {"fields": ",".join(fields)} if fields else {}
    return without(cloud.get(resource, name, query), "links", *dropped)


def joined(item: Json) -> Json:
    """Return a resource with each list as one text."""
    return {key: ", ".join(map(str, value)) if isinstance(value, list) else value for key, value in item.items()}


def fetch_by_address(
    cloud: Cloud, resource: Resource, address: str, fields: Iterable[str] = (), dropped: Iterable[str] = ()
) -> Json:
    """Return the one resource with a MAC address. The arguments are those of `fetch`. Raises ResourceNotFound."""
    query = {"address": address, **({"fields": ",".join(fields)} if fields else {})}
    path = "" if fields else f"{resource.path}/detail"
    found = next(cloud.pages(resource, query, path=path), None)
    if found is None:
        raise ResourceNotFound(f"No {resource.noun} has the address {address}.")
    return without(found, "links", *dropped)


def tell(cloud: Cloud, done: str) -> None:
    """Write on standard error what was done, unless requests are printed and not sent."""
    if not cloud.dry_run():
        write_message(done)
