"""--query in every format: lists of objects, of lists and of scalars, one object, one scalar."""

from __future__ import annotations

import pytest

from ostk.render.output import Output, print_list, print_resource

HEADERS = ("Name", "RAM", "Tags")
ROWS = [("small", 512, ["a"]), ("large", 8192, [])]


def listed(capsys: pytest.CaptureFixture[str], format: str, query: str) -> str:
    """Return what a list prints with this format and query."""
    print_list(HEADERS, ROWS, Output(format, query=query))
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("format", "query", "text"),
    [
        ("json", "[0].Name", '"small"\n'),
        ("jsonl", "[].{n: Name}", '{"n": "small"}\n{"n": "large"}\n'),
        ("jsonl", "[0].RAM", "512\n"),
        ("csv", "[].{ram: RAM, n: Name}", '"ram","n"\n512,"small"\n8192,"large"\n'),
        ("csv", "[].[Name, RAM]", '"1","2"\n"small",512\n"large",8192\n'),
        ("csv", "[].Name", '"1"\n"small"\n"large"\n'),
        ("csv", "[0].{n: Name, r: RAM}", '"n","r"\n"small",512\n'),
        ("csv", "[?RAM > `9000`]", ""),
        ("value", "[].{ram: RAM, n: Name}", "512 small\n8192 large\n"),
        ("value", "[].[Name, Tags]", "small ['a']\nlarge []\n"),
        ("value", "[].Name", "small\nlarge\n"),
        ("value", "[0].{n: Name, r: RAM}", "small\n512\n"),
        ("value", "length(@)", "2\n"),
        ("value", "[?RAM > `9000`]", ""),
        ("yaml", "[].{n: Name}", "- n: small\n- n: large\n"),
        ("yaml", "[0].{n: Name, a: RAM}", "n: small\na: 512\n"),
        ("yaml", "length(@)", "2\n"),
        ("table", "[0].Name", "small\n"),
        ("table", "[].{n: Name, r: RAM}", "+-------+------+\n| n     |    r |\n+-------+------+\n"
         "| small |  512 |\n| large | 8192 |\n+-------+------+\n"),
        ("table", "[].[Name]", "+-------+\n| 1     |\n+-------+\n| small |\n| large |\n+-------+\n"),
        ("table", "[0].{n: Name}", "+-------+-------+\n| Field | Value |\n+-------+-------+\n"
         "| n     | small |\n+-------+-------+\n"),
    ],
)  # fmt: skip
def test_shape_of_the_result_gives_the_output(
    capsys: pytest.CaptureFixture[str], format: str, query: str, text: str
) -> None:
    assert listed(capsys, format, query) == text


def test_objects_with_other_keys_and_lists_of_other_lengths_are_filled_up(capsys: pytest.CaptureFixture[str]) -> None:
    assert listed(capsys, "csv", "[[0].{a: RAM}, [1].{b: Name}]") == '"a","b"\n512,""\n"","large"\n'
    assert listed(capsys, "value", "[[`1`], [`2`, `3`], `4`]") == "1 None\n2 3\n4 None\n"


def test_shell_prints_the_values_of_an_object(capsys: pytest.CaptureFixture[str]) -> None:
    print_resource(("name", "ram"), ("small", 512), Output("shell", prefix="f_", query="{title: name, mib: ram}"))
    assert capsys.readouterr().out == 'f_title="small"\nf_mib="512"\n'


def test_control_characters_are_visible_in_values(capsys: pytest.CaptureFixture[str]) -> None:
    print_list(("Name",), [("a\x1b[2Jb",)], Output("value", query="[0].Name"))
    plain = capsys.readouterr().out
    print_list(("Name",), [("a\x1b[2Jb",)], Output("value"))
    assert plain == capsys.readouterr().out
