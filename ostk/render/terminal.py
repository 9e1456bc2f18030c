"""The terminal: whether there is one, how wide it is, and what a table looks like on it."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence, Set
from typing import TYPE_CHECKING

from .table import Table
from .text import display_width

if TYPE_CHECKING:
    from rich.text import Text

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
    """Whether standard output is a terminal."""
    return sys.stdout.isatty()


def window() -> int:
    """How many columns the terminal has; 0 when that cannot be known."""
    try:
        return os.get_terminal_size().columns
    except OSError:
        return 0


def draws_boxes() -> bool:
    """Whether the terminal can show box-drawing characters."""
    encoding = (getattr(sys.stdout, "encoding", "") or "").lower()
    return os.environ.get("TERM") != "dumb" and encoding.startswith("utf")


def wants_color(color: bool | None) -> bool:
    """Whether to colour, when the user said `color`, or None for: see what the terminal and NO_COLOR say."""
    if color is None:
        return is_terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM", "dumb") != "dumb"
    return color


def fitted(wanted: Table, room: int, minimum: int) -> list[int]:
    """Column widths for a table of at most `room` columns, or more where some would be under `minimum`.

    The widest columns give way first, those with IDs last.
    """
    widths = wanted.widths()
    usable = room - 1 - 3 * len(widths)
    if room <= 0 or sum(widths) <= usable:
        return widths
    floors = [
        min(width, max(minimum, display_width(header))) for width, header in zip(widths, wanted.headers, strict=True)
    ]
    widths = [max(floor, min(width, usable)) for width, floor in zip(widths, floors, strict=True)]
    ids = {
        index for index, header in enumerate(wanted.headers) if header.lower().endswith("id") and widths[index] <= 36
    }
    for spared in (ids, set[int]()):
        while sum(widths) > usable:
            ready = [index for index in range(len(widths)) if index not in spared]
            ready = [index for index in ready if widths[index] > floors[index]]
            if not ready:
                break
            widths[max(ready, key=widths.__getitem__)] -= 1
    return widths


def status_color(name: str, text: str) -> str:
    """The colour of a value in the column or field `name`: "" for all but states."""
    name = name.lower()
    if not ("stat" in name or name in ("alive", "health", "result")):
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
    """Print a table with rich, in columns of these widths: box drawing, and states in their colours.

    `of_one` says that the rows are a resource's fields, each a name and a value; `changed` are the cells,
    by row and column, to be marked.
    """
    from rich import box
    from rich.console import Console
    from rich.table import Table as RichTable

    console = Console(
        file=sys.stdout,
        width=sum(widths) + 3 * len(widths) + 1,
        force_terminal=True,
        color_system="standard" if color else None,
        no_color=not color,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
    )
    shown = RichTable(box=box.SQUARE, border_style=DIM, header_style="bold")
    for header, width, right in zip(drawn.headers, widths, drawn.right, strict=True):
        shown.add_column(_text(header), width=width, justify="right" if right else "left", overflow="fold")
    for number, row in enumerate(drawn.rows):
        names = ["", row[0]] if of_one else drawn.headers
        styles = [status_color(name, text) for name, text in zip(names, row, strict=True)]
        styles = [f"{s} reverse" if (number, column) in changed else s for column, s in enumerate(styles)]
        shown.add_row(*map(_text, row, styles))
    console.print(shown, crop=False)


def _text(text: str, style: str = "") -> Text:
    """Text as rich shows it: nothing in it is markup."""
    from rich.text import Text

    return Text(text, style=style, overflow="fold")
