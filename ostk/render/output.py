"""Printing of lists and resources: columns, sort order and format as the output options say."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from ..console import prepare, write_message
from ..record import Record
from ..text import disarmed, visible
from .format import Cell

if TYPE_CHECKING:
    from .filter import Condition
    from .watch import Watch


class Output(Record):
    """The output options of a command.

    Attributes:
        format: csv, json, jsonl, table, value or yaml for lists; json, shell, table, value or yaml for one resource.
        columns: The columns to print; () is all.
        variables: The shell variables to print, without the prefix; () is all.
        max_width: The maximum width of a table in characters; 0 is no limit.
        color: Whether to print colors; None decides by the terminal and NO_COLOR.
        query: A JMESPath expression applied to what JSON output would be; its result is printed.
        filters: Conditions on columns; only rows for which all hold are printed.
        watch: The state of --watch; None without the option.
        titles: The titles of the table of one resource.
    """

    format: str = "table"
    columns: tuple[str, ...] = ()
    sort_columns: tuple[str, ...] = ()
    descending: bool = False
    max_width: int = 0
    fit_width: bool = False
    print_empty: bool = False
    noindent: bool = False
    quote: str = "nonnumeric"
    prefix: str = ""
    variables: tuple[str, ...] = ()
    color: bool | None = None
    query: str = ""
    filters: tuple[Condition, ...] = ()
    watch: Watch | None = None
    titles: tuple[str, str] = ("Field", "Value")

    @property
    def bars(self) -> bool:
        """Whether to draw bars: in tables, on a terminal that can show block characters."""
        if self.format != "table":
            return False
        from . import terminal

        return terminal.is_terminal() and terminal.can_draw_boxes()


def column_indexes(headers: Sequence[str], columns: Sequence[str]) -> list[int]:
    """Return the indexes of the columns to print, in the order of the headers; of all columns if `columns` is empty.

    Case is ignored, spaces and underscores are equal, and unknown names are ignored.

    Raises:
        OstkError: All names are unknown.
    """
    if not columns:
        return list(range(len(headers)))
    names = {_plain(name) for name in columns}
    found = [index for index, header in enumerate(headers) if _plain(header) in names]
    if not found:
        from ..errors import OstkError

        recognized = ", ".join(map(repr, dict.fromkeys(headers)))
        source = getattr(columns, "source", "")
        raise OstkError(
            f"No recognized column names in {list(columns)}. Recognized columns are ({recognized}).",
            f"The columns are set by {source}." if source else "",
        )
    return found


def print_list(headers: Sequence[str], rows: Iterable[Sequence[Any]], output: Output) -> None:
    """Print rows, each of them values (or Cells) in the order of the headers.

    csv and value print each row as it comes, unless they are to be sorted.
    """
    indexes = column_indexes(headers, output.columns)
    if output.sort_columns:
        rows = _sorted(headers, rows, output)
    if len(indexes) < len(headers):
        headers = [headers[index] for index in indexes]
        rows = ([row[index] for index in indexes] for row in rows)
    show = prepare()
    from . import machine

    if output.watch and not sys.stdout.isatty():
        output.watch.write(machine.apply_query(machine.as_objects(headers, rows), output.query))
        return
    if output.query:
        _print_query(machine.as_objects(headers, rows), output, show)
        return
    match output.format:
        case "json":
            machine.write_json_rows(headers, rows, output.noindent)
        case "jsonl":
            machine.write_json_lines(headers, rows)
        case "yaml":
            machine.write_yaml(machine.as_objects(headers, rows))
        case "csv":
            machine.write_csv(headers, rows, output.quote, show)
        case "value":
            machine.write_value_rows(rows, show)
        case _:
            _print_table(headers, rows, output, is_resource=False)


def print_resource(fields: Sequence[str], values: Sequence[Any], output: Output) -> None:
    """Print one resource: its fields and their values (or Cells)."""
    indexes = column_indexes(fields, output.columns)
    fields = [fields[index] for index in indexes]
    values = [values[index] for index in indexes]
    show = prepare()
    from . import machine

    if output.watch and not sys.stdout.isatty():
        output.watch.write(machine.apply_query(machine.as_object(fields, values), output.query))
        return
    if output.query:
        _print_query(machine.as_object(fields, values), output, show)
        return
    match output.format:
        case "json":
            machine.write_json(machine.as_object(fields, values), output.noindent)
        case "yaml":
            machine.write_yaml_fields(fields, values)
        case "value":
            machine.write_values(values, show)
        case "shell":
            machine.write_shell(fields, values, output.prefix, show, output.variables)
        case _:
            _print_table(output.titles, zip(fields, values, strict=False), output, is_resource=True)


def _print_query(content: Any, output: Output, show: Callable[[str], str]) -> None:
    from .machine import apply_query
    from .query import print_result

    def table(headers: Sequence[str], rows: Iterable[Sequence[Any]], is_resource: bool) -> None:
        _print_table(headers, rows, output, is_resource)

    print_result(apply_query(content, output.query), output, show, table)


def _print_table(headers: Sequence[str], rows: Iterable[Sequence[Any]], output: Output, is_resource: bool) -> None:
    from . import terminal
    from .table import limit_widths, make_table, table_lines

    on_terminal = terminal.is_terminal()
    # Columns are not made narrower than this; the table is then wider than the terminal.
    minimum = 16 if is_resource else 8
    show = partial(visible, keep="\n\t") if on_terminal else disarmed
    table = make_table(headers, rows, show, align=not is_resource)
    changed = output.watch.changes(table) if output.watch else set()
    if output.watch:
        output.watch.begin()
    if not table.rows and (is_resource or not output.print_empty):
        sys.stdout.write("\n")
        return
    max_width = output.max_width
    if max_width < 1:
        max_width = terminal.terminal_width() if on_terminal or output.fit_width else 0
    limited = output.max_width > 0
    if on_terminal:
        widths = terminal.fit_widths(table, max_width, minimum, is_resource, limited)
    else:
        widths = limit_widths(table, max_width, minimum)
    if on_terminal and terminal.can_draw_boxes():
        terminal.print_boxes(table, widths, is_resource, terminal.use_color(output.color), changed)
        return
    sys.stdout.write("\n".join(table_lines(table, widths, keep_ids=on_terminal)) + "\n")


def _plain(name: str) -> str:
    return name.lower().strip().replace(" ", "_")


def _sorted(headers: Sequence[str], rows: Iterable[Sequence[Any]], output: Output) -> list[Sequence[Any]]:
    """Return the rows sorted by the sort columns; None comes last, in descending order first."""
    names = [_plain(header) for header in headers]
    indexes = [names.index(_plain(name)) for name in output.sort_columns if _plain(name) in names]
    ordered = list(rows)
    for index in reversed(indexes):
        try:
            ordered = sorted(ordered, key=lambda row: _sort_key(row[index]), reverse=output.descending)
        except TypeError:
            if not all(isinstance(row[index], Cell) for row in ordered):
                write_message(f"The values of {headers[index]} cannot be compared, so they are not sorted.")
                continue
            ordered = sorted(ordered, key=lambda row: row[index].human, reverse=output.descending)
    return ordered


def _sort_key(value: Any) -> tuple[bool, Any]:
    if isinstance(value, Cell):
        value = value.value
    return value is None, value
