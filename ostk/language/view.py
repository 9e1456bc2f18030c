"""What is printed of an answer: which columns of a list, which fields of a resource, under which titles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ..api.resource import Json, Resource
from ..render.format import Cell, bar
from ..render.output import Output, choose, print_list, print_one
from .column import ALL_FIELDS_IN_API_ORDER, REMAINING_FIELDS, Column
from .grammar import ACRONYMS

if TYPE_CHECKING:
    from ..session.cloud import Cloud


def shown(columns: Sequence[Column], values: Json, output: Output, also: Sequence[Column] = ()) -> list[Column]:
    """Return the columns to print; validate `-c` against them and those that the command may print `also`.

    Nothing is sent yet. OstkError when `-c` names none of them.
    """
    wanted = {plain_title(c) for c in output.columns}
    kept = [
        c for c in columns if (values.get("long") or not c.long) and (not c.hidden or plain_title(header(c)) in wanted)
    ]
    choose([header(c) for c in (*kept, *also)], output.columns)
    return kept


def for_microversion(cloud: Cloud, resource: Resource, columns: Sequence[Column]) -> list[Column]:
    """The columns that the microversion in use has."""
    service, known = resource.service, resource.microversion
    kept = [c for c in columns if not c.since or cloud.supports(service, c.since, known)]
    return [c for c in kept if not c.until or not cloud.supports(service, c.until, known)]


def check(columns: Sequence[Column], output: Output, also: Sequence[Column] = ()) -> None:
    """Validate `-c` before anything is sent, where all fields are known; else `print_one` does, with the answer.

    OstkError when `-c` names none of the fields, nor of those that the command may show `also`.
    """
    if columns and REMAINING_FIELDS not in columns and ALL_FIELDS_IN_API_ORDER not in columns:
        choose([c.title or c.key for c in (*columns, *also) if not c.hidden], output.columns)


def plain_title(text: str) -> str:
    """A title as `-c` compares it."""
    return text.lower().replace(" ", "_")


def header(column: Column) -> str:
    """The title of a column in a list: `Power State`, `ID`."""
    if column.title:
        return column.title
    words = column.key.replace("-", "_").split("_")
    return " ".join(ACRONYMS.get(word, word.capitalize()) for word in words)


def value(column: Column, item: Json, bars: bool = False) -> Any:
    """The cell of a column for a resource, with a bar if there are to be `bars`."""
    found = column.value(item) if column.value else field(column.key, item)
    format = bar(field(column.total, item), column.format) if bars and column.total else column.format
    return Cell(found, format) if format else found


def field(key: str, item: Json) -> Any:
    """The field of that key; dots nest."""
    if key in item:
        return item[key]
    found: Any = item
    for part in key.split("."):
        found = found.get(part) if isinstance(found, dict) else None
    return found


def print_items(columns: Sequence[Column], items: Iterable[Json], output: Output) -> int:
    """Print a list of resources and return their number."""
    bars = output.bars and any(column.total for column in columns)
    found = 0

    def rows() -> Iterator[list[Any]]:
        nonlocal found
        for item in items:
            found += 1
            yield [value(column, item, bars) for column in columns]

    print_list([header(c) for c in columns], rows(), output)
    return found


def explain_empty(cloud: Cloud, resource: Resource, found: int, output: Output) -> None:
    """Say on a terminal if the scope of the token may be why a list is empty."""
    if not found and not output.watch:
        from ..session.error_hints import empty_list

        empty_list(lambda: cloud.access, resource)


def print_item(columns: Sequence[Column], item: Json, output: Output) -> None:
    """Print one resource; without columns all it has, in alphabetical order."""
    chosen = [c for c in columns if not c.hidden] or alphabetical([Column(k) for k in item if k != "links"])
    if REMAINING_FIELDS in columns:
        known = {c.key for c in columns}
        others = [Column(key) for key in item if key not in known]
        chosen = alphabetical([*(c for c in chosen if c is not REMAINING_FIELDS), *others])
    if ALL_FIELDS_IN_API_ORDER in columns:
        by_key = {"links": Column("links", hidden=True), **{c.key: c for c in columns}}
        chosen = [c for c in (by_key.get(key, Column(key)) for key in item) if not c.hidden]
    bars = output.bars
    print_one([c.title or c.key for c in chosen], [value(c, item, bars) for c in chosen], output)


def alphabetical(columns: Iterable[Column]) -> list[Column]:
    """Columns in the order of what they are called."""
    return sorted(columns, key=lambda column: column.title or column.key)
