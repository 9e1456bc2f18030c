"""Test the progress of transfers: lines on a terminal, JSON lines, nothing elsewhere."""

from __future__ import annotations

import json
import sys

import pytest

from ostk.errors import OstkError
from ostk.progress import Transfers, amount, clock, line, shortened


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make standard error a terminal on which nothing is drawn but by the test."""
    monkeypatch.setattr("_pytest.capture.CaptureIO.isatty", lambda stream: True, raising=False)
    monkeypatch.setattr("ostk.progress.DELAY", 60)
    monkeypatch.setenv("TERM", "xterm")


def test_pipe_shows_nothing(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    with Transfers(1, 10) as transfers, transfers.file("a", 10) as transfer:
        transfer.add(10)
        assert transfers.thread is None
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with Transfers(1, 10, "none") as transfers:
        assert transfers.thread is None
    assert capsys.readouterr().err == ""


@pytest.mark.usefixtures("terminal")
def test_terminal_shows_running_files_and_total(capsys: pytest.CaptureFixture[str]) -> None:
    with Transfers(3, 4096) as transfers:
        transfers.skip("old", 1024)
        transfer, named = transfers.file("a/b", 2048), transfers.file("\x1b[2J\u202e", 1024)
        began = transfers.started
        transfers.lines(began, 80, 24)
        transfer.add(1024)
        first, second, total = transfers.lines(began + 1, 80, 24)
        assert first == f"{'a/b':16} [=====>      ]  50%   1.0 KiB of   2.0 KiB   1.0 KiB/s    0:01"
        assert "\\x1b[2J\\u202e" in second
        assert total.startswith("1 of 3 files ")
        assert total.split()[-9:] == "50% 2.0 KiB of 4.0 KiB 1.0 KiB/s 0:02".split()
        assert {len(text) for text in (first, second, total)} == {79}
        transfers.draw(began + 2)
        assert capsys.readouterr().err.startswith("\r\x1b[Ka/b")
        named.__exit__(None, None, None)
        transfers.draw(began + 2)
        drawn = capsys.readouterr().err
        assert drawn.startswith("\x1b[3A\r\x1b[Ka/b")
        assert drawn.endswith("\n\x1b[J")
    assert capsys.readouterr().err == "\x1b[2A\r\x1b[J"


@pytest.mark.usefixtures("terminal")
def test_messages_are_written_above_the_lines(capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted() -> None:
        with Transfers(1, None) as transfers, transfers.file("a"):
            transfers.draw(transfers.started)
            capsys.readouterr()
            OstkError("It failed.").show()
            assert capsys.readouterr().err == "\x1b[1A\r\x1b[JIt failed.\n"
            transfers.draw(transfers.started)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert capsys.readouterr().err.endswith("\n\x1b[J\x1b[1A\r\x1b[J")


@pytest.mark.usefixtures("terminal")
def test_total_says_what_failed_and_not_what_was_interrupted() -> None:
    with Transfers(1000, 4096) as transfers:
        transfers.file("a", 10).__exit__(OstkError, None, None)
        transfers.file("b", 10).__exit__(KeyboardInterrupt, None, None)
        (total,) = transfers.lines(transfers.started, 80, 24)
    assert total.split()[:7] == ["2", "of", "1000", "files", "(1", "failed)", "0%"]


@pytest.mark.usefixtures("terminal")
def test_many_files_do_not_fill_the_terminal() -> None:
    with Transfers(None, None) as transfers:
        for number in range(100):
            transfers.file(str(number))
        lines = transfers.lines(transfers.started, 20, 9)
    assert len(lines) == 8
    assert lines[-2] == "... and 94 more"
    assert max(map(len, lines)) == 19


def test_json_lines(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ostk.progress.JSON_INTERVAL", 60)
    with Transfers(2, 10, "json") as transfers:
        with transfers.file("\x1bü", 4) as transfer:
            transfer.add(4)
        transfer = transfers.file("b", 6)
        transfer.add(1)
        transfer.__exit__(OstkError, None, None)
    events = capsys.readouterr().err
    assert events.isascii()
    first, second, end = map(json.loads, events.splitlines())
    assert first == {"event": "file", "name": "\x1bü", "bytes_done": 4, "bytes": 4, "status": "done"}
    assert (second["status"], second["bytes_done"]) == ("failed", 1)
    assert [end[key] for key in ("event", "files_done", "files_failed", "files", "bytes_done", "bytes")] == [
        *("end", 2, 1, 2, 5, 5)
    ]


def test_resumed_bytes_are_no_rate() -> None:
    with Transfers(1, 1000) as transfers, transfers.file("a", 1000, done=600) as transfer:
        transfer.add(100)
        totals = transfers.totals(transfers.started + 1)
        assert (totals["bytes_done"], totals["bytes_per_second"], totals["seconds_left"]) == (700, 100, 3)


def test_lines_fit_and_are_readable() -> None:
    assert shortened("a/long/path/of/a/file", 12) == "...of/a/file"
    assert shortened("日本語日本語", 8) == "...本語"
    assert (amount(0), amount(999), amount(1000), amount(5 << 30)) == ("0 B", "999 B", "1.0 KiB", "5.0 GiB")
    assert (clock(5), clock(3661)) == ("0:05", "1:01:01")
    assert line("a", 0, 0, 0.0, 80).split()[:3] == ["a", f"[{'=' * 12}]", "100%"]
