"""How a value reads to people, and what the machine formats carry of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple


def same(value: Any) -> Any:
    """The value itself."""
    return value


class Format(NamedTuple):
    """`human` makes the text of a table cell; `machine` the value of json, yaml, csv, value and shell."""

    human: Callable[[Any], str]
    machine: Callable[[Any], Any] = same


class Cell(NamedTuple):
    """A value with its format; a value without one is shown as it is."""

    value: Any
    format: Format

    @property
    def human(self) -> str:
        """What a person reads."""
        return self.format.human(self.value)

    @property
    def machine(self) -> Any:
        """What a program reads."""
        return self.format.machine(self.value)
