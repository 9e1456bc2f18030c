"""Tables on a pseudo-terminal: the same content, dressed."""

from __future__ import annotations

import os
import re
import struct
import subprocess
import sys
from typing import Any

import pytest

from ostk.render.table import table
from ostk.render.terminal import DIM, GREEN, RED, YELLOW, fitted, status_color, wants_color

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
print_one(["id", "status"], [rows[0][0], rows[0][2]], Output(**options))
"""


def on_terminal(columns: int = 200, term: str = "xterm", no_color: str = "", **options: object) -> str:
    """What is seen on a terminal of so many columns."""
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


def test_a_wide_terminal_shows_everything_in_colour() -> None:
    seen = on_terminal()
    assert plain(seen) == WIDE
    for word, code in (("ACTIVE", 32), ("ERROR", 31), ("powering-off", 33), ("Status", 1)):
        assert re.search(f"\x1b\\[{code}m{word} *\x1b\\[0m", seen)
    assert seen.startswith("\x1b[2m┌")


@pytest.mark.parametrize("how", [{"no_color": "1"}, {"color": False}])
def test_without_colour_nothing_is_escaped(how: dict[str, object]) -> None:
    assert on_terminal(**how) == WIDE  # type: ignore[arg-type]


def test_a_dumb_terminal_gets_the_plain_table() -> None:
    seen = on_terminal(term="dumb")
    assert seen.startswith("+-----")
    assert "\x1b" not in seen


def test_a_narrow_window_folds_and_loses_nothing() -> None:
    seen = on_terminal(80, no_color="1")
    lines = seen.split("\n")
    assert {len(line) for line in lines[:4]} == {80}
    assert UUID in seen  # IDs stay whole while other columns can give way
    names = "".join(line.split("│")[2].strip() for line in lines if line.count("│") == 5)
    for word in ROWS[2][1].split():
        assert word in names


@pytest.mark.parametrize("columns", [10, 40, 60])
def test_even_the_narrowest_window_keeps_every_character_of_an_id(columns: int) -> None:
    lines = on_terminal(columns, no_color="1").split("\n")
    cells = [line.split("│")[1].strip() for line in lines if line.count("│") == 5]
    assert UUID in "".join(cells)


def test_the_width_asked_for_wins_over_the_window() -> None:
    assert {len(line) for line in on_terminal(200, no_color="1", max_width=90).split("\n")[:4]} == {90}


def test_machine_formats_are_made_visible_on_a_terminal() -> None:
    for name in ("value", "csv"):
        seen = on_terminal(format=name).split("ERROR")[0]
        assert "\\u202e \\x1b[31m" in seen
        assert "\x1b" not in seen
        assert "\u202e" not in seen


def test_columns_never_go_below_the_minimum() -> None:
    wanted = table(["a", "ID"], [["x" * 50, "y" * 30]], str)
    assert fitted(wanted, 20, 8) == [8, 8]
    assert fitted(wanted, 60, 8) == [23, 30]
    assert fitted(wanted, 0, 8) == [50, 30]


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
def test_colours_of_states(name: str, text: str, color: str) -> None:
    assert status_color(name, text) == color


def test_colour_in_a_pipe_only_when_asked() -> None:
    assert wants_color(True)
    assert not wants_color(None)
