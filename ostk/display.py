"""Lines on the terminal that are redrawn, such as progress, and messages that are written above them."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any, Protocol


class Display(Protocol):
    """Lines on the terminal that are redrawn."""

    lock: AbstractContextManager[Any, Any]

    def hide(self) -> None:
        """Remove the lines until they are drawn the next time."""


DISPLAYS: list[Display] = []


@contextmanager
def above_displays() -> Iterator[None]:
    """Remove lines that are redrawn, such as progress, while the block writes a message on the terminal."""
    with ExitStack() as stack:
        for display in DISPLAYS:
            stack.enter_context(display.lock)
            display.hide()
        yield
