"""Tables on a pseudo-terminal: box drawing, colors and widths."""

from __future__ import annotations

import os
import re
import struct
import subprocess
import sys
from typing import Any

import pytest

from ostk.render.table import Frame, make_table
from ostk.render.terminal import DIM, GREEN, RED, YELLOW, fit_widths, status_color, use_color
from ostk.text import display_width, wrap

fcntl = pytest.importorskip("fcntl")
termios = pytest.importorskip("termios")

UUID = "8b5ef0b4-1111-4222-8333-0123456789ab"
ROWS: list[list[Any]] = [
    [UUID, "web [bold]x :smile: \u202e \x1b[31m", "ACTIVE", 12],
    ["2", "日本 é\u200b", "ERROR", 5],
    ["3", "a name much longer than the room there is for it", "powering-off", 1],
]
PROGRAM = """
import sys
from ostk.render.output import *
rows, options = eval(sys.argv[1])
print_list(["ID", "Name", "Status", "Size"], rows, Output(**options))
print_resource(["id", "status"], [rows[0][0], rows[0][2]], Output(**options))
"""


def on_terminal(columns: int = 200, term: str = "xterm", no_color: str = "", **options: object) -> str:
    """Return the output on a terminal of so many columns."""
    master, slave = os.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    environment = os.environ | {"TERM": term, "NO_COLOR": no_color, "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", PROGRAM, repr((ROWS, options))]
    process = subprocess.Popen(command, stdout=slave, env=environment)
    os.close(slave)
    seen = b""
    while True:
        try:
            part = os.read(master, 65536)
        except OSError:  # Linux says so when the other end is closed
            break
        if not part:
            break
        seen += part
    os.close(master)
    assert process.wait() == 0
    return seen.decode().replace("\r\n", "\n")


def plain(text: str) -> str:
    return re.sub("\x1b\\[[0-9]+m", "", text)


WIDE = f"""\
┌──────────────────────────────────────┬──────────────────────────────────────────────────┬──────────────┬──────┐
│ ID                                   │ Name                                             │ Status       │ Size │
├──────────────────────────────────────┼──────────────────────────────────────────────────┼──────────────┼──────┤
│ {UUID} │ web [bold]x :smile: \\u202e \\x1b[31m              │ ACTIVE       │   12 │
│ 2                                    │ 日本 é\\u200b{" " * 36} │ ERROR        │    5 │
│ 3                                    │ a name much longer than the room there is for it │ powering-off │    1 │
└──────────────────────────────────────┴──────────────────────────────────────────────────┴──────────────┴──────┘
┌────────┬──────────────────────────────────────┐
│ Field  │ Value                                │
├────────┼──────────────────────────────────────┤
│ id     │ {UUID} │
│ status │ ACTIVE                               │
└────────┴──────────────────────────────────────┘
"""


def test_wide_terminal_shows_all_columns_in_color() -> None:
    seen = on_terminal()
    assert plain(seen) == WIDE
    for word, code in (("ACTIVE", 32), ("ERROR", 31), ("powering-off", 33), ("Status", 1)):
        assert re.search(f"\x1b\\[{code}m{word} *\x1b\\[0m", seen)
    assert seen.startswith("\x1b[2m┌")


@pytest.mark.parametrize("how", [{"no_color": "1"}, {"color": False}])
def test_no_color_prints_no_escape_sequences(how: dict[str, object]) -> None:
    assert on_terminal(**how) == WIDE  # type: ignore[arg-type]


def test_a_dumb_terminal_gets_the_plain_table() -> None:
    seen = on_terminal(term="dumb")
    assert seen.startswith("+-----")
    assert "\x1b" not in seen


def test_narrow_terminal_wraps_without_loss() -> None:
    seen = on_terminal(80, no_color="1")
    lines = seen.split("\n")
    assert {len(line) for line in lines[:4]} == {80}
    assert UUID in seen  # IDs stay whole while other columns can give way
    names = "".join(line.split("│")[2].strip() for line in lines if line.count("│") == 5)
    for word in ROWS[2][1].split():
        assert word in names


@pytest.mark.parametrize("columns", [10, 40, 60])
def test_narrowest_terminal_keeps_ids(columns: int) -> None:
    lines = on_terminal(columns, no_color="1").split("\n")
    cells = [line.split("│")[1].strip() for line in lines if line.count("│") == 5]
    assert UUID in "".join(cells)


def test_max_width_overrides_the_terminal_width() -> None:
    assert {len(line) for line in on_terminal(200, no_color="1", max_width=90).split("\n")[:4]} == {90}


def test_machine_formats_are_made_visible_on_a_terminal() -> None:
    for name in ("value", "csv"):
        seen = on_terminal(format=name).split("ERROR")[0]
        assert "\\u202e \\x1b[31m" in seen
        assert "\x1b" not in seen
        assert "\u202e" not in seen


def printed_lines(headers: list[str], rows: list[list[str]], room: int) -> list[str]:
    """The lines of a list on a terminal of `room` columns, without its borders."""
    table = make_table(headers, rows, str)
    widths = fit_widths(table, room, 8)
    frame = Frame(widths, table.right, ("", "|", "|"), keep_ids=True)
    return [line for row in table.rows for line in frame.lines(row)]


def test_columns_keep_their_headers_words_then_half_the_minimum() -> None:
    table = make_table(["a", "IP Version"], [["x" * 50, "y" * 30]], str)
    assert fit_widths(table, 60, 8) == [26, 27]
    assert fit_widths(table, 25, 8) == [8, 10]
    assert fit_widths(table, 23, 8) == [8, 8]
    assert fit_widths(table, 20, 8) == [6, 7]
    assert fit_widths(table, 0, 8) == [50, 30]


@pytest.mark.parametrize("columns", [10, 40, 80, 120])
@pytest.mark.parametrize(
    "identifier",
    [
        UUID,
        UUID.replace("-", ""),
        "0123456789abcdef" * 4,
        "fa:16:3e:a7:18:f6",
        "192.168.233.255",
        "192.168.232.0/22",
        "fd12:6c5d:ae73:1000:f816:3eff:fea7:18f6",
        "fd12:6c5d:ae73:1000::/64",
        "::ffff:192.168.233.255",
    ],
)
def test_ids_and_addresses_of_a_list_stay_whole_on_any_terminal(identifier: str, columns: int) -> None:
    rows = [[identifier, f"net={identifier}, {identifier}", f"ip='{identifier}', {identifier}", "a description"]]
    lines = printed_lines(["ID", "Networks", "Fixed IPs", "Description"], rows, columns)
    assert "".join(lines).count(identifier) == 5


def test_ids_of_other_forms_and_states_stay_whole() -> None:
    lines = printed_lines(["Flavor ID", "Status"], [["a-flavor-of-our-own", "shelved_offloaded"]], 20)
    assert lines == ["a-flavor-of-our-own|shelved_offloaded|"]


def test_row_wider_than_the_terminal_uses_whole_lines() -> None:
    text = "a rather long description of a server"
    assert printed_lines(["ID", "Project ID", "Description"], [[UUID, UUID, text]], 80) == [f"{UUID}|{UUID}|{text}|"]


def test_max_width_is_exceeded_only_for_ids() -> None:
    table = make_table(["ID", "Project ID", "Description"], [[UUID, UUID, "x" * 40]], str)
    assert fit_widths(table, 60, 8, limited=True) == [36, 36, 8]


def test_a_field_name_stays_whole_and_its_value_wraps_around_ids() -> None:
    name = "OS-EXT-SRV-ATTR:hypervisor_hostname"
    table = make_table(["Field", "Value"], [[name, f"cirros ({UUID}) of this project"], ["user_id", UUID]], str)
    widths = fit_widths(table, 60, 16, is_resource=True)
    assert widths == [35, 18]
    frame = Frame(widths, table.right, ("", "|", ""), keep_ids=True)
    lines = [line.split("|") for row in table.rows for line in frame.lines(row)]
    assert [first.strip() for first, _ in lines] == [name, "", "", "user_id"]
    assert [value.strip() for _, value in lines] == ["cirros", f"({UUID})", "of this project", UUID]


def test_wide_and_combining_characters_count_their_cells() -> None:
    names = ["日本語の名前", "e\u0301te\u0301", "👍🏽 ok", "👨\u200d👩\u200d👧", "🇨🇭"]
    lines = printed_lines(["ID", "Name"], [[UUID, name] for name in names], 60)
    assert {display_width(line) for line in lines} == {36 + 12 + 2}


def test_long_list_takes_linear_time() -> None:
    rows = [[UUID, f"server {number}", "ACTIVE", f"net=10.0.0.{number % 256}"] for number in range(5000)]
    wraps = 0

    def counted(*given: Any) -> list[str]:
        nonlocal wraps
        wraps += 1
        return wrap(*given)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ostk.render.table.wrap", counted)
        assert len(printed_lines(["ID", "Name", "Status", "Networks"], rows, 80)) < 15000
    assert wraps <= 10000  # once a cell of the columns that give way


@pytest.mark.parametrize(
    ("name", "text", "color"),
    [
        ("Status", "ACTIVE", GREEN),
        ("vm_state", "active", GREEN),
        ("Admin State", "DOWN", RED),
        ("stack_status", "CREATE_FAILED", RED),
        ("stack_status", "CREATE_COMPLETE", GREEN),
        ("stack_status", "UPDATE_IN_PROGRESS", YELLOW),
        ("Status", "error_deleting", RED),
        ("Status", "BUILD", YELLOW),
        ("Status", "SHUTOFF", DIM),
        ("Power State", "Running", GREEN),
        ("Alive", "XXX", RED),
        ("Status", "None", ""),
        ("Name", "ACTIVE", ""),
    ],
)
def test_colors_of_states(name: str, text: str, color: str) -> None:
    assert status_color(name, text) == color


def test_color_in_a_pipe_only_on_request() -> None:
    assert use_color(True)
    assert not use_color(None)
