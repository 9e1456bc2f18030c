"""Tables: the text of cells, the widths of columns, the lines of rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from ..text import display_width, wrap
from .format import Cell


class Table(NamedTuple):
    """A table of texts; `right` has for each column whether it is right-aligned."""

    headers: list[str]
    rows: list[list[str]]
    right: list[bool]

    def widths(self) -> list[int]:
        """Return the width of each column without wrapping, in terminal columns."""
        widths = [_text_width(header) for header in self.headers]
        for row in self.rows:
            for index, text in enumerate(row):
                span = len(text) if text.isascii() and "\n" not in text else _text_width(text)
                if span > widths[index]:
                    widths[index] = span
        return widths


def make_table(
    headers: Sequence[str], rows: Iterable[Sequence[Any]], show: Callable[[str], str], align: bool = True
) -> Table:
    """Return a table of texts from headers and values; `show` escapes control characters.

    With `align`, columns that have a number in the first row are aligned right.
    """
    right = [False] * len(headers)
    lines: list[list[str]] = []
    for row in rows:
        if align and not lines:
            right = [value.format.right if isinstance(value, Cell) else type(value) in (int, float) for value in row]
        lines.append([_text(value, show) for value in row])
    return Table([show(header) for header in headers], lines, right)


def limit_widths(table: Table, max_width: int, minimum: int) -> list[int]:
    """Return column widths for a table of at most `max_width` columns, none below `minimum`; 0 is no limit.

    Columns wider than an equal share divide what the others leave; the last of them takes the rest.
    """
    widths = table.widths()
    count = len(widths)
    usable = max(0, max_width - 1 - 3 * count)
    if max_width <= 0 or not count or sum(widths) + 3 * count + 1 <= max_width:
        return widths
    share = usable // count
    wide = [index for index, width in enumerate(widths) if width > share]
    left = usable - sum(width for width in widths if width <= share)
    each = left // len(wide) if wide else 0
    for index in wide:
        limit = left - each * (len(wide) - 1) if index == wide[-1] else each
        header = display_width(table.headers[index])
        widths[index] = max(header, min(widths[index], max(minimum, limit)))
    return widths


def table_lines(table: Table, widths: Sequence[int], keep_ids: bool = False) -> Iterator[str]:
    """Return the lines of a table; with `keep_ids`, no ID or address is broken."""
    rule = "+" + "+".join("-" * (width + 2) for width in widths) + "+"
    yield rule
    for number, row in enumerate([table.headers, *table.rows]):
        for parts in cell_lines(row, widths, table.right, keep_ids):
            yield "| " + " | ".join(parts) + " |"
        if not number:
            yield rule
    yield rule


def cell_lines(
    row: Sequence[str], widths: Sequence[int], right: Sequence[bool], keep_ids: bool = False
) -> list[list[str]]:
    """Return the lines of a row, each a list of one text a cell, as wide as its column."""
    first: list[str] = []
    wrapped: list[tuple[int, list[str]]] = []
    for text, width, is_right in zip(row, widths, right, strict=False):
        if len(text) <= width and text.isascii() and "\n" not in text:
            first.append(text.rjust(width) if is_right else text.ljust(width))
            continue
        parts = [_padded(part, width, is_right) for part in _wrapped(text, width, keep_ids)]
        if len(parts) > 1:
            wrapped.append((len(first), parts))
        first.append(parts[0])
    if not wrapped:
        return [first]
    lines = [first]
    blank = [" " * width for width in widths]
    for number in range(1, max(len(parts) for _, parts in wrapped)):
        line = blank.copy()
        for index, parts in wrapped:
            if number < len(parts):
                line[index] = parts[number]
        lines.append(line)
    return lines


def _text(value: Any, show: Callable[[str], str]) -> str:
    text = value.human if isinstance(value, Cell) else value
    text = text.replace("\r\n", "\n").replace("\r", " ") if isinstance(text, str) else str(text)
    return show(text).expandtabs()


def _text_width(text: str) -> int:
    return max(map(display_width, text.split("\n"))) if "\n" in text else display_width(text)


def _wrapped(text: str, width: int, keep_ids: bool) -> list[str]:
    lines: list[str] = []
    for line in text.split("\n"):
        if (len(line) if line.isascii() else display_width(line)) <= width:
            lines.append(line)
        else:
            lines += wrap(line, width, keep_ids)
    return lines


def _padded(text: str, width: int, right: bool) -> str:
    if not text.isascii():
        width += len(text) - display_width(text)
    return text.rjust(width) if right else text.ljust(width)
