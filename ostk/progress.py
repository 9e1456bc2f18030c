"""Progress of transfers on standard error: lines that are redrawn on a terminal, or JSON lines for programs."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections import deque
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any

from .display import DISPLAYS
from .text import display_width, visible

DELAY, INTERVAL, JSON_INTERVAL = 0.3, 0.1, 0.5  # seconds before the first lines, and between two drawings
WINDOW = 5.0  # seconds over which a rate is measured
MOST_FILES = 8  # running files that have a line
BAR = 12  # columns of the bar
FORMS = ("auto", "json", "none")


class Transfer:
    """The transfer of one file: a context that ends with it. `done` is the number of bytes so far."""

    def __init__(self, transfers: Transfers, name: str, size: int | None) -> None:
        self.transfers, self.name, self.size, self.done = transfers, name, size, 0
        self.rate = Rate()

    def add(self, count: int) -> None:
        """Count further bytes; a negative number for bytes that must be sent again. Several threads may call it."""
        with self.transfers.lock:
            self.done += count
            self.transfers.done += count

    def found(self, count: int) -> None:
        """Count bytes that an earlier run transferred: they are no part of the rate."""
        with self.transfers.lock:
            self.done += count
            self.transfers.done += count
            for rate in (self.rate, self.transfers.rate):
                rate.leave_out(count)

    def __enter__(self) -> Transfer:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: Any) -> None:
        interrupted = kind and not issubclass(kind, Exception)
        self.transfers.finish(self, "interrupted" if interrupted else "failed" if kind else "done")


class Rate:
    """Bytes a second over the last seconds; bytes that were there at the beginning do not count."""

    def __init__(self) -> None:
        self.samples: deque[tuple[float, int]] = deque([(time.monotonic(), 0)])

    def leave_out(self, count: int) -> None:
        """Leave further bytes out that did not take time."""
        self.samples = deque((then, before + count) for then, before in self.samples)

    def at(self, now: float, done: int) -> float:
        """Take a sample; return the rate."""
        self.samples.append((now, done))
        while len(self.samples) > 2 and self.samples[1][0] <= now - WINDOW:
            self.samples.popleft()
        first, before = self.samples[0]
        return max(0.0, (done - before) / (now - first)) if now > first else 0.0


class Transfers:
    """The progress of several transfers: a context in which they run.

        with Transfers(len(files), sum(sizes), progress) as transfers:
            with transfers.file(name, size) as transfer:
                transfer.add(len(data))

    On a terminal, each running file has a line with its size, rate and time left, and all files together have one.
    The lines are removed at the end. The cursor stays at the start of the line below, so that a process that is
    killed leaves a usable terminal. Messages are written above the lines.

    Args:
        files: Number of files, None if it is unknown.
        size: Their size in bytes, None if it is unknown.
        form: "json" for JSON lines, "none" for nothing, "auto" for lines on a terminal and nothing elsewhere.
    """

    def __init__(self, files: int | None, size: int | None, form: str | None = "auto") -> None:
        self.files, self.size = files, size
        self.done = self.ended = self.failed = self.height = 0
        self.lock: AbstractContextManager[Any, Any] = threading.RLock()
        self.rate, self.started = Rate(), time.monotonic()
        self.running: list[Transfer] = []
        self.json = form == "json"
        self.shown = form in ("auto", None) and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self.closing = threading.Event()
        self.thread: threading.Thread | None = None

    def __enter__(self) -> Transfers:
        if self.json or self.shown:
            if self.shown:
                DISPLAYS.append(self)
            self.thread = threading.Thread(target=self.redraw, daemon=True)
            self.thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        with self.lock:
            if self.shown:
                self.hide()
                DISPLAYS.remove(self)
            elif self.json:
                self.write_event("end", self.totals(time.monotonic()))
            self.shown = self.json = False

    def expect(self, files: int = 1, size: int = 0) -> None:
        """Add files to the total, as they are found."""
        with self.lock:
            self.files = (self.files or 0) + files
            self.size = (self.size or 0) + size

    def file(self, name: str, size: int | None = None, done: int = 0) -> Transfer:
        """Return the transfer of a file, which begins now.

        Args:
            name: Its name.
            size: Its size in bytes, None if it is unknown.
            done: Number of bytes that an earlier run transferred.
        """
        transfer = Transfer(self, name, size)
        with self.lock:
            self.running.append(transfer)
        if done:
            transfer.found(done)
        return transfer

    def skip(self, name: str, size: int = 0) -> None:
        """Count a file that needs no transfer."""
        self.finish(self.file(name, size, size), "skipped")

    def finish(self, transfer: Transfer, status: str) -> None:
        """Count a file as ended: done, failed, skipped or interrupted."""
        with self.lock:
            self.running.remove(transfer)
            self.ended += 1
            self.failed += status == "failed"
            if status == "failed" and transfer.size and self.size:
                self.size -= transfer.size - transfer.done  # what does not come is not waited for
            if self.json:
                self.write_event("file", {**described(transfer), "status": status})

    def totals(self, now: float) -> dict[str, Any]:
        """Return the progress of all files together."""
        rate = self.rate.at(now, self.done)
        return {
            "files_done": self.ended,
            "files_failed": self.failed,
            "files": self.files,
            "bytes_done": self.done,
            "bytes": self.size,
            "bytes_per_second": round(rate),
            "seconds": round(now - self.started, 1),
            "seconds_left": seconds_left(self.done, self.size, rate),
        }

    # -- drawing ----------------------------------------------------------------------------------

    def redraw(self) -> None:
        """Draw until the transfers end."""
        pause = JSON_INTERVAL if self.json else DELAY
        while not self.closing.wait(pause):
            with self.lock:
                now = time.monotonic()
                if self.json:
                    self.write_event("progress", {**self.totals(now), "running": [*map(described, self.running)]})
                elif self.shown:
                    pause = INTERVAL
                    self.draw(now)

    def write_event(self, event: str, values: dict[str, Any]) -> None:
        """Write a JSON line, in ASCII."""
        import json

        sys.stderr.write(json.dumps({"event": event, **values}) + "\n")
        sys.stderr.flush()

    def draw(self, now: float) -> None:
        """Replace the lines on the terminal."""
        try:
            columns, rows = os.get_terminal_size(sys.stderr.fileno())
        except (OSError, ValueError):
            columns, rows = 80, 24
        lines = self.lines(now, max(columns or 80, 20), rows or 24)
        text = "".join(f"\x1b[K{line}\n" for line in lines)
        self.write(f"{up(self.height)}{text}\x1b[J")
        self.height = len(lines)

    def hide(self) -> None:
        """Remove the lines from the terminal."""
        if self.height:
            self.write(f"{up(self.height)}\x1b[J")
            self.height = 0

    def write(self, text: str) -> None:
        """Write on the terminal. A terminal that is gone is not written to again."""
        try:
            sys.stderr.write(text)
            sys.stderr.flush()
        except (OSError, ValueError):
            self.shown = False

    def lines(self, now: float, columns: int, rows: int) -> list[str]:
        """Return the lines to draw, for a terminal of this size."""
        found = [
            line(one.name, one.done, one.size, one.rate.at(now, one.done), columns)
            for one in self.running[: min(MOST_FILES, max(1, rows - 3))]
        ]
        rate = self.rate.at(now, self.done)
        if self.files == 1 and len(found) == 1:
            return found
        if len(found) < len(self.running):
            found.append(f"... and {len(self.running) - len(found)} more"[: columns - 1])
        title = f"{self.ended} files" if self.files is None else f"{self.ended} of {self.files} files"
        title += f" ({self.failed} failed)" if self.failed else ""
        return [*found, line(title, self.done, self.size, rate, columns, least=len(title))]


def described(transfer: Transfer) -> dict[str, Any]:
    """Return the progress of one file."""
    return {"name": transfer.name, "bytes_done": transfer.done, "bytes": transfer.size}


def up(height: int) -> str:
    """Return the control sequence that moves the cursor up so many lines, to the start of the line."""
    return f"\x1b[{height}A\r" if height else "\r"


def seconds_left(done: int, size: int | None, rate: float) -> int | None:
    """Return the seconds that the rest takes, None if that is unknown."""
    return None if size is None or rate < 1 else max(0, round((size - done) / rate))


def line(name: str, done: int, size: int | None, rate: float, columns: int, least: int = 16) -> str:
    """Return the line of a file or of the total, narrower than the terminal.

    Args:
        name: Name of the file, or what the total is of.
        done: Number of bytes so far.
        size: Number of bytes in all, None if it is unknown.
        rate: Bytes a second.
        columns: Width of the terminal.
        least: Columns of the name for which the bar and the numbers make room, the bar first.
    """
    left = seconds_left(done, size, rate)
    cells = [f"{amount(rate) + '/s':>11}", f"{'' if left is None else clock(left):>7}"]
    if size is None:
        cells = [f"{amount(done):>9}", *cells]
    else:
        part = min(1.0, done / size) if size else 1.0
        bar = f"{'=' * int(part * BAR - 1e-9)}>".ljust(BAR)[:BAR] if part < 1 else "=" * BAR
        cells = [f"[{bar}]", f"{int(part * 100):3}%", f"{amount(done):>9} of {amount(size):>9}", *cells]
    room = columns - 1
    for leave in range(len(cells) + 1):
        right = "".join(f" {cell}" for cell in cells[leave:])
        width = room - len(right)
        if width >= min(least, room) or leave == len(cells):
            break
    shown = shortened(visible(name), width)
    return shown + " " * (width - display_width(shown)) + right


def shortened(text: str, width: int) -> str:
    """Return a text, or its end after an ellipsis, that fits into so many columns."""
    if display_width(text) <= width:
        return text
    while text and display_width(text) > width - 3:
        text = text[1 + len(text) // (4 * width) :]
    return f"...{text}"[:width]


def amount(size: float) -> str:
    """Return a number of bytes in a binary unit."""
    for unit in ("B", "KiB", "MiB", "GiB", "TiB"):
        if size < 1000 or unit == "TiB":
            return f"{size:.0f} B" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1024
    raise AssertionError


def clock(seconds: int) -> str:
    """Return a duration as hours, minutes and seconds."""
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
