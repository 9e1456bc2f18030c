"""--watch: repeat a command, redraw the output in place, and mark changes."""

import sys
from collections.abc import Callable, Sequence
from typing import Any

from .table import Table


class Watch:
    """The state of a watched command; `seconds` is the interval between two rounds."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.before: dict[str, list[str]] | None = None

    def rounds(self, once: Callable[[], Any]) -> None:
        """Call a function every interval, until interrupted."""
        import time

        while True:
            once()
            sys.stdout.flush()
            time.sleep(self.seconds)

    def write(self, content: Any) -> None:
        """Write the JSON output of a round on one line."""
        from .machine import write_json

        write_json(content, noindent=True)

    def begin(self) -> None:
        """Clear the terminal and print the title of a round."""
        import time

        sys.stdout.write("\x1b[H\x1b[J")
        sys.stdout.write(f"Every {self.seconds:g} s, {time.strftime('%H:%M:%S')} (Ctrl-C to stop)\n")

    def changes(self, table: Table) -> set[tuple[int, int]]:
        """Return the cells (row, column) that changed since the last round; the first cell identifies a row."""
        rows = {row[0]: row for row in table.rows if row}
        before, self.before = self.before, rows
        if before is None:
            return set()
        return {
            (number, column)
            for number, row in enumerate(table.rows)
            for column, text in enumerate(row)
            if differs(before.get(row[0]), column, text)
        }


def differs(before: Sequence[str] | None, column: int, text: str) -> bool:
    """Return whether a cell changed since the last round; every cell of a new row did."""
    return before is None or column >= len(before) or before[column] != text
