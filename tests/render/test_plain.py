"""Plain text: control characters escaped on a terminal, unchanged in a pipe; messages without secrets."""

from __future__ import annotations

import io

import pytest

from ostk import redaction
from ostk.console import data_output, write_message, write_state, write_text

ODD = "a\x1b]0;title\x07b\u202e\tc"
SEEN = "a\\x1b]0;title\\x07b\\u202e\tc"


class Stream(io.StringIO):
    """A stream that is a terminal or a pipe."""

    def __init__(self, terminal: bool) -> None:
        super().__init__()
        self.terminal = terminal
        self.bytes = io.BytesIO()

    @property
    def buffer(self) -> io.BytesIO:
        return self.bytes

    def isatty(self) -> bool:
        return self.terminal


@pytest.mark.parametrize(("terminal", "seen"), [(True, SEEN), (False, ODD)])
def test_text_from_a_cloud(monkeypatch: pytest.MonkeyPatch, terminal: bool, seen: str) -> None:
    stream = Stream(terminal)
    monkeypatch.setattr("sys.stdout", stream)
    write_text(ODD)
    write_text("two\nlines\n")
    assert stream.getvalue() == f"{seen}\ntwo\nlines\n"


def test_data_on_a_terminal_and_in_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Stream(terminal=True)
    monkeypatch.setattr("sys.stdout", stream)
    file = data_output()
    assert sum(file.write(part) for part in (b"\x1b[31m\xc3", b"\xa9\xff\n")) == 9
    assert stream.getvalue() == "\\x1b[31m\u00e9\\xff\n"
    pipe = Stream(terminal=False)
    monkeypatch.setattr("sys.stdout", pipe)
    assert data_output() is pipe.buffer


def test_messages_have_no_control_characters(capsys: pytest.CaptureFixture[str]) -> None:
    redaction.remember("s3cret-0815")
    write_message("one s3cret-0815\ntwo \x1b[31m")
    assert capsys.readouterr() == ("", "one ***\ntwo \\x1b[31m\n")


def test_waiting_state_is_replaced_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for terminal, seen in ((True, "\r\x1b[KBUILD\\x1b]0;x\\x07\r\x1b[K"), (False, "")):
        stream = Stream(terminal)
        monkeypatch.setattr("sys.stderr", stream)
        write_state("BUILD\x1b]0;x\x07")
        write_state("")
        assert stream.getvalue() == seen
