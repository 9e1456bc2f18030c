"""Pages: labels and texts in columns, wrapped to a width, and in color."""

from __future__ import annotations

import pytest

from ostk.render import terminal
from ostk.render.output import Output
from ostk.render.page import Line, Section, page_spans, print_page

SECTIONS = [
    Section(
        "One",
        [
            Line("a b", "Name"),
            Line("ERROR now", "State", states=True),
            Line("text of a label that is longer than the others", "A label of twenty-three"),
            Line("no label: " + "word " * 8),
        ],
    ),
    Section("Two\n", [Line("6a782acb-0763-4ddd-bf27-58b845cd7c34 " * 2, "ID"), Line("\x1b[2J", level=1)]),
    Section("Three", [Line("word " * 12, level=1, whole=True)]),
]
WIDE = """\
One
  Name   a b
  State  ERROR now
  A label of twenty-three  text of a label that is longer than the others
  no label: word word word word word word word word

Two\\x0a
  ID  6a782acb-0763-4ddd-bf27-58b845cd7c34 6a782acb-0763-4ddd-bf27-58b845cd7c34
    \\x1b[2J

Three
    word word word word word word word word word word word word
"""
NARROW = """\
One
  Name   a b
  State  ERROR now
  A label of twenty-three
    text of a label that is longer than
    the others
  no label: word word word word word word
  word word

Two\\x0a
  ID  6a782acb-0763-4ddd-bf27-58b845cd7c34
      6a782acb-0763-4ddd-bf27-58b845cd7c34
    \\x1b[2J

Three
    word word word word word word word word word word word word
"""


def text(width: int) -> str:
    """Return the page at a width, without styles."""
    return "".join("".join(part for part, _ in line).rstrip() + "\n" for line in page_spans(SECTIONS, width))


def test_without_a_limit() -> None:
    assert text(0) == WIDE


def test_wrapped() -> None:
    assert text(42) == NARROW


def test_printed_without_color_where_standard_output_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    print_page(SECTIONS, Output())
    assert capsys.readouterr().out == WIDE


def test_printed_in_color_on_a_terminal(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "is_terminal", lambda: True)
    monkeypatch.setattr(terminal, "terminal_width", lambda: 42)
    monkeypatch.setenv("TERM", "xterm")
    print_page(SECTIONS, Output())
    shown = capsys.readouterr().out
    assert shown.startswith("\x1b[1mOne\x1b[0m\n  Name   a b\n  State  \x1b[31mERROR\x1b[0m now\n")
    assert "\x1b[2J" not in shown
    print_page(SECTIONS, Output(color=False))
    assert capsys.readouterr().out == NARROW
