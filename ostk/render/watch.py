"""Watching an answer: it is asked for again and again, redrawn in place, and what changed is marked."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Any

from .table import Table


class Watch:
    """One watched answer. `seconds` pass between two rounds."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.before: dict[str, list[str]] | None = None

    def rounds(self, once: Callable[[], Any]) -> None:
        """Do it again and again, until the user interrupts."""
        import time

        while True:
            once()
            sys.stdout.flush()
            time.sleep(self.seconds)

    def write(self, content: Any) -> None:
        """A round for a program: its JSON on one line."""
        from .machine import write_json

        write_json(content, noindent=True)

    def begin(self) -> None:
        """Go to the top of the terminal and say what this is."""
        import time

        sys.stdout.write("\x1b[H\x1b[J")
        sys.stdout.write(f"Every {self.seconds:g} s, {time.strftime('%H:%M:%S')} (Ctrl-C ends it)\n")

    def changes(self, drawn: Table) -> set[tuple[int, int]]:
        """The cells, by row and column, that differ from the last round; a row is known by its first."""
        rows = {row[0]: row for row in drawn.rows if row}
        before, self.before = self.before, rows
        if before is None:
            return set()
        return {
            (number, column)
            for number, row in enumerate(drawn.rows)
            for column, text in enumerate(row)
            if differs(before.get(row[0]), column, text)
        }


def differs(before: Sequence[str] | None, column: int, text: str) -> bool:
    """Whether a cell is not what it was; all of a new row is."""
    return before is None or column >= len(before) or before[column] != text
