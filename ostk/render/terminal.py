"""Terminal output: detection, width, colors of states, and tables with box-drawing characters."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence, Set

from ..text import display_width, identifiers
from .table import Table, cell_lines

LONGEST_ID = 64  # an ID is not longer; a longer text in a column of IDs may be broken
DIM, RED, GREEN, YELLOW = "dim", "red", "green", "yellow"

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


def window() -> int:
    """Return the width of the terminal in columns; 0 if unknown."""
    try:
        return os.get_terminal_size().columns
    except OSError:
        return 0


def draws_boxes() -> bool:
    """Return whether the terminal can show box-drawing characters."""
    encoding = (getattr(sys.stdout, "encoding", "") or "").lower()
    return os.environ.get("TERM") != "dumb" and encoding.startswith("utf")


def wants_color(color: bool | None) -> bool:
    """Return whether to print colors: `color` if not None, otherwise by the terminal, TERM and NO_COLOR."""
    if color is None:
        return is_terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM", "dumb") != "dumb"
    return color


def fitted(wanted: Table, room: int, minimum: int, of_one: bool = False, limited: bool = False) -> list[int]:
    """Return column widths for a table of at most `room` columns, or more where some would be too narrow.

    In a list, IDs, addresses and states stay whole and the other columns give way, the widest first. A row that
    is wider than `room` even so takes several lines of the terminal: it gets as many columns as they have.
    Where `room` is a limit that the user set (`limited`), it is exceeded by no more than those need.
    With `of_one`, only the values give way to the names of the fields.
    """
    widths = wanted.widths()
    if room <= 0 or _span(widths) <= room:
        return widths
    if of_one:
        return _shrunk(widths, [widths[0], minimum], max(room, _span([widths[0], minimum])))
    whole = _longest_whole(wanted)
    headers = [display_width(header) for header in wanted.headers]
    words = [max(map(display_width, header.split()), default=0) for header in wanted.headers]
    for least, lowest in ((headers, minimum), (words, minimum), (words, minimum // 2)):
        floors = [
            max(keep, min(width, max(lowest, header))) for keep, width, header in zip(whole, widths, least, strict=True)
        ]
        if _span(floors) <= room:
            return _shrunk(widths, floors, room)
    floors = [max(keep, min(width, minimum)) for keep, width in zip(whole, widths, strict=True)]
    needed = _span(floors)
    return _shrunk(widths, floors, needed if limited else -(-needed // room) * room)


def _span(widths: Sequence[int]) -> int:
    """Return the width of a table with these columns, borders included."""
    return sum(widths) + 3 * len(widths) + 1


def _shrunk(widths: Sequence[int], floors: Sequence[int], room: int) -> list[int]:
    """Return the widths with the widest columns reduced, none below its floor, until the table fits into `room`."""
    widths = [max(floor, min(width, room)) for width, floor in zip(widths, floors, strict=True)]
    excess = _span(widths) - room
    while excess > 0:
        widths[max((i for i in range(len(widths)) if widths[i] > floors[i]), key=widths.__getitem__)] -= 1
        excess -= 1
    return widths


def _longest_whole(wanted: Table) -> list[int]:
    """Return for each column the width of the longest text in it that must not be broken."""
    longest = [0] * len(wanted.headers)
    unbroken = [is_id(header) or is_state(header) for header in wanted.headers]
    for row in wanted.rows:
        for index, text in enumerate(row):
            if len(text) <= longest[index]:
                continue
            found = text.split() if unbroken[index] and len(text) <= LONGEST_ID else identifiers(text)
            longest[index] = max(longest[index], 0, *map(display_width, found))
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
    if not is_state(name):
        return ""
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


def print_boxes(
    drawn: Table, widths: Sequence[int], of_one: bool, color: bool, changed: Set[tuple[int, int]] = frozenset()
) -> None:
    """Print a table in columns of these widths: box drawing, and states in their colors if `color`.

    `of_one` says that the rows are the fields of one resource, each a name and a value; `changed` are the cells
    to mark, by row and column.
    """
    from rich.box import SQUARE
    from rich.color import ColorSystem
    from rich.style import Style

    def styled(text: str, style: str) -> str:
        if not (color and style):
            return text
        return Style.parse(style).render(text, color_system=ColorSystem.STANDARD)

    edge = styled(SQUARE.mid_vertical, DIM)
    outer = [width + 2 for width in widths]

    def lines(row: Iterable[str], styles: Sequence[str]) -> Iterator[str]:
        # Blanks stand for the bar that a number lacks; at the right edge they are not needed.
        row = [text.rstrip(" ") if right else text for text, right in zip(row, drawn.right, strict=True)]
        for parts in cell_lines(row, widths, drawn.right, whole=True):
            yield f"{edge} " + f" {edge} ".join(map(styled, parts, styles)) + f" {edge}\n"

    write = sys.stdout.write
    write(styled(SQUARE.get_top(outer), DIM) + "\n")
    write("".join(lines(drawn.headers, ["bold"] * len(widths))))
    write(styled(SQUARE.get_row(outer, "head"), DIM) + "\n")
    for number, row in enumerate(drawn.rows):
        names = ["", row[0]] if of_one else drawn.headers
        styles = [status_color(name, text) for name, text in zip(names, row, strict=True)]
        if changed:
            styles = [f"{s} reverse" if (number, column) in changed else s for column, s in enumerate(styles)]
        write("".join(lines(row, styles)))
    write(styled(SQUARE.get_bottom(outer), DIM) + "\n")
