"""Tables: the text of cells, the widths of columns, the lines of rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from operator import le
from types import MappingProxyType
from typing import Any, NamedTuple

from ..text import display_width, wrap
from .format import Cell

BATCH = 500  # rows whose widths are looked at together

class Table(NamedTuple):
    """A table of texts; `right` has for each column whether it is right-aligned."""

    headers: list[str]
    rows: list[list[str]]
    right: list[bool]

    def widths(self) -> list[int]:
        """Return the width of each column without wrapping, in terminal columns."""
        widths = [_text_width(header) for header in self.headers]
        for start in range(0, len(self.rows), BATCH):
            columns = zip_longest(*self.rows[start : start + BATCH], fillvalue="")
            widths = [max(width, _column_width(texts)) for width, texts in zip(widths, columns, strict=False)]
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
    frame = Frame(widths, table.right, ("| ", " | ", " |"))
    rule = "+" + "+".join("-" * (width + 2) for width in widths) + "+"
    yield rule
    for number, row in enumerate([table.headers, *table.rows]):
        for cells in cell_lines(row, widths, keep_ids):
            yield frame.line(cells)
        if not number:
            yield rule
    yield rule


class Frame:
    """What stands around the cells of a table: the edges, and the blanks up to the width of each column.

    Args:
        widths: The width of each column.
        right: Whether each column is right-aligned.
        edges: What stands before the first cell, between two cells, and after the last one.
        paint: Returns a text in a style.
    """

    def __init__(
        self,
        widths: Sequence[int],
        right: Sequence[bool],
        edges: tuple[str, str, str],
        paint: Callable[[str, str], str] = lambda text, style: text,
    ) -> None:
        self.widths, self.right, self.edges, self.paint = widths, right, edges, paint
        self.templates: dict[tuple[int, ...], str] = {}
        self.painted: dict[tuple[int, str, str], str] = {}  # the same states are in many rows

    def line(self, texts: Sequence[str], styles: Mapping[int, str] = MappingProxyType({})) -> str:
        """Return a line of the table, from the text of each cell, none wider than its column, and styles by index."""
        made = (*styles,) if "".join(texts).isascii() else (*range(len(texts)),)
        cells = [*texts]
        for index in made:
            cells[index] = self.cell(index, cells[index], styles.get(index, ""))
        if made not in self.templates:
            self.templates[made] = self.template(made)
        return self.templates[made] % (*cells,)

    def template(self, made: Sequence[int]) -> str:
        """Return the format of a line, which fills each cell with blanks but those that are `made`."""
        sides = ["" if right else "-" for right in self.right]
        cells = [f"%{side}{width}s" for side, width in zip(sides, self.widths, strict=True)]
        left, inner, end = self.edges
        return left + inner.join("%s" if index in made else cell for index, cell in enumerate(cells)) + end

    def cell(self, index: int, text: str, style: str) -> str:
        """Return the text of a cell as wide as its column, in a style."""
        key = (index, text, style)
        if key in self.painted:
            return self.painted[key]
        width = self.widths[index] + (0 if text.isascii() else len(text) - display_width(text))
        cell = text.rjust(width) if self.right[index] else text.ljust(width)
        if style:
            cell = self.painted[key] = self.paint(cell, style)
        return cell


def cell_lines(row: Sequence[str], widths: Sequence[int], keep_ids: bool = False) -> Iterable[Sequence[str]]:
    """Return the lines of a row, each of them the text of each cell, none wider than its column."""
    text = "".join(row)
    if text.isascii() and "\n" not in text and all(map(le, map(len, row), widths)):
        return (row,)
    return zip_longest(*map(_wrapped, row, widths, [keep_ids] * len(row)), fillvalue="")


def _text(value: Any, show: Callable[[str], str]) -> str:
    text = value.human if isinstance(value, Cell) else value
    if not isinstance(text, str):
        text = str(text)
    elif text.isprintable():
        return text
    else:
        text = text.replace("\r\n", "\n").replace("\r", " ")
    return show(text).expandtabs()


def _column_width(texts: Sequence[str]) -> int:
    """Return the width of the widest of these texts, in terminal columns."""
    text = "".join(texts)
    return max(map(len if text.isascii() and "\n" not in text else _text_width, texts), default=0)


def _text_width(text: str) -> int:
    return max(map(display_width, text.split("\n"))) if "\n" in text else display_width(text)


def _wrapped(text: str, width: int, keep_ids: bool) -> list[str]:
    if len(text) <= width and text.isascii() and "\n" not in text:
        return [text]
    lines: list[str] = []
    for line in text.split("\n"):
        if (len(line) if line.isascii() else display_width(line)) <= width:
            lines.append(line)
        else:
            lines += wrap(line, width, keep_ids)
    return lines
