"""Where every answer is printed: the columns asked for, in the order and the format asked for."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from ..console import prepare, write_message
from ..record import Record
from ..text import disarmed, visible
from .format import Cell

if TYPE_CHECKING:
    from .watch import Watch


class Output(Record):
    """How the user wants an answer printed.

    `format` is table, json, csv, value or yaml for lists; json, shell, table, value or yaml for one
    resource, and jsonl for lists. `max_width` is in columns, 0 for no limit. `color` None leaves it to the
    terminal. `query` is a JMESPath expression that is applied to json. `watch` is there when this is one of
    several rounds.
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
    color: bool | None = None
    query: str = ""
    watch: Watch | None = None

    @property
    def bars(self) -> bool:
        """Whether bars are drawn: in tables on a terminal that can show them."""
        from . import terminal

        return self.format == "table" and terminal.is_terminal() and terminal.draws_boxes()


def choose(headers: Sequence[str], wanted: Sequence[str]) -> list[int]:
    """Which headers the user asked for: their indexes, in the order of the headers; all when none was named.

    Case does not matter, nor do spaces and underscores. Unknown names are ignored; OstkError when all
    are unknown.
    """
    if not wanted:
        return list(range(len(headers)))
    names = {_plain(name) for name in wanted}
    found = [index for index, header in enumerate(headers) if _plain(header) in names]
    if not found:
        from ..errors import OstkError

        asked, known = list(wanted), ", ".join(map(repr, headers))
        raise OstkError(f"No recognized column names in {asked}. Recognized columns are ({known}).")
    return found


def print_list(headers: Sequence[str], rows: Iterable[Sequence[Any]], output: Output) -> None:
    """Print rows, each of them values (or Cells) in the order of the headers.

    csv and value print each row as it comes, unless they are to be sorted.
    """
    chosen = choose(headers, output.columns)
    if output.sort_columns:
        rows = _sorted(headers, rows, output)
    if len(chosen) < len(headers):
        headers = [headers[index] for index in chosen]
        rows = ([row[index] for index in chosen] for row in rows)
    show = prepare()
    from . import machine

    if output.watch and not sys.stdout.isatty():
        output.watch.write(machine.queried(machine.records(headers, rows), output.query))
        return
    match output.format:
        case "json":
            machine.write_json(machine.queried(machine.records(headers, rows), output.query), output.noindent)
        case "jsonl":
            for row in rows:
                machine.write_json(machine.record(headers, row), noindent=True)
        case "yaml":
            machine.write_yaml(machine.records(headers, rows))
        case "csv":
            machine.write_csv(headers, rows, output.quote, show)
        case "value":
            machine.write_value_rows(rows, show)
        case _:
            _print_table(headers, rows, output, of_one=False)


def print_one(fields: Sequence[str], values: Sequence[Any], output: Output) -> None:
    """Print one resource: its fields and their values (or Cells)."""
    chosen = choose(fields, output.columns)
    fields = [fields[index] for index in chosen]
    values = [values[index] for index in chosen]
    show = prepare()
    from . import machine

    if output.watch and not sys.stdout.isatty():
        output.watch.write(machine.queried(machine.record(fields, values), output.query))
        return
    match output.format:
        case "json":
            machine.write_json(machine.queried(machine.record(fields, values), output.query), output.noindent)
        case "yaml":
            machine.write_yaml_fields(fields, values)
        case "value":
            machine.write_values(values, show)
        case "shell":
            machine.write_shell(fields, values, output.prefix, show)
        case _:
            _print_table(("Field", "Value"), zip(fields, values, strict=False), output, of_one=True)


def _print_table(headers: Sequence[str], rows: Iterable[Sequence[Any]], output: Output, of_one: bool) -> None:
    from . import terminal
    from .table import draw, narrowed, table

    on_terminal = terminal.is_terminal()
    # Below these widths a table had better be wider than the window.
    minimum = 16 if of_one else 8
    show = partial(visible, keep="\n\t") if on_terminal else disarmed
    drawn = table(headers, rows, show, align=not of_one)
    changed = output.watch.changes(drawn) if output.watch else set()
    if output.watch:
        output.watch.begin()
    if not drawn.rows and (of_one or not output.print_empty):
        sys.stdout.write("\n")
        return
    room = output.max_width
    if room < 1:
        room = terminal.window() if on_terminal or output.fit_width else 0
    limited = output.max_width > 0
    widths = terminal.fitted(drawn, room, minimum, of_one, limited) if on_terminal else narrowed(drawn, room, minimum)
    if on_terminal and terminal.draws_boxes():
        terminal.print_boxes(drawn, widths, of_one, terminal.wants_color(output.color), changed)
        return
    sys.stdout.write("\n".join(draw(drawn, widths, whole=on_terminal)) + "\n")


def _plain(name: str) -> str:
    return name.lower().strip().replace(" ", "_")


def _sorted(headers: Sequence[str], rows: Iterable[Sequence[Any]], output: Output) -> list[Sequence[Any]]:
    """The rows in the order asked for; unset values come last (first when descending)."""
    names = [_plain(header) for header in headers]
    indexes = [names.index(_plain(name)) for name in output.sort_columns if _plain(name) in names]
    ordered = list(rows)
    for index in reversed(indexes):
        try:
            ordered = sorted(ordered, key=lambda row: _rank(row[index]), reverse=output.descending)
        except TypeError:
            if not all(isinstance(row[index], Cell) for row in ordered):
                write_message(f"The values of {headers[index]} cannot be compared, so they are not sorted.")
                continue
            ordered = sorted(ordered, key=lambda row: row[index].human, reverse=output.descending)
    return ordered


def _rank(value: Any) -> tuple[bool, Any]:
    if isinstance(value, Cell):
        value = value.value
    return value is None, value
