"""Formats of values: the text in tables, and the value in machine formats."""

from collections.abc import Callable
from typing import Any, NamedTuple

BAR_WIDTH = 10  # characters


def unchanged(value: Any) -> Any:
    """Return the value unchanged."""
    return value


class Format(NamedTuple):
    """A pair of functions: `human` returns the text of a table cell, `machine` the value for the other formats.

    A list's column is aligned to the `right` if its first value is.
    """

    human: Callable[[Any], str]
    machine: Callable[[Any], Any] = unchanged
    right: bool = False


class Cell(NamedTuple):
    """A value with a format."""

    value: Any
    format: Format

    @property
    def human(self) -> str:
        """The text in a table."""
        return self.format.human(self.value)

    @property
    def machine(self) -> Any:
        """The value in machine formats."""
        return self.format.machine(self.value)


def _text(value: Any) -> str:
    return str(value)


def _records(value: Any) -> Any:
    return [dict(record) for record in value or ()]


def list_text(value: Any) -> str:
    """Return a list as `a, b`, sorted."""
    return ", ".join(sorted(map(str, value or ())))


def dict_text(value: Any, prefix: str = "") -> str:
    """Return a mapping as `k='v', nested.k='v'`, sorted by key; None is an empty text after the `=`."""
    if value is None:
        return "None"
    parts = []
    for key in sorted(value, key=str):
        name, item = f"{prefix}{key}", value[key]
        if isinstance(item, dict):
            parts.append(dict_text(item, f"{name}."))
        else:
            parts.append(f"{name}=" if item is None else f"{name}='{item}'")
    return ", ".join(parts)


def dict_of_lists_text(value: Any) -> str:
    """Return a mapping of lists as `k=a, b; l=c`, sorted by key; a list of None is left out."""
    value = value or {}
    return "; ".join(f"{key}={list_text(value[key])}" for key in sorted(value) if value[key] is not None)


def size_text(value: Any) -> str:
    """Return a number of bytes in the largest decimal unit with a number of at least 1: `1.5G`."""
    size, unit = float(value or 0), 0
    while size >= 1000 and unit < 7:
        size, unit = size / 1000, unit + 1
    return f"{size:.1f}".rstrip("0").rstrip(".") + ("", "K", "M", "G", "T", "P", "E", "Z")[unit]


def usage_bar(total: Any, number_format: Format | None = None) -> Format:
    """Return a format that adds a bar for the share of the total, in percent; blank where the share is unknown."""
    plain = number_format or Format(str)

    def human(value: Any) -> str:
        if not (isinstance(value, int | float) and isinstance(total, int | float) and total > 0):
            return plain.human(value) + " " * (BAR_WIDTH + 6)
        filled = min(BAR_WIDTH, round(BAR_WIDTH * value / total))
        return f"{plain.human(value)} {'█' * filled:░<{BAR_WIDTH}} {value / total:4.0%}"

    return Format(human, plain.machine, right=True)


def boolean_format(yes: str, no: str) -> Format:
    """Return a format of booleans as two words; machine formats get the boolean."""
    return Format(lambda value: yes if value else no)


LIST = Format(list_text, lambda value: list(value or ()))
ORDERED_LIST = Format(lambda value: ", ".join(map(str, value or ())), lambda value: list(value or ()))
DICT = Format(dict_text, lambda value: dict(value or {}))
DICT_OF_LISTS = Format(dict_of_lists_text, lambda value: dict(value or {}))
LIST_OF_DICTS = Format(lambda value: "\n".join(map(dict_text, value or ())), _records)
LINES = Format(lambda value: "\n".join(map(str, value or ())))
SIZE = Format(size_text)
COUNT = Format(lambda value: "" if value is None else str(len(value)))
UP_DOWN = boolean_format("UP", "DOWN")
EXTERNAL = boolean_format("External", "Internal")
ALIVE = boolean_format(":-)", "XXX")
VISIBILITY = boolean_format("public", "private")
