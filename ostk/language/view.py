"""Presentation of resources: the columns of lists, the fields of a resource, and headers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ..api.resource import Json, Resource
from ..console import write_text
from ..errors import OstkError
from ..record import replace
from ..render.format import Cell, usage_bar
from ..render.output import Output, column_indexes, print_list, print_resource
from .column import ALL_FIELDS_IN_API_ORDER, REMAINING_FIELDS, Column
from .grammar import ACRONYMS

if TYPE_CHECKING:
    from ..render.filter import Condition
    from ..session.cloud import Cloud


def shown(columns: Sequence[Column], values: Json, output: Output, also: Sequence[Column] = ()) -> list[Column]:
    """Return the columns to print, by --long and `-c`; called before any request is sent.

    Args:
        columns: The columns of the command.
        values: The values of the parameters; `long` is read.
        output: The output options.
        also: Columns that the command may print additionally; with REMAINING_FIELDS, any that the answer has.

    Returns:
        The columns to print, and those that only `--filter` names: they are `hidden`.

    Raises:
        OstkError: `-c` names no column of the command, or `--filter` one that it does not have.
    """
    named = {plain_title(c) for c in output.columns}
    compared = {plain_title(condition.column) for condition in output.filters}
    available = [c for c in columns if not c.given or any(values.get(name) for name in c.given.split())]
    with_long = [c for c in available if values.get("long") or not c.long]
    visible = [
        replace(c, hidden=False) if c.hidden and plain_title(header(c)) in named else c
        for c in with_long
        if not c.hidden or plain_title(header(c)) in named or names_of(c) & compared
    ]
    if REMAINING_FIELDS in also:  # columns that only the answer tells: they are validated when they are printed
        return visible
    if output.filters:
        of_long = [c for c in available if c not in with_long]
        for condition in output.filters:
            filtered_column(condition, [*with_long, *also], of_long)
    column_indexes([header(c) for c in (*visible, *also) if not c.hidden or c in also], output.columns)
    return visible


def names_of(column: Column) -> set[str]:
    """Return the names of a column that `--filter` knows: its title and its key."""
    return {plain_title(header(column)), plain_title(column.key)}


def filtered_column(
    condition: Condition, columns: Sequence[Column], of_long: Sequence[Column] = (), option: str = "--filter"
) -> Column:
    """Return the column that a condition is about: the first one with this title, otherwise with this key.

    Raises:
        OstkError: There is none; the message has the names of the columns, and says if `of_long` has it.
    """
    wanted = plain_title(condition.column)
    found = [c for c in columns if plain_title(header(c)) == wanted] or [c for c in columns if wanted in names_of(c)]
    if not found:
        titles = ", ".join(dict.fromkeys(map(header, columns)))
        with_long = any(wanted in names_of(c) for c in of_long)
        raise OstkError(
            f"{option} names no column of this {'list' if option == '--filter' else 'resource'}: {condition.column}.",
            f"{condition.column} is a column of the list with --long." if with_long else f"Columns: {titles}.",
        )
    return found[0]


def for_microversion(cloud: Cloud, resource: Resource, columns: Sequence[Column]) -> list[Column]:
    """Return the columns that the negotiated microversion has."""
    service, newest = resource.service, resource.microversion
    available = [c for c in columns if not c.since or cloud.supports(service, c.since, newest)]
    return [c for c in available if not c.until or not cloud.supports(service, c.until, newest)]


def check(columns: Sequence[Column], output: Output, also: Sequence[Column] = ()) -> None:
    """Validate `-c` before a request is sent, where all fields are known; otherwise `print_resource` validates it.

    Raises:
        OstkError: `-c` names no field of `columns` or `also`.
    """
    if columns and REMAINING_FIELDS not in columns and ALL_FIELDS_IN_API_ORDER not in columns:
        column_indexes([c.title or c.key for c in (*columns, *also) if not c.hidden], output.columns)


def plain_title(text: str) -> str:
    """Return a title in the form that `-c` is compared in: lower case, with underscores."""
    return text.lower().replace(" ", "_")


def header(column: Column) -> str:
    """Return the title of a column in a list: `Power State`, `ID`."""
    if column.title:
        return column.title
    words = column.key.replace("-", "_").split("_")
    return " ".join(ACRONYMS.get(word, word.capitalize()) for word in words)


def value(column: Column, item: Json, bars: bool = False) -> Any:
    """Return the cell of a column for a resource; with `bars`, a share of a total has a bar."""
    return reader(column, bars)(item)


def reader(column: Column, bars: bool = False) -> Callable[[Json], Any]:
    """Return the function that returns the cell of a column for a resource, as `value` does."""
    key, format, get = column.key, column.format, column.value
    if bars and column.total:

        def with_bar(item: Json) -> Any:
            found = get(item) if get else field(key, item)
            return Cell(found, usage_bar(field(column.total, item), format))

        return with_bar

    def read(item: Json) -> Any:
        found = get(item) if get else item[key] if key in item else field(key, item)
        return Cell(found, format) if format else found

    return read


def values_to_compare(column: Column, item: Json) -> tuple[Any, Any]:
    """Return the value of a column as in JSON output and as in a table, for `Condition.holds`."""
    cell = value(column, item)
    return (cell.machine, cell.human) if isinstance(cell, Cell) else (cell, None)


def field(key: str, item: Json) -> Any:
    """Return the field of a resource by key; dots nest."""
    if key in item:
        return item[key]
    found: Any = item
    for part in key.split("."):
        found = found.get(part) if isinstance(found, dict) else None
    return found


def print_items(columns: Sequence[Column], items: Iterable[Json], output: Output) -> int:
    """Print a list of resources, those for which the filters hold; return their number without the filters."""
    bars = output.bars and any(column.total for column in columns)
    tests = [(condition, filtered_column(condition, columns)) for condition in output.filters]
    columns = [c for c in columns if not (tests and c.hidden)]
    readers = [reader(column, bars) for column in columns]
    found = 0

    def rows() -> Iterator[list[Any]]:
        nonlocal found
        for item in items:
            found += 1
            if not tests or all(condition.holds(*values_to_compare(column, item)) for condition, column in tests):
                yield [read(item) for read in readers]

    print_list([header(c) for c in columns], rows(), output)
    return found


@contextmanager
def confirmed(text: str, names: Sequence[str], accepted: Collection[str]) -> Iterator[None]:
    """Print a line for each request that was accepted, when the block ends or fails, in the order of the names.

    Args:
        text: The line, with `{}` for the name; "" to print nothing.
        names: The names as typed.
        accepted: The names of those that were accepted, added in the block.
    """
    try:
        yield
    finally:
        for name in names if text else ():
            if name in accepted:
                write_text(text.format(name))


def explain_empty(cloud: Cloud, resource: Resource, found: int, output: Output) -> None:
    """On a terminal, tell if the list may be empty because of the scope of the token."""
    if not found and not output.watch:
        from ..session.error_hints import empty_list

        empty_list(lambda: cloud.access, resource)


def print_item(columns: Sequence[Column], item: Json, output: Output) -> None:
    """Print one resource; without columns all fields, sorted by name."""
    fields = [c for c in columns if not c.hidden] or alphabetical([Column(k) for k in item if k != "links"])
    if REMAINING_FIELDS in columns:
        named = {c.key for c in columns}
        others = [Column(key) for key in item if key not in named]
        fields = alphabetical([*(c for c in fields if c is not REMAINING_FIELDS), *others])
    if ALL_FIELDS_IN_API_ORDER in columns:
        by_key = {"links": Column("links", hidden=True), **{c.key: c for c in columns}}
        fields = [c for c in (by_key.get(key, Column(key)) for key in item) if not c.hidden]
    bars = output.bars
    print_resource([c.title or c.key for c in fields], [value(c, item, bars) for c in fields], output)


def alphabetical(columns: Iterable[Column]) -> list[Column]:
    """Return columns sorted by title or key."""
    return sorted(columns, key=lambda column: column.title or column.key)
