"""The tools that record answers, fill them, and change columns to see what the recordings catch."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ostk.language.column import Column
from ostk.render.format import LIST

from . import mutate, record
from .record_fill import distance, guesses, with_values

LINE = "keypair list"


def case(line: str, **more: Any) -> dict[str, Any]:
    return {"line": line, "exchanges": [], "reference": {"json": ["[]", ""]}, **more}


@pytest.fixture
def recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(record, "RECORDED", tmp_path)
    return tmp_path / "keypair.json"


def test_a_new_case_takes_the_place_of_that_of_its_command_and_options_alone(recorded: Path) -> None:
    earlier = [case("keypair list"), case("keypair list", filled=True), case("keypair show sample --public-key")]
    recorded.write_text(json.dumps({"cases": earlier}))
    new = case("keypair list --limit 1", ostk={"json": ["[]", ""]})
    assert record.save("keypair", [new]) == []
    kept = json.loads(recorded.read_text())["cases"]
    assert [(one["line"], one.get("filled", False)) for one in kept] == [
        ("keypair list --limit 1", False),
        ("keypair list", True),
        ("keypair show sample --public-key", False),
    ]


def test_a_known_difference_keeps_its_reason_and_a_new_one_is_told(recorded: Path) -> None:
    known = case(LINE, differences={"reason": "ostk sorts.", "ostk": {"json": ["[1]", ""]}})
    recorded.write_text(json.dumps({"cases": [known]}))
    new = [case(LINE, ostk={"json": ["[2]", ""]}), case("keypair show sample", ostk={"json": ["{1}", ""]})]
    assert record.save("keypair", new) == ["keypair show sample: ['json']"]
    kept = {one["line"]: one["differences"] for one in json.loads(recorded.read_text())["cases"]}
    assert kept[LINE] == {"reason": "ostk sorts.", "ostk": {"json": ["[2]", ""]}}
    assert kept["keypair show sample"]["reason"] == ""


def test_what_is_recorded_already_by_command_and_options(recorded: Path) -> None:
    full = case("keypair list", reference={"json": ["[1]", ""]})
    empty = case("keypair list --os-compute-api-version 2.1")
    recorded.write_text(json.dumps({"cases": [full, empty, case("keypair show x", filled=True)]}))
    assert record.recorded("keypair list", ["keypair", "list", "--limit", "3"])
    assert not record.recorded("keypair show", ["keypair", "show", "x"])
    assert not record.recorded("keypair list", ["keypair", "list", "--os-compute-api-version", "2.1"])


def test_the_ids_of_a_session_stay_those_of_its_recording() -> None:
    one, two, new = "ab" * 16, "cd" * 16, "ef" * 16
    kept = {"project": {"id": f"{1:032x}"}, "roles": [{"name": "a", "id": f"{2:032x}"}]}
    stable = record.Stable({})
    stable.like({"project": {"id": one}, "roles": [{"name": "b", "id": new}, {"name": "a", "id": two}]}, kept)
    stable.beyond(kept)
    assert stable.data([one, two, new]) == [f"{1:032x}", f"{2:032x}", f"{3:032x}"]


def test_empty_fields_are_filled_and_others_stay() -> None:
    exchanges: list[dict[str, Any]] = [
        {"request": "GET x", "status": 200, "json": {"servers": [{"a": None, "b": {"c": ""}}, {"a": 1, "b": None}]}},
        {"request": "GET y", "status": 404, "json": {"error": {"a": None}}},
    ]
    filled = with_values(exchanges, {"a": "text", "b.c": 7, "absent": [1]})
    assert filled[0]["json"]["servers"] == [
        {"a": "text", "b": {"c": 7}, "absent": [1]},
        {"a": 1, "b": None, "absent": [1]},
    ]
    assert filled[1] == exchanges[1]
    assert exchanges[0]["json"]["servers"][0]["a"] is None


def test_a_value_for_an_empty_field_is_guessed_from_others_its_name_and_its_format() -> None:
    assert guesses("size", Column("size"), {"size": [3]})[:2] == [3, 7]
    assert guesses("is_on", Column("is_on"), {})[0] is True
    assert guesses("created_at", Column("created_at"), {})[0].startswith("2026-01-02T")
    assert isinstance(guesses("tags", Column("tags", format=LIST), {})[0], list)


def test_the_width_of_a_table_is_no_difference() -> None:
    assert distance(["+--+", "| a |"], ["+----+", "|  a  |"]) == 0
    assert distance(["a", "b"], ["a", "c"]) == 2


def test_each_change_of_a_column_that_can_be_seen() -> None:
    class Run:
        columns = (Column("id"), Column("tags", format=LIST))
        fields = (Column("name", hidden=True), Column("*"), Column("sum", value=len))

    class Command:
        run = Run

    names = [change.name for change in mutate.changes_of_command("x list", Command)]
    assert names == [
        "x list: key of id",
        "x list: title of id",
        "x list: key of tags",
        "x list: title of tags",
        "x list: format of tags",
        "x list: key of name",
        "x list: value of sum",
        "x list: title of sum",
    ]


def test_a_change_is_made_and_undone() -> None:
    column = Column("id", "ID")
    with mutate.Change("key of id", column, {"key": "other"}).made():
        assert column.key == "other"
    assert column == Column("id", "ID")


def test_every_listed_change_has_a_reason() -> None:
    assert all(reason for reason in mutate.listed().values())
