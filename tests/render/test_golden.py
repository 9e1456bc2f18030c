"""Golden files: whole outputs in each format, with a dozen difficult values."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ostk.render.format import DICT, LIST, LIST_OF_DICTS, Cell, Format
from ostk.render.output import Output, print_list, print_resource

LOUD = Format(lambda value: f"h:{value}")
HEADERS = ["ID", "Name", "Kanji", "Size", "Extra", "State Of It"]
ROWS: list[list[Any]] = [
    ["8b5ef0b4-0000-4000-8000-000000000001", "web", "日本語", 3, None, True],
    ["2", 'it\'s "quoted", $HOME\\', "e\u0301 👍🏽", 1.5, ["b", "a"], False],
    ["3", "two\nlines\tand a tab", "", -1, Cell({"k": "v", "n": {"x": 1, "y": None}}, DICT), Cell(True, LOUD)],
    ["004", "  spaces  ", "null", 10**12, Cell(["b", "a"], LIST), Cell([{"a": 1}, {"b": "c"}], LIST_OF_DICTS)],
]


def golden(name: str) -> str:
    """Return the text of a golden file, with line ends unchanged."""
    return (Path(__file__).parent / "golden" / name).read_bytes().decode()


@pytest.mark.parametrize("name", ["table", "json", "csv", "value", "yaml"])
def test_lists(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    print_list(HEADERS, iter(ROWS), Output(format=name))
    assert capsys.readouterr().out == golden(f"list.{name}")


@pytest.mark.parametrize("quote", ["all", "minimal", "none"])
def test_quoting(quote: str, capsys: pytest.CaptureFixture[str]) -> None:
    print_list(HEADERS, ROWS, Output(format="csv", quote=quote))
    assert capsys.readouterr().out == golden(f"list-quote-{quote}.csv")


def test_list_in_a_narrow_table(capsys: pytest.CaptureFixture[str]) -> None:
    print_list(HEADERS, ROWS, Output(max_width=70))
    assert capsys.readouterr().out == golden("list-narrow.table")


@pytest.mark.parametrize("name", ["table", "json", "value", "yaml", "shell"])
def test_resource(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    print_resource([header.lower() for header in HEADERS], ROWS[2], Output(format=name))
    assert capsys.readouterr().out == golden(f"show.{name}")


def test_resource_in_a_narrow_table(capsys: pytest.CaptureFixture[str]) -> None:
    text = "a rather long description of a thing that-has-hyphens andaverylongwordthatdoesnotfitanywhere"
    print_resource(["id", "description"], [ROWS[0][0], text], Output(max_width=40))
    assert capsys.readouterr().out == golden("show-narrow.table")
