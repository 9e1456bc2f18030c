"""The pager of the prompt: lists and resources that are longer than the terminal go through it."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, cast

import click

from ..language.help import print_paged

PAGED = ("list", "show")


class Screen:
    """Standard output of a command on the terminal; what a list or a show prints is held back until its end."""

    def __init__(self, terminal: IO[str]) -> None:
        self.terminal = terminal
        self.held: list[str] = []
        self.holds: bool | None = None  # None before the first text

    def write(self, text: str) -> int:
        """Hold a text back, or write it on the terminal."""
        if not isinstance(text, str):
            raise TypeError("Not a text.")
        if self.holds is None and text:
            self.holds = is_paged()
        if not self.holds:
            return self.terminal.write(text)
        self.held.append(text)
        return len(text)

    def flush(self) -> None:
        """Flush the terminal."""
        self.terminal.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.terminal, name)

    def release(self) -> None:
        """Write what was held back, and hold nothing back from now on."""
        self.holds = False
        self.terminal.write(self.taken())
        self.terminal.flush()

    def taken(self) -> str:
        """Return the text that was held back, which is then gone."""
        text = "".join(self.held)
        self.held.clear()
        return text


class Messages:
    """Standard error of a command on the terminal: the output that comes before a message is written before it."""

    def __init__(self, terminal: IO[str], screen: Screen) -> None:
        self.terminal, self.screen = terminal, screen

    def write(self, text: str) -> int:
        """Write a text."""
        if text and self.screen.held:
            self.screen.release()
        return self.terminal.write(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.terminal, name)


@contextmanager
def paged() -> Iterator[None]:
    """Send what a list or a show prints in this block through the pager, if it is longer than the terminal."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        yield
        return
    output, messages = sys.stdout, sys.stderr
    screen = Screen(output)
    sys.stdout, sys.stderr = cast(Any, screen), cast(Any, Messages(messages, screen))
    try:
        yield
        sys.stdout, sys.stderr = output, messages
        if is_long("".join(screen.held)):
            print_paged(screen.taken())
    finally:
        sys.stdout, sys.stderr = output, messages
        screen.release()


def is_paged() -> bool:
    """Return whether the command that runs is a list or a show with output options, and is not watched."""
    ctx = click.get_current_context(silent=True)
    if ctx is None or "output_format" not in ctx.params or ctx.params.get("output_watch"):
        return False
    return ctx.command.name in PAGED


def is_long(text: str) -> bool:
    """Return whether a text, with the prompt below it, is longer than the terminal."""
    from ..text import display_width

    size = shutil.get_terminal_size()
    rows = (-(-display_width(click.unstyle(line)) // size.columns) or 1 for line in text.splitlines())
    return sum(rows) + 1 > size.lines
