"""--log-file: the messages and requests of a command in a file."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest

from .conftest import Run
from .fake_cloud import FakeCloud

START = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} \d+ "


@pytest.fixture
def flavors(cloud: FakeCloud) -> FakeCloud:
    cloud.answers["GET /compute/v2.1/flavors/detail"] = {"flavors": [{"id": "1", "name": "small"}]}
    return cloud


def logged(path: str = "log") -> list[str]:
    """Return the lines of a log file without time and process."""
    return [re.sub(f"^{START}", "", line) for line in Path(path).read_text().splitlines()]


def test_errors_are_added_to_the_file(flavors: FakeCloud, ostk: Run) -> None:
    for line in ("flavor show no-such --log-file log", "--log-file log flavor show no-other"):
        result = ostk(line)
        assert result.exit_code == 1
        assert "No Flavor found for no-" in result.stderr
    assert re.match(START, Path("log").read_text())
    assert [line for line in logged() if "found" in line] == [
        "ERROR ostk No Flavor found for no-such (project demo).",
        "ERROR ostk No Flavor found for no-other (project demo).",
    ]
    assert stat.S_IMODE(Path("log").stat().st_mode) == 0o600


def test_requests_are_added_with_debug(flavors: FakeCloud, ostk: Run) -> None:
    result = ostk("flavor list -f value --log-file log --debug")
    lines = logged()
    assert any(line.startswith("DEBUG ostk > GET http") and "/flavors/detail" in line for line in lines)
    assert "DEBUG ostk > x-auth-token: ***" in [line.lower().replace("debug", "DEBUG") for line in lines]
    assert [line.removeprefix("DEBUG ostk ") for line in lines] == result.stderr.splitlines()


def test_file_holds_for_one_line_of_a_batch(flavors: FakeCloud, ostk: Run) -> None:
    text = "flavor show no-a --log-file log\nflavor show no-b\nflavor list --bogus\n"
    ostk("batch --keep-going", input=text)
    assert [line for line in logged() if line.startswith("ERROR")] == [
        "ERROR ostk No Flavor found for no-a (project demo)."
    ]
    ostk("--log-file all batch --keep-going", input=text)
    assert [line for line in logged("all") if line.startswith("ERROR")] == [
        "ERROR ostk No Flavor found for no-b (project demo)."
    ]


def test_file_that_cannot_be_written(flavors: FakeCloud, ostk: Run) -> None:
    result = ostk("flavor list --log-file nowhere/log")
    assert (result.exit_code, flavors.all) == (1, [])
    assert result.stderr == "The log file nowhere/log cannot be written: No such file or directory.\n"
