"""Output: columns, sorting, empty lists and control characters."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Iterator

import pytest

from ostk.errors import OstkError
from ostk.render.format import LIST, SIZE, Cell
from ostk.render.output import Output, column_indexes, print_list, print_resource

HEADERS = ["ID", "Power State", "Size"]
Captured = pytest.CaptureFixture[str]


def listed(capsys: Captured, rows: list[list[object]], **how: object) -> str:
    """Return the output of a list, by default in the format value."""
    print_list(HEADERS, rows, Output(**({"format": "value"} | how)))  # type: ignore[arg-type]
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("columns", "indexes"),
    [([], [0, 1, 2]), (["size", "power_state"], [1, 2]), (["POWER STATE", "nope"], [1]), ([" id "], [0])],
)
def test_chosen_columns_keep_the_native_order(columns: list[str], indexes: list[int]) -> None:
    assert column_indexes(HEADERS, columns) == indexes


def test_only_unknown_columns_is_an_error_that_lists_the_columns(capsys: Captured) -> None:
    with pytest.raises(OstkError) as raised:
        print_list(HEADERS, iter(()), Output(columns=("id,size", "nope")))
    assert raised.value.message == (
        "No recognized column names in ['id,size', 'nope']. Recognized columns are ('ID', 'Power State', 'Size')."
    )
    assert raised.value.exit_code == 1
    assert capsys.readouterr().out == ""


def test_error_on_unknown_columns_names_each_title_once() -> None:
    with pytest.raises(OstkError, match=r"\('ID', 'Size'\)\.$"):
        column_indexes(["ID", "Size", "ID"], ["nope"])


def test_columns_of_a_list_and_of_a_resource(capsys: Captured) -> None:
    print_list(HEADERS, iter([["a", "on", 1]]), Output(format="json", noindent=True, columns=("size", "id")))
    print_resource(["id", "power_state"], ["a", "on"], Output(format="json", noindent=True, columns=("Power State",)))
    assert capsys.readouterr().out == '[{"ID": "a", "Size": 1}]\n{"power_state": "on"}\n'


@pytest.mark.parametrize(
    ("values", "descending", "ordered"),
    [
        ([3, None, 1, 2], False, "1 2 3 None"),
        ([3, None, 1, 2], True, "None 3 2 1"),
        (["b", "B", "a"], False, "B a b"),
        ([Cell(1000, SIZE), Cell(None, SIZE), Cell(9, SIZE)], False, "9 1000 None"),
    ],
)
def test_sorting(values: list[object], descending: bool, ordered: str, capsys: Captured) -> None:
    rows = [["x", value, 0] for value in values]
    text = listed(capsys, rows, sort_columns=("power_state",), columns=("power_state",), descending=descending)
    assert text.split() == ordered.split()


def test_first_sort_column_is_primary_and_unknown_columns_are_ignored(capsys: Captured) -> None:
    rows: list[list[object]] = [["a", 2, 1], ["b", 1, 2], ["c", 1, 1]]
    text = listed(capsys, rows, sort_columns=("Power State", "nope", "size"), columns=("ID",))
    assert text == "c\nb\na\n"


def test_incomparable_values_keep_their_order_with_a_warning(capsys: Captured) -> None:
    print_list(HEADERS, [[2, 0, 0], ["a", 0, 0], [1, 0, 0]], Output("value", ("ID",), ("ID",)))
    captured = capsys.readouterr()
    assert captured.out == "2\na\n1\n"
    assert captured.err.count("\n") == 1
    assert "ID" in captured.err


@pytest.mark.parametrize(
    ("name", "text"),
    [("table", "\n"), ("json", "[]\n"), ("csv", '"ID","Power State","Size"\n'), ("value", ""), ("yaml", "[]\n")],
)
def test_empty_lists(name: str, text: str, capsys: Captured) -> None:
    assert listed(capsys, [], format=name) == text


def test_print_empty_prints_headers(capsys: Captured) -> None:
    text = "+----+-------------+------+\n| ID | Power State | Size |\n"
    assert listed(capsys, [], format="table", print_empty=True) == text + "+----+-------------+------+\n" * 2


@pytest.mark.parametrize("name", ["csv", "value"])
def test_rows_are_printed_as_they_arrive(name: str, capsys: Captured) -> None:
    seen: list[str] = []

    def rows() -> Iterator[list[object]]:
        yield ["first", 1, 2]
        seen.append(capsys.readouterr().out)
        yield ["second", 1, 2]

    print_list(HEADERS, rows(), Output(format=name))
    assert "first" in seen[0]
    assert "second" in capsys.readouterr().out


def test_piped_tables_escape_control_characters(capsys: Captured) -> None:
    text = listed(capsys, [["\x1b[31m", "a\u202eb", "c\u200bd\r\ne\x07\x9b"]], format="table")
    assert "\x1b" not in text
    assert text.split("\n")[3:5] == [
        "| \\x1b[31m | a\\u202eb    | c\u200bd        |",
        "|          |             | e\\x07\\x9b |",
    ]


def test_piped_data_is_unchanged(capsys: Captured) -> None:
    assert listed(capsys, [["\x1b[31m", "a\u202eb", "\x07"]]) == "\x1b[31m a\u202eb \x07\n"


@pytest.mark.parametrize("name", ["table", "value", "csv", "json", "yaml"])
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_any_character_can_be_printed(name: str, encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding=encoding, errors="strict"))
    print_list(["ID"], [["\ud800é"]], Output(format=name))
    sys.stdout.flush()
    assert "\\ud800" in raw.getvalue().decode().lower()


def test_values_unknown_to_json_become_text(capsys: Captured) -> None:
    print_resource(["a"], [{1j}], Output(format="json"))
    assert json.loads(capsys.readouterr().out) == {"a": "{1j}"}


def test_yaml_repeats_shared_values_and_escapes_as_pyyaml_does(capsys: Captured) -> None:
    shared = ["a"]
    long = "é " * 60
    print_resource(["a", "b", "c"], [shared, Cell(shared, LIST), long], Output(format="yaml"))
    text = capsys.readouterr().out
    assert text.startswith('a:\n- a\nb:\n- a\nc: "\\xE9 \\xE9')
    assert "\\xE9\\\n  \\ \\xE9" in text


def test_row_that_requires_quotes_is_an_error_with_quote_none(capsys: Captured) -> None:
    with pytest.raises(OstkError, match="CSV"):
        print_list(["ID"], [[""]], Output(format="csv", quote="none"))


def test_shell_output_evaluates_to_the_values_and_executes_nothing(capsys: Captured) -> None:
    values = ["$(echo no)`echo no`", 'a\\"b\\', "C:\\path\\$x", "two\nlines", ["it's"], None]
    fields = ["a", "b", "c", "OS-EXT:d e", "f", "x;echo no;y"]
    print_resource(fields, values, Output(format="shell", prefix="P_"))
    script = capsys.readouterr().out
    names = ["P_a", "P_b", "P_c", "P_os_ext_d_e", "P_f", "P_x_echo_no_y"]
    ask = script + "".join(f'printf "%s|" "${name}";' for name in names)
    answer = subprocess.run(["sh", "-c", ask], capture_output=True, text=True, check=True)
    assert answer.stdout == "".join(f"{value}|" for value in values)
    assert answer.stderr == ""


@pytest.mark.parametrize(
    ("variables", "query", "text"),
    [
        (("id",), "", 'P_id="1"\n'),
        (("os_ext_d_e", "id", "nosuch"), "", 'P_id="1"\nP_os_ext_d_e="2"\n'),
        (("os-ext:d_e",), "", 'P_os_ext_d_e="2"\n'),
        (("nosuch",), "", ""),
        (("x",), "{x: id, y: name}", 'P_x="1"\n'),
    ],
)
def test_only_the_given_shell_variables_are_printed(
    capsys: Captured, variables: tuple[str, ...], query: str, text: str
) -> None:
    output = Output("shell", prefix="P_", variables=variables, query=query)
    print_resource(["id", "OS-EXT:d e", "name"], ["1", "2", "3"], output)
    assert capsys.readouterr().out == text


def test_broken_pipe_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    class Closed(io.StringIO):
        def write(self, text: str) -> int:
            raise BrokenPipeError

    monkeypatch.setattr(sys, "stdout", Closed())
    with pytest.raises(BrokenPipeError):
        print_list(["ID"], [["1"]], Output(format="value"))


def test_nothing_heavy_is_imported_before_it_is_needed() -> None:
    program = (
        "import click, sys; before = set(sys.modules); import ostk.render.options, ostk.render.terminal;"
        "from ostk.render.output import *; print_list(['ID'], [['1'], ['2 3']], Output(max_width=6));"
        "print(sorted({'json', 'csv', 'yaml', 'rich', 'unicodedata'} & (set(sys.modules) - before)))"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("noindent", [False, True])
def test_long_lists_in_json_are_as_json_dumps_writes_them(
    noindent: bool, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ostk.render.machine.ROWS_BEFORE_OUTPUT", 2)
    values = [1, None, True, 2.5, 'ü"\n\\', [1, {"a": [], "b": {}}], {"k": [None, "x\ny"]}]
    expected = json.dumps([{"Name": value} for value in values], indent=None if noindent else 2)
    rows = [[value] for value in values]
    print_list(["Name"], iter(rows), Output(format="json", noindent=noindent))
    assert capsys.readouterr().out == expected + "\n"
