"""`ostk batch`, and command lines on standard input."""

from __future__ import annotations

import importlib
import io
import pkgutil
import shlex
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

import tests
from ostk.cli import main
from ostk.session.shared import SharedClouds

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import TABLES, Request

LIST = "flavor list -f value -c Name"


@pytest.fixture
def flavors(cloud: FakeCloud) -> FakeCloud:
    cloud.answers["GET /compute/v2.1/flavors/detail"] = {"flavors": [{"id": "1", "name": "small"}]}
    return cloud


def tokens(cloud: FakeCloud) -> int:
    return sum(request.startswith("POST /identity/v3/auth/tokens") for request, _ in cloud.all)


@pytest.mark.parametrize("line", ["", "batch", "batch -", "--os-region-name RegionOne batch"])
def test_commands_on_standard_input_share_a_token(flavors: FakeCloud, ostk: Run, line: str) -> None:
    result = ostk(line, input=f"# flavors\n{LIST}\nostk {LIST}\n\nopenstack {LIST}\n")
    assert (result.exit_code, result.output) == (0, "small\n" * 3)
    assert tokens(flavors) == 1


def test_commands_of_a_file(flavors: FakeCloud, ostk: Run, tmp_path: Path) -> None:
    (tmp_path / "batch.txt").write_text(f"name = {LIST}\nflavor create --vcpus 2 \\\n  {{name}}-2 -f value -c name\n")
    result = ostk("batch batch.txt")
    assert (result.exit_code, result.output) == (0, "small-2\n")


def test_file_that_is_missing(cloud: FakeCloud, ostk: Run) -> None:
    result = ostk("batch nothing.txt")
    assert (result.exit_code, cloud.all) == (1, [])
    assert "nothing.txt" in result.output


def test_batch_stops_at_the_first_failure(flavors: FakeCloud, ostk: Run) -> None:
    result = ostk("batch", input=f"{LIST}\nflavor show no-such\n{LIST}\n")
    assert (result.exit_code, result.stdout) == (1, "small\n")
    assert "No Flavor found for no-such" in result.stderr
    assert result.stderr.endswith("Line 2 failed (exit status 1): flavor show no-such\n")


def test_usage_error_ends_with_its_exit_status(flavors: FakeCloud, ostk: Run) -> None:
    result = ostk("batch", input=f"flavor list --bogus\n{LIST}\n")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Line 1 failed (exit status 2): flavor list --bogus" in result.stderr


def test_keep_going(flavors: FakeCloud, ostk: Run) -> None:
    result = ostk("batch --keep-going", input=f"{LIST}\nflavor show no-such\nflavor show 'x\n{LIST}\n")
    assert (result.exit_code, result.stdout) == (1, "small\nsmall\n")
    assert "Line 2 failed (exit status 1)" in result.stderr
    assert "Line 3 failed (exit status 2)" in result.stderr


def test_defect_in_one_command_does_not_silence_the_next(flavors: FakeCloud, ostk: Run) -> None:
    flavors.answers["GET /compute/v2.1/flavors/x-id"] = {"flavor": [1]}
    flavors.answers["GET /network/v2.0/networks"] = {"networks": 5}
    result = ostk("batch --keep-going", input=f"network list\n{LIST}\n")
    assert (result.exit_code, result.stdout) == (1, "small\n")


def test_global_options_hold_for_all_lines_and_lines_override_them(flavors: FakeCloud, ostk: Run) -> None:
    text = f"{LIST}\n--os-region-name RegionOne {LIST}\n{LIST} --os-region-name RegionOne\n"
    result = ostk("--os-region-name Nowhere batch --keep-going", input=text)
    assert (result.exit_code, result.stdout) == (1, "small\nsmall\n")
    assert "Line 1 failed" in result.stderr
    assert tokens(flavors) <= 3


def test_options_of_a_line_overrule_those_that_they_exclude(flavors: FakeCloud, ostk: Run) -> None:
    text = "configuration show -f value -c verify\n--verify configuration show -f value -c verify\n"
    text += "configuration show -f value -c verify --verify\n"
    assert ostk("--insecure batch", input=text).stdout == "False\nTrue\nTrue\n"


def test_a_batch_in_a_batch_is_refused(flavors: FakeCloud, ostk: Run) -> None:
    result = ostk("batch", input=f"batch\n{LIST}\n")
    assert result.exit_code == 1
    assert "A batch cannot be run in a batch" in result.stderr


def test_commands_that_read_standard_input_find_it_empty(flavors: FakeCloud, ostk: Run) -> None:
    result = ostk("batch", input=f"object create c --name x -\n{LIST}\n")
    assert "small" in result.stdout or result.exit_code == 1
    assert not [body for _, body in flavors.sent if body and b"flavor" in str(body).encode()]


def test_lookups_are_kept_until_something_changes(flavors: FakeCloud, ostk: Run) -> None:
    show = "port list --network net -f value -c ID"
    ostk("batch", input=f"{show}\n{show}\nflavor create --vcpus 2 new\n{show}\n{show}\n")
    assert [request for request, _ in flavors.all].count("GET /network/v2.0/networks?name=net") == 2


def run_process(arguments: list[str], text: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "ostk", "--os-cloud", "sandbox", *arguments]
    return subprocess.run(command, input=text, capture_output=True, text=True, timeout=120, check=False)


def test_jobs_keep_the_order_of_the_output() -> None:
    lines = ["flavor list -f csv", "network list -f value -c Name", "image list -f json", "token issue --bogus"]
    lines += ["name = network show private -f value -c name", "network show {name} -f value -c name"]
    one = run_process(["batch", "--keep-going"], "\n".join(lines))
    many = run_process(["batch", "--keep-going", "--jobs", "3"], "\n".join(lines))
    assert (one.returncode, many.returncode) == (1, 1)
    assert many.stdout == one.stdout
    assert many.stderr == one.stderr
    assert many.stdout.endswith("private\n")


def test_jobs_end_with_the_first_failure() -> None:
    result = run_process(["batch", "--jobs", "2"], "flavor show nope\n" + "flavor list -f value -c Name\n" * 20)
    assert result.returncode == 1
    assert result.stdout.count("m1.tiny") < 20
    assert "Line 1 failed (exit status 1): flavor show nope" in result.stderr


@pytest.mark.slow
def test_no_state_leaks_from_one_command_to_the_next(cloud: FakeCloud) -> None:
    for module in pkgutil.walk_packages(tests.__path__, "tests."):
        if module.name.rpartition(".")[2].startswith("test_"):
            importlib.import_module(module.name)
    lines = [param.values[0] for param in TABLES]
    assert len(lines) > 500
    alone = {line: outcome(cloud, line) for line in lines}
    for order in (lines, lines[::-1]):
        shared = SharedClouds()
        in_turn = [(line, outcome(cloud, line, shared)) for line in order * 2]
        assert not [(line, found, alone[line]) for line, found in in_turn if found != alone[line]]


def outcome(cloud: FakeCloud, line: str, shared: SharedClouds | None = None) -> tuple[int, list[str], list[str]]:
    """Run a line; return the exit status, the lines of output and messages, and the requests that change something.

    Both are sorted: what is done to several resources at once is told as it ends.
    """
    cloud.sent.clear()
    output = io.StringIO()
    with redirect_stdout(output), redirect_stderr(output):
        status = main.run(shlex.split(line), "ostk", obj=shared)
    return status, sorted(output.getvalue().splitlines()), changes(cloud.sent)


def changes(requests: list[Request]) -> list[str]:
    """Return the requests that change something, sorted."""
    return sorted(repr((str(request), body)) for request, body in requests if not request.startswith(("GET", "HEAD")))
