"""Tables in box-drawing characters against rich's Table, and the breaking of lines against a plainer implementation."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from collections.abc import Sequence
from textwrap import TextWrapper

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich import box
from rich.cells import set_cell_size
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from ostk.render.table import Table, make_table
from ostk.render.terminal import BATCH, fit_widths, print_boxes, status_color
from ostk.text import IDENTIFIER, _cut, display_width, identifiers, visible, wrap

UUID = "8b5ef0b4-1111-4222-8333-0123456789ab"
IDS = [UUID, f"'{UUID}',", "0" * 32, "10.0.0.1", "fa:16:3e:a7:18:f6", "fd12::1/64"]
STATES = ["ACTIVE", "ERROR", "BUILD", "powering-off", "SHUTOFF", "CREATE_IN_PROGRESS", "None"]
PIECES = [*IDS, *STATES, "a", "word", "web-server", "日本", "語", "e\u0301", "한", " ", " ", "  ", "\n", "-", "="]
PIECES += ["\x1b[31m", "[bold]", ":smile:", "\t", "\u3000", "\u200b", ","]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)
HEADERS = ["ID", "Project ID", "Name", "Status", "Power State", "Size", "日本", "Fixed IP Addresses", "stack_status"]
Styled = list[tuple[str, str]]


def plain_wrap(line: str, room: int, whole: bool) -> list[str]:
    """Break a line as `wrap` does: split it into words first, then fill lines."""
    parts = re.split(f"({IDENTIFIER})", line) if whole else [line]
    kept = parts[1::2]
    words = [
        word for part in parts for word in ([part] if part in kept else TextWrapper.wordsep_re.split(part)) if word
    ]
    lines: list[str] = []
    while words:
        if lines and not words[0].strip():
            words.pop(0)
        current, left = "", room
        while words and (display_width(words[0]) <= left or (words[0] in kept and not current)):
            left -= display_width(words[0])
            current += words.pop(0)
        if words and words[0] not in kept and display_width(words[0]) > room:
            end = _cut(words[0], 0, left, alone=not current)
            current += words[0][:end]
            words[:1] = [words[0][end:]] if words[0][end:] else []
        if current.rstrip():
            lines.append(current.rstrip())
    return lines or [""]


def drawn_by_rich(
    table: Table, widths: Sequence[int], is_resource: bool, color: bool, changed: set[tuple[int, int]]
) -> str:
    """Return a table drawn by rich, from cells broken into lines and padded to the width of their columns."""
    stream = io.StringIO()
    console = Console(
        file=stream,
        width=sum(widths) + 3 * len(widths) + 1,
        force_terminal=True,
        color_system="standard" if color else None,
        no_color=not color,
        legacy_windows=False,
        _environ={},
    )
    shown = RichTable(box=box.SQUARE, border_style="dim" if color else "")
    for width in widths:
        shown.add_column(width=width, no_wrap=True)

    def texts(row: Sequence[str], styles: Sequence[str]) -> list[Text]:
        cells = [
            [part for line in (text.rstrip(" ") if right else text).split("\n") for part in whole_lines(line, width)]
            for text, width, right in zip(row, widths, table.right, strict=True)
        ]
        height = max(map(len, cells))
        padded = [
            "\n".join(
                " " * (width - display_width(part)) + part if right else set_cell_size(part, width)
                for part in lines + [""] * (height - len(lines))
            )
            for lines, width, right in zip(cells, widths, table.right, strict=True)
        ]
        return [Text(text, style=style if color else "") for text, style in zip(padded, styles, strict=True)]

    for column, header in zip(shown.columns, texts(table.headers, ["bold"] * len(widths)), strict=True):
        column.header, column.header_style = header, "not bold"
    for number, row in enumerate(table.rows):
        names = ["", row[0]] if is_resource else table.headers
        styles = [status_color(name, text) for name, text in zip(names, row, strict=True)]
        styles = [f"{s} reverse" if (number, column) in changed else s for column, s in enumerate(styles)]
        shown.add_row(*texts(row, styles))
    console.print(shown, crop=False)
    return stream.getvalue()


def whole_lines(line: str, width: int) -> list[str]:
    return [line] if display_width(line) <= width else wrap(line, width, whole=True)


def styled(text: str) -> Styled:
    """Return each character with the parameters of the escape sequence in effect."""
    style, found = "", Styled()
    for number, part in enumerate(re.split("\x1b\\[([0-9;]*)m", text)):
        if number % 2:
            style = "" if part == "0" else ";".join(sorted(part.split(";")))
        else:
            found += [(character, style) for character in part]
    return found


def drawn(table: Table, widths: Sequence[int], is_resource: bool, color: bool, changed: set[tuple[int, int]]) -> str:
    with pytest.MonkeyPatch.context() as patch:
        stream = io.StringIO()
        patch.setattr(sys, "stdout", stream)
        print_boxes(table, widths, is_resource, color, changed)
    return stream.getvalue()


@settings(deadline=None)
@given(data=st.data(), room=st.integers(1, 120), is_resource=st.booleans(), color=st.booleans(), limited=st.booleans())
def test_tables_look_as_rich_draws_them(
    data: st.DataObject, room: int, is_resource: bool, color: bool, limited: bool
) -> None:
    some = st.lists(st.sampled_from(HEADERS), min_size=1, max_size=5)
    headers = ["Field", "Value"] if is_resource else data.draw(some)
    first = st.sampled_from(["id", "status", "name"]) if is_resource else TEXTS
    rows = data.draw(st.lists(st.tuples(first, *[TEXTS] * (len(headers) - 1)), max_size=4))
    table = make_table(headers, rows, lambda text: visible(text, keep="\n\t"))
    right = [not is_resource and data.draw(st.booleans()) for _ in headers]
    table = Table(table.headers, table.rows, right)
    cells = [(row, column) for row in range(len(rows)) for column in range(len(headers))]
    changed = data.draw(st.sets(st.sampled_from(cells), max_size=3)) if cells else set()
    widths = fit_widths(table, room, 16 if is_resource else 8, is_resource, limited)
    # An ID may be wider than the values of a resource on a narrow terminal; rich would cut it.
    for row in table.rows:
        longest = [max(map(display_width, identifiers(text)), default=0) for text in row]
        widths = list(map(max, widths, longest))
    new = drawn(table, widths, is_resource, color, changed)
    assert styled(new) == styled(drawn_by_rich(table, widths, is_resource, color, changed))
    assert color or "\x1b" not in new


@settings(deadline=None)
@given(TEXTS, st.integers(1, 60), st.booleans())
def test_lines_are_broken_as_by_a_plain_implementation(line: str, room: int, whole: bool) -> None:
    assert wrap(line, room, whole) == plain_wrap(line, room, whole)


def test_a_table_in_color_imports_no_rich() -> None:
    program = (
        "import sys; from ostk.render.table import Table; from ostk.render.terminal import *;"
        "table = Table(['Status'], [['ACTIVE'], ['ERROR in two words']], [False]);"
        "print_boxes(table, fit_widths(table, 12, 8), False, True);"
        "print(sorted({'rich', 'unicodedata'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "\x1b[32mACTIVE" in ran.stdout
    assert ran.stdout.splitlines()[-1] == "[]"


def test_a_long_table_is_written_in_large_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    class Counted(io.StringIO):
        writes = 0

        def write(self, text: str) -> int:
            self.writes += 1
            return super().write(text)

    stream = Counted()
    monkeypatch.setattr(sys, "stdout", stream)
    print_boxes(Table(["ID"], [[str(number)] for number in range(4 * BATCH)], [False]), [4], False, True)
    assert stream.writes == 5
    assert stream.getvalue().count("\n") == 4 * BATCH + 4
