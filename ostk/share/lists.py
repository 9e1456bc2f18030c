"""What the lists of Manila's things share: which to show, where to go on, in which order, and how many there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import click

from ..console import write_text
from ..errors import OstkError
from ..language import COUNT, Column, Flag, Json, KeyValue, Opt, Resource, unlimited
from ..render.options import output_from
from ..session.cloud import Cloud

ALL_PROJECTS = Opt("--all-projects", "Those of all projects.", is_flag=True, key="all_tenants", convert=str)
STATUS = Opt("--status", "Only those in this state.")
NAMED = [
    Opt("--name", "Only those of this name."),
    Opt("--name~ named", "Only those whose name holds this.", key="name~", since="2.36"),
    Opt("--description", "Only those with this description.", since="2.36"),
    Opt(
        "--description~ description_like", "Only those whose description holds this.", key="description~", since="2.36"
    ),
]


def number(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """How many to leave out."""
    if value and not value.isdigit():
        raise OstkError(f"{value!r} is not a number of results.", "The list goes on after so many, not after an ID.")
    return value


LIMIT = Opt("--limit", "Largest number of results; 0 is all.", type=COUNT, callback=unlimited)
MARKER = Opt("--marker", "How many to leave out first.", key="offset", callback=number)
OFFSET = Opt("--offset", "How many to leave out first.", callback=number)


def more(flag: str) -> Opt:
    """The option for more columns where it is not --long, but may have a value: 0 is not to show them."""
    help = "Show more columns; 0 is not to."
    return Opt(f"{flag} long", help, is_flag=False, flag_value=1, type=int, default=0, not_sent=True)


DETAIL, DETAILED = more("--detail"), more("--detailed")
HELD = Opt(
    "--property",
    "Only those with this property; may be repeated.",
    type=KeyValue(),
    multiple=True,
    key="metadata",
    convert=lambda pairs: str(dict(pairs)),
)
COUNTED = Flag("--count", "Say how many there are, before --limit.", since="2.79")


class Order(click.ParamType[list[tuple[str, bool]]]):
    """Fields to sort by, each perhaps with a direction: `name:desc,id`."""

    name = "key[:asc|:desc],…"

    def convert(
        self, value: str | list[tuple[str, bool]], param: click.Parameter | None, ctx: click.Context | None
    ) -> list[tuple[str, bool]]:
        """Read them: each field, and whether it descends."""
        if isinstance(value, list):
            return value
        parts = [part.partition(":") for part in value.strip().split(",") if part]
        for key, colon, direction in parts:
            if not key or direction not in (("asc", "desc") if colon else ("",)):
                raise OstkError(f"{key + colon + direction!r} is no order.", "Orders are KEY, KEY:asc and KEY:desc.")
        return [(key, direction == "desc") for key, _, direction in parts]


class Known(click.ParamType[str]):
    """One of some words."""

    name = "word"

    def __init__(self, known: str) -> None:
        self.known = known.split()

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word, if it is one of them."""
        if value not in self.known:
            raise OstkError(f"{param.opts[0] if param else ''}: {value!r} is none of {', '.join(self.known)}.")
        return str(value)


def sorting(keys: str, convert: Callable[[str], str] | None = None) -> list[Opt]:
    """The options for the order that Manila itself makes, by one of its fields."""
    return [
        Opt("--sort-key --sort_key", "Field to sort by; created_at unless given.", type=Known(keys), convert=convert),
        Opt("--sort-dir --sort_dir", "Order: asc, or desc as it is unless given.", type=Known("asc desc")),
    ]


SORT = Opt("--sort", "Order; name:asc unless given.", type=Order(), default="name:asc", not_sent=True)


def in_order(items: Iterable[Json], order: list[tuple[str, bool]]) -> list[Json]:
    """Resources in an order, by what their fields read like."""
    ordered = list(items)
    for key, descending in reversed(order):
        if ordered and not any(key in item for item in ordered):
            raise OstkError(f"They have no field {key!r} to sort by.")
        ordered.sort(key=lambda item: str(item.get(key)), reverse=descending)
    return ordered


def countable(values: Json) -> None:
    """Refuse to tell a number where it would stand in the way of a program."""
    if values["count"] and output_from(values).format != "table":
        raise OstkError("--count is told above a table only.")


def count(cloud: Cloud, resource: Resource, query: Json, noun: str) -> None:
    """Tell how many there are that fit a query."""
    asked = {key: value for key, value in query.items() if key != "offset"} | {"with_count": "True", "limit": 1}
    reply = cloud.call(resource.service, "GET", resource.list, params=asked, microversion=resource.microversion)
    write_text(f"Total number of {noun}: {reply['count']}")


def with_project(columns: Sequence[Column], query: Json) -> list[Column]:
    """The columns, with the project where there is what belongs to all of them."""
    more = query.get("all_tenants") and all(column.key != "project_id" for column in columns)
    return [*columns, *([Column("project_id")] if more else [])]
