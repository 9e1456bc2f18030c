"""Terminal output: detection, width, colors of states, and tables with box-drawing characters."""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import lru_cache
from itertools import compress, islice
from operator import add

from ..console import prepare
from ..text import display_width, identifier_width, may_identify
from .table import Frame, Table

LONGEST_ID = 64  # characters; a longer text in a column of IDs is wrapped
BATCH = 500  # rows a write: a terminal's stream is flushed after each
DIM, RED, GREEN, YELLOW = "dim", "red", "green", "yellow"
# The parameters of the escape sequence SGR, by rich's names. Importing rich takes a fifth of the time of a short list.
CODES = {"bold": 1, DIM: 2, RED: 31, GREEN: 32, YELLOW: 33}

STATES = {
    GREEN: "active available complete completed enabled healthy in-use ok online open operational ready"
    " reachable running success succeeded up :-)",
    RED: "crashed degraded down failed killed unhealthy unreachable xxx",
    YELLOW: "build hard_reboot password queued reboot resize revert_resize verify_resize",
    DIM: "deactivated deleted disabled inactive offline paused reserved shelved shelved_offloaded shutdown"
    " shutoff soft-delete soft_deleted stopped suspended",
}
COLORS = {state: color for color, states in STATES.items() for state in states.split()}


def is_terminal() -> bool:
    """Return whether standard output is a terminal."""
    return sys.stdout.isatty()


def terminal_width() -> int:
    """Return the width of the terminal in columns; 0 if unknown."""
    try:
        return os.get_terminal_size().columns
    except OSError:
        return 0


def can_draw_boxes() -> bool:
    """Return whether the terminal can show box-drawing characters."""
    encoding = (getattr(sys.stdout, "encoding", "") or "").lower()
    return os.environ.get("TERM") != "dumb" and encoding.startswith("utf")


def use_color(color: bool | None) -> bool:
    """Return whether to print colors: `color` if not None, otherwise by the terminal, TERM and NO_COLOR."""
    if color is None:
        return is_terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM", "dumb") != "dumb"
    return color


def fit_widths(
    table: Table, max_width: int, minimum: int, is_resource: bool = False, limited: bool = False
) -> list[int]:
    """Return column widths for a table of at most `max_width` columns, or more where some would be too narrow.

    In a list, IDs, addresses and states are not wrapped; other columns become narrower, the widest first. A row
    that is still wider than `max_width` takes several whole lines of the terminal, or, where the user set the limit
    (`limited`), as many columns as the text that is not wrapped needs. The rows of one resource (`is_resource`) are
    its fields: only the values are wrapped.
    """
    widths = table.widths()
    if max_width <= 0 or _table_width(widths) <= max_width:
        return widths
    if is_resource:
        return _shrink(widths, [widths[0], minimum], max(max_width, _table_width([widths[0], minimum])))
    unbroken = [_unbroken_width(table, index) for index in range(len(table.headers))]
    headers = [display_width(header) for header in table.headers]
    words = [max(map(display_width, header.split()), default=0) for header in table.headers]
    for least, lowest in ((headers, minimum), (words, minimum), (words, minimum // 2)):
        floors = [
            max(keep, min(width, max(lowest, header)))
            for keep, width, header in zip(unbroken, widths, least, strict=True)
        ]
        if _table_width(floors) <= max_width:
            return _shrink(widths, floors, max_width)
    floors = [max(keep, min(width, minimum)) for keep, width in zip(unbroken, widths, strict=True)]
    needed = _table_width(floors)
    return _shrink(widths, floors, needed if limited else -(-needed // max_width) * max_width)


def _table_width(widths: Sequence[int]) -> int:
    """Return the width of a table with these columns, borders included."""
    return sum(widths) + 3 * len(widths) + 1


def _shrink(widths: Sequence[int], floors: Sequence[int], max_width: int) -> list[int]:
    """Reduce the widest columns, none below its floor, until the table fits into `max_width`; return the widths."""
    widths = [max(floor, min(width, max_width)) for width, floor in zip(widths, floors, strict=True)]
    excess = _table_width(widths) - max_width
    while excess > 0:
        widths[max((i for i in range(len(widths)) if widths[i] > floors[i]), key=widths.__getitem__)] -= 1
        excess -= 1
    return widths


def _unbroken_width(table: Table, index: int) -> int:
    """Return the width of the longest text in a column that must not be broken."""
    has_ids = is_id(table.headers[index]) or is_state(table.headers[index])
    longest = 0
    for row in table.rows:
        text = row[index]
        if len(text) <= longest:
            continue
        if has_ids and len(text) <= LONGEST_ID:
            longest = max(longest, *map(display_width, text.split()), 0)
        elif may_identify(text):
            longest = max(longest, identifier_width(text))
    return longest


def is_id(name: str) -> bool:
    """Return whether a column or field of this name holds IDs."""
    return name.lower().replace("_", " ").split()[-1:] == ["id"]


def is_state(name: str) -> bool:
    """Return whether a column or field of this name holds states."""
    name = name.lower()
    return "stat" in name or name in ("alive", "health", "result")


def status_color(name: str, text: str) -> str:
    """Return the color of a value in the column or field `name`; "" for columns other than states."""
    return state_color(text) if is_state(name) else ""


@lru_cache
def state_color(text: str) -> str:
    """Return the color of a state; "" for a state without a color."""
    word = text.strip().lower()
    if word in COLORS:
        return COLORS[word]
    if word.endswith("_complete"):
        return GREEN
    if word.startswith("error") or word.endswith(("error", "failed")):
        return RED
    parts = word.replace("_", "-").split("-")
    busy = parts[0] == "pending" or parts[-1] == "progress" or any(part.endswith("ing") for part in parts)
    return YELLOW if busy else ""


def write_spans(lines: Iterable[Sequence[tuple[str, str]]], color: bool) -> None:
    """Write lines, each of them texts with their styles, "" for none; the texts have no control characters."""
    prepare()
    for line in lines:
        text = "".join(_styled(part, style) if color and style else part for part, style in line)
        sys.stdout.write(f"{text.rstrip()}\n")
    sys.stdout.flush()


def print_boxes(
    table: Table, widths: Sequence[int], is_resource: bool, color: bool, changed: Set[tuple[int, int]] = frozenset()
) -> None:
    """Print a table in columns of these widths: box drawing, and states in their colors if `color`.

    With `is_resource`, the rows are the fields of one resource, each a name and a value. `changed` are the cells to
    mark, as (row, column).
    """
    parts = _box_parts(table, widths, is_resource, color, changed)
    while batch := "".join(islice(parts, BATCH)):
        sys.stdout.write(batch)


def _box_parts(
    table: Table, widths: Sequence[int], is_resource: bool, color: bool, changed: Set[tuple[int, int]]
) -> Iterator[str]:
    """Yield a table in box-drawing characters, as `print_boxes` prints it: the lines of a row, or one between rows."""

    def rule(left: str, cross: str, right: str) -> str:
        line = left + cross.join("─" * (width + 2) for width in widths) + right
        return (_styled(line, DIM) if color else line) + "\n"

    edge = _styled("│", DIM) if color else "│"
    frame = Frame(widths, table.right, (f"{edge} ", f" {edge} ", f" {edge}\n"), keep_ids=True, paint=_styled)
    aligned = any(table.right)
    states = [is_state(header) for header in table.headers]

    @lru_cache
    def state_styles(texts: tuple[str, ...]) -> tuple[str, ...]:
        colors = map(state_color, texts)
        return (*[next(colors) if state else "" for state in states],)

    styles: tuple[str, ...] = ("bold",) * len(widths) if color else ()
    yield rule("┌", "┬", "┐")
    for number, row in enumerate([table.headers, *table.rows], -1):
        if number == 0:
            yield rule("├", "┼", "┤")
        if number >= 0 and color:
            styles = ("", status_color(*row)) if is_resource else state_styles((*compress(row, states),))
            if changed:
                marks = [" reverse" if (number, index) in changed else "" for index in range(len(row))]
                styles = (*map(add, styles or [""] * len(row), marks),)
        if aligned:
            # A cell without a bar is padded to the width of a bar; in a right-aligned column that is not needed.
            row = [text.rstrip(" ") if right else text for text, right in zip(row, table.right, strict=True)]
        yield "".join(frame.lines(row, styles))
    if not table.rows:
        yield rule("├", "┼", "┤")
    yield rule("└", "┴", "┘")


def _styled(text: str, style: str) -> str:
    """Return a text in a style: a key of CODES, or several words of rich's styles, as `--watch` marks states."""
    if not (text and style):
        return text
    if style in CODES:
        return f"\x1b[{CODES[style]}m{text}\x1b[0m"
    from rich.color import ColorSystem
    from rich.style import Style

    return Style.parse(style).render(text, color_system=ColorSystem.STANDARD)
