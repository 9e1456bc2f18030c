"""The pager of the prompt."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from typing import NamedTuple

import click
import pytest

from ostk.batch import pager
from ostk.cli import main
from ostk.session.shared import SharedClouds

from ..fake_cloud import FakeCloud


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


class Paged(NamedTuple):
    """A terminal of 10 lines, and the texts that were paged."""

    screen: Terminal
    texts: list[str]


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[[], Paged]:
    """Replace the standard streams by a terminal; to be called in the test, after pytest has set its own streams."""

    def replace() -> Paged:
        screen, texts = Terminal(), list[str]()
        monkeypatch.setenv("LINES", "10")
        monkeypatch.setenv("COLUMNS", "40")
        for name in ("stdin", "stdout", "stderr"):
            monkeypatch.setattr(sys, name, screen)
        monkeypatch.setattr(pager, "print_paged", texts.append)
        return Paged(screen, texts)

    return replace


@pytest.fixture
def flavors(cloud: FakeCloud) -> FakeCloud:
    many = [{"id": str(number), "name": f"f{number}"} for number in range(20)]
    cloud.answers["GET /compute/v2.1/flavors/detail"] = {"flavors": many}
    cloud.answers["GET /compute/v2.1/flavors/detail?is_public=False"] = {"flavors": many[:3]}
    return cloud


def run(line: str) -> int:
    streams = sys.stdout, sys.stderr
    with pager.paged():
        status = main.run(line.split(), "ostk", obj=SharedClouds())
    assert (sys.stdout, sys.stderr) == streams
    return status


def test_only_long_lists_are_paged(flavors: FakeCloud, terminal: Callable[[], Paged]) -> None:
    screen, texts = terminal()
    assert run("flavor list --private -f value -c Name") == 0
    assert (screen.getvalue(), texts) == ("f0\nf1\nf2\n", [])
    assert run("flavor list -f value -c Name") == 0
    assert screen.getvalue() == "f0\nf1\nf2\n"
    assert texts == ["".join(f"f{number}\n" for number in range(20))]


def test_a_table_keeps_the_look_of_a_terminal(flavors: FakeCloud, terminal: Callable[[], Paged]) -> None:
    _, texts = terminal()
    run("flavor list -c Name")
    assert click.unstyle(texts[0]).startswith("┌──────┐\n│ Name │\n")


@pytest.mark.parametrize("line", ["flavor create x --vcpus 1", "api compute /flavors/detail"])
def test_other_commands_are_not_paged(flavors: FakeCloud, terminal: Callable[[], Paged], line: str) -> None:
    screen, texts = terminal()
    assert run(line) == 0
    assert screen.getvalue()
    assert texts == []


def test_a_watched_list_is_not_paged(
    flavors: FakeCloud, terminal: Callable[[], Paged], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(seconds: float) -> None:
        raise KeyboardInterrupt

    screen, texts = terminal()
    monkeypatch.setattr("time.sleep", interrupt)
    assert run("flavor list -c Name --watch 1") == 130
    assert screen.getvalue().count("f19") == 1
    assert texts == []


def test_output_comes_before_the_message_that_follows_it() -> None:
    terminal = Terminal()
    screen = pager.Screen(terminal)
    screen.holds = True
    screen.write("row\n")
    assert terminal.getvalue() == ""
    pager.Messages(terminal, screen).write("message\n")
    screen.write("row\n")
    assert terminal.getvalue() == "row\nmessage\nrow\n"


def test_an_interrupted_list_shows_what_came(terminal: Callable[[], Paged]) -> None:
    screen, texts = terminal()

    def interrupted() -> None:
        with pager.paged():
            assert isinstance(sys.stdout, pager.Screen)
            sys.stdout.holds = True
            print("row")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert (screen.getvalue(), texts) == ("row\n", [])


def test_long_lines_count_as_the_rows_that_they_take(terminal: Callable[[], Paged]) -> None:
    terminal()
    assert not pager.is_long("x" * 40 + "\n")
    assert not pager.is_long("x\n" * 9)
    assert pager.is_long("x\n" * 10)
    assert pager.is_long("x" * 400 + "\n")
    assert not pager.is_long("\x1b[31m" * 100 + "x\n")


def test_bytes_are_no_text() -> None:
    with pytest.raises(TypeError):
        pager.Screen(Terminal()).write(b"")  # type: ignore[arg-type]
