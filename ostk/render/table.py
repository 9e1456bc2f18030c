"""Tables: the text of cells, the widths of columns, the lines of rows."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import repeat, zip_longest
from operator import le
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
    frame = Frame(widths, table.right, ("| ", " | ", " |"), keep_ids)
    rule = "+" + "+".join("-" * (width + 2) for width in widths) + "+"
    yield rule
    for number, row in enumerate([table.headers, *table.rows]):
        yield from frame.lines(row)
        if not number:
            yield rule
    yield rule


class Frame:
    """What stands around the cells of a table: the edges, and the blanks up to the width of each column.

    Args:
        widths: The width of each column.
        right: Whether each column is right-aligned.
        edges: What stands before the first cell, between two cells, and after the last one.
        keep_ids: Whether IDs and addresses are not broken.
        paint: Returns a text in a style.
    """

    def __init__(
        self,
        widths: Sequence[int],
        right: Sequence[bool],
        edges: tuple[str, str, str],
        keep_ids: bool = False,
        paint: Callable[[str, str], str] = lambda text, style: text,
    ) -> None:
        self.widths, self.right, self.edges, self.keep_ids, self.paint = widths, right, edges, keep_ids, paint
        self.templates: dict[tuple[str, ...], str] = {}

    def lines(self, row: Sequence[str], styles: tuple[str, ...] = ()) -> list[str]:
        """Return the lines of a row, from the text of each cell and, if not all are plain, the style of each cell."""
        text = "".join(row)
        if not text.isascii():
            template = self.template(styles, fill=False)
            lines = zip_longest(*map(wrapped, row, self.widths, repeat(self.keep_ids)), fillvalue="")
            return [template % (*map(padded, cells, self.widths, self.right),) for cells in lines]
        template = self.templates.get(styles) or self.templates.setdefault(styles, self.template(styles, fill=True))
        if "\n" in text:
            parts = [wrapped(text, width, self.keep_ids) for text, width in zip(row, self.widths, strict=True)]
        elif all(map(le, map(len, row), self.widths)):
            return [template % (*row,)]
        else:
            parts = [
                [text] if len(text) <= width else wrap(text, width, self.keep_ids)
                for text, width in zip(row, self.widths, strict=True)
            ]
        return [template % cells for cells in zip_longest(*parts, fillvalue="")]

    def template(self, styles: Sequence[str], fill: bool) -> str:
        """Return the format of a line; with `fill`, it fills each cell with blanks."""
        sides = ["" if right else "-" for right in self.right]
        cells = [f"%{side}{width}s" if fill else "%s" for side, width in zip(sides, self.widths, strict=True)]
        if styles:
            shown = zip(cells, styles, self.widths, strict=True)
            cells = [self.paint(cell, style) if style and width else cell for cell, style, width in shown]
        left, inner, end = self.edges
        return left + inner.join(cells) + end


def padded(text: str, width: int, right: bool) -> str:
    """Return the text of a cell with blanks up to the width of its column."""
    if not text.isascii():
        width += len(text) - display_width(text)
    return text.rjust(width) if right else text.ljust(width)


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


def wrapped(text: str, width: int, keep_ids: bool) -> list[str]:
    """Return the lines of a cell of so many columns."""
    if len(text) <= width and text.isascii() and "\n" not in text:
        return [text]
    lines: list[str] = []
    for line in text.split("\n"):
        if (len(line) if line.isascii() else display_width(line)) <= width:
            lines.append(line)
        else:
            lines += wrap(line, width, keep_ids)
    return lines
