"""--query, -f jsonl and --watch."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from ostk.render.table import make_table
from ostk.render.watch import Watch

from .conftest import Run
from .fake_cloud import ENVIRONMENT, FakeCloud
from .test_safety import served

__all__ = ["served"]
FLAVORS = "GET /compute/v2.1/flavors/detail"
TWO = {"flavors": [{"id": "1", "name": "small", "ram": 512}, {"id": "2", "name": "large", "ram": 8192}]}


def test_jsonl_prints_one_object_per_line(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[FLAVORS] = TWO
    assert ostk("flavor list -f jsonl -c Name -c RAM").output == (
        '{"Name": "small", "RAM": 512}\n{"Name": "large", "RAM": 8192}\n'
    )


@pytest.mark.parametrize("chosen", ["", "-f json"])
def test_a_query_is_applied_to_the_json(cloud: FakeCloud, ostk: Run, chosen: str) -> None:
    cloud.answers[FLAVORS] = TWO
    result = ostk(f"flavor list {chosen} --query '[?RAM > `1000`].Name | [0]'")
    assert (result.exit_code, result.output) == (0, '"large"\n'), result.stderr
    assert json.loads(ostk("network show one --query status").output) == "ACTIVE"


def test_a_query_prints_its_result_in_the_chosen_format(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[FLAVORS] = TWO
    assert ostk("flavor list -f value --query '[].[RAM, Name]'").output == "512 small\n8192 large\n"
    assert ostk("flavor list -c Name -f table --query '[0]'").output.splitlines()[1] == "| Field | Value |"


@pytest.mark.parametrize(
    ("line", "status", "message"),
    [
        ("flavor list --query '[?'", 2, "--query is not a JMESPath expression"),
        ("network show one -f shell --query name", 1, "not an object, which -f shell requires"),
        ("flavor list --query 'nosuch(@)'", 1, "--query does not fit this answer"),
        ("flavor list --watch 0", 2, "'--watch'"),
        ("flavor show one -f jsonl", 2, "'jsonl' is not one of"),
    ],
)
def test_invalid_options_are_rejected(cloud: FakeCloud, ostk: Run, line: str, status: int, message: str) -> None:
    result = ostk(line)
    assert (result.exit_code, message in result.stderr) == (status, True), result.stderr


@pytest.mark.parametrize(
    ("line", "seconds", "rounds"),
    [
        ("flavor list --watch 1 -c Name", 1.0, ['[{"Name": "small"}, {"Name": "large"}]', '[{"Name": "tiny"}]']),
        ("flavor list -c Name --watch", 2.0, ['[{"Name": "small"}, {"Name": "large"}]', '[{"Name": "tiny"}]']),
        ("network show --watch 3 one -c name", 3.0, ['{"name": "one"}', '{"name": "one"}']),
    ],
)
def test_watch_prints_one_line_of_json_per_round_in_a_pipe(
    cloud: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch, line: str, seconds: float, rounds: list[str]
) -> None:
    cloud.answers[FLAVORS] = TWO
    waited: list[float] = []

    def wait(pause: float) -> None:
        waited.append(pause)
        cloud.answers[FLAVORS] = {"flavors": [{"id": "3", "name": "tiny"}]}
        if len(waited) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(time, "sleep", wait)
    result = ostk(line)
    assert result.exit_code == 130
    assert result.output.splitlines()[:2] == rounds
    assert waited == [seconds, seconds]


def test_watch_marks_changed_cells_and_new_rows() -> None:
    watch = Watch(2)
    assert watch.changes(make_table(["ID", "Status"], [["1", "BUILD"], ["2", "ACTIVE"]], str)) == set()
    later = make_table(["ID", "Status"], [["1", "ACTIVE"], ["2", "ACTIVE"], ["3", "BUILD"]], str)
    assert watch.changes(later) == {(0, 1), (2, 0), (2, 1)}


def seen(served: FakeCloud, seconds: float) -> Iterator[bytes]:
    """Return the output of a watched list on a terminal after so many seconds."""
    pty = pytest.importorskip("pty")
    master, slave = pty.openpty()
    variables = {k: v for k, v in os.environ.items() if not k.startswith("OS_")}
    variables |= {**ENVIRONMENT, "OS_AUTH_URL": f"{served.host}/identity/v3", "TERM": "xterm"}
    command = [sys.executable, "-m", "ostk", "flavor", "list", "--watch", "0.3", "-c", "ID", "-c", "Name"]
    # In a background job the tests ignore SIGINT, and so would this process.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(command, env=variables, stdout=slave, stderr=slave)
    signal.signal(signal.SIGINT, before)
    os.close(slave)
    until = time.monotonic() + seconds
    try:
        while time.monotonic() < until:
            yield os.read(master, 65536)
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait() == 130
        os.close(master)


def test_watch_redraws_in_place_and_marks_changes_on_a_terminal(served: FakeCloud) -> None:
    text = ""
    for part in seen(served, 4):
        text += part.decode()
        if "small" in text:
            served.answers[FLAVORS] = {"flavors": [{"id": "1", "name": "renamed"}]}
        if "renamed" in text:
            break
    assert text.count("Every 0.3 s") >= 2
    assert "\x1b[H\x1b[J" in text
    assert re.search("\x1b\\[7mrenamed", text)
