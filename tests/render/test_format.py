"""Formats that many nouns share."""

from __future__ import annotations

import pytest

from ostk.render import format as formats
from ostk.render.format import Cell, Format


@pytest.mark.parametrize(
    ("given", "value", "human", "machine"),
    [
        (formats.LIST, ["b", "a", 3], "3, a, b", ["b", "a", 3]),
        (formats.LIST, None, "", []),
        (formats.ORDERED_LIST, ["b", "a"], "b, a", ["b", "a"]),
        (formats.DICT, {"b": 1, "a": {"y": None, "x": True}}, "a.x='True', a.y=, b='1'", None),
        (formats.DICT, {}, "", {}),
        (formats.DICT, None, "None", {}),
        (formats.DICT_OF_LISTS, {"n": ["b", "a"], "m": None, "k": []}, "k=; n=a, b", None),
        (formats.DICT_OF_LISTS, None, "", {}),
        (formats.LIST_OF_DICTS, [{"b": 1, "a": 2}, {}], "a='2', b='1'\n", None),
        (formats.LIST_OF_DICTS, None, "", []),
        (formats.LINES, ["b", 1], "b\n1", None),
        (formats.SIZE, 0, "0", 0),
        (formats.SIZE, None, "0", None),
        (formats.SIZE, 999, "999", 999),
        (formats.SIZE, 1500, "1.5K", 1500),
        (formats.SIZE, 10**30, "1000000000Z", 10**30),
        (formats.COUNT, [1, 2], "2", [1, 2]),
        (formats.UP_DOWN, True, "UP", True),
        (formats.UP_DOWN, None, "DOWN", None),
        (formats.EXTERNAL, False, "Internal", False),
        (formats.ALIVE, True, ":-)", True),
        (formats.VISIBILITY, False, "private", False),
    ],
)
def test_formats(given: Format, value: object, human: str, machine: object) -> None:
    cell = Cell(value, given)
    assert cell.human == human
    assert cell.machine == (value if machine is None else machine)


@pytest.mark.parametrize(
    ("value", "total", "text"),
    [
        (5, 20, "5 ██░░░░░░░░  25%"),
        (7.5, 10.0, "7.5 ████████░░  75%"),
        (30, 20, "30 ██████████ 150%"),
        (0, 3, "0 ░░░░░░░░░░   0%"),
        (5, -1, "5" + " " * 16),
        (5, 0, "5" + " " * 16),
        (5, None, "5" + " " * 16),
        (None, 5, "None" + " " * 16),
    ],
)
def test_bars(value: float | None, total: float | None, text: str) -> None:
    assert (formats.usage_bar(total).human(value), formats.usage_bar(total).machine(value)) == (text, value)
