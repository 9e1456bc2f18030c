"""`ostk batch`, and command lines on standard input."""

from __future__ import annotations

import importlib
import io
import os
import pkgutil
import shlex
import signal
import subprocess
import sys
import time
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


@pytest.mark.parametrize("end", ["exit", "quit", "  exit  "])
@pytest.mark.parametrize("options", ["", "--jobs 2"])
def test_exit_ends_a_batch_with_the_status_so_far(end: str, options: str) -> None:
    text = f"flavor list -f value -c Name --limit 1\n{end}\nimage list\n"
    result = run_process(["batch", *options.split()], text)
    assert (result.returncode, result.stdout, result.stderr) == (0, "m1.tiny\n", "")
    result = run_process(["batch", "--keep-going", *options.split()], f"flavor show nope\n{text}")
    assert (result.returncode, result.stdout) == (1, "m1.tiny\n")


def test_failed_command_has_no_result(flavors: FakeCloud, ostk: Run) -> None:
    text = "x = flavor show no-such -f value -c id\nflavor delete {x}\n" + f"y = {LIST}\nflavor show no-{{y}}\n"
    result = ostk("batch --keep-going", input=text)
    assert "{x} has no value: the command whose output it stands for failed." in result.stderr
    assert "Line 2 failed (exit status 2): flavor delete {x}" in result.stderr
    assert "No Flavor found for no-small" in result.stderr
    result = ostk(
        "batch --keep-going", input=f"x = {LIST}\nx = flavor list {{y\nx = flavor show '\nflavor show {{x}}\n"
    )
    assert "{x} has no value" in result.stderr


def test_only_line_breaks_end_the_lines_of_a_file(flavors: FakeCloud, ostk: Run, tmp_path: Path) -> None:
    name = "a\u2028b\x0cc"
    text = f"\ufeffflavor create --vcpus 2 '{name}' -f value -c name\r\n{LIST}"
    (tmp_path / "batch.txt").write_bytes(text.encode())
    for line in ("batch batch.txt", "batch"):
        result = ostk(line, input=text)
        assert (result.exit_code, result.output) == (0, f"{name}\nsmall\n")


def test_input_that_is_no_text() -> None:
    command = [sys.executable, "-m", "ostk", "--os-cloud", "sandbox"]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8:strict"}
    done = subprocess.run(command, input=b"\xff\xfe\n", capture_output=True, env=environment, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (1, b"Standard input is not UTF-8 text.\n")


def test_message_of_a_line_has_no_secret(flavors: FakeCloud, ostk: Run) -> None:
    result = ostk("batch", input="user create --password geheim ann --bogus\n")
    assert result.stderr.endswith("Line 1 failed (exit status 2): user create … (not shown: the line holds a secret)\n")
    assert "geheim" not in result.stderr


def test_hint_follows_the_line_that_failed(flavors: FakeCloud, ostk: Run) -> None:
    assert ostk("batch", input="use lab\n").stderr.endswith("In a batch, a line takes --os-cloud NAME.\n")
    assert "is for the prompt" not in ostk("batch", input="flavor show no-such\n").stderr


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


PROGRAM = """#!{python}
import signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: sys.exit(3))
open("started-" + sys.argv[1], "w").close()
time.sleep(30)
open("ended-" + sys.argv[1], "w").close()
"""


def program(directory: Path, name: str, text: str) -> dict[str, str]:
    """Write a program into a directory; return an environment that finds it."""
    (directory / name).write_text(text)
    (directory / name).chmod(0o755)
    return {**os.environ, "PATH": f"{directory}{os.pathsep}{os.environ['PATH']}"}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signal_for_the_batch_alone_ends_its_jobs(tmp_path: Path, number: signal.Signals) -> None:
    environment = program(tmp_path, "ostk-doze", PROGRAM.format(python=sys.executable))
    command = [sys.executable, "-m", "ostk", "--os-cloud", "sandbox", "batch", "--jobs", "3"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=tmp_path, env=environment, text=True
    ) as process:
        assert process.stdin
        process.stdin.write("doze 1\ndoze 2\nflavor list -f value -c Name --limit 1\n")
        process.stdin.close()
        end = time.monotonic() + 30
        while len(list(tmp_path.glob("started-*"))) < 2 and time.monotonic() < end:
            time.sleep(0.05)
        time.sleep(2)
        process.send_signal(number)
        assert process.stdout
        assert process.stdout.read() == "m1.tiny\n"  # at its end: the jobs have ended too
        assert process.wait(30) == 128 + number
    assert not list(tmp_path.glob("ended-*"))


CAREFUL = """#!{python}
import signal, sys, time
def clean(number, frame):
    time.sleep(1)
    open(f"cleaned-{{number}}", "w").close()
    sys.exit(3)
for number in (signal.SIGTERM, signal.SIGINT):
    signal.signal(number, clean)
open("started", "w").close()
time.sleep(30)
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_programs_have_time_to_clean_up(tmp_path: Path, number: signal.Signals) -> None:
    environment = program(tmp_path, "ostk-careful", CAREFUL.format(python=sys.executable))
    command = [sys.executable, "-m", "ostk", "--os-cloud", "sandbox", "batch"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, cwd=tmp_path, env=environment, text=True, start_new_session=True
    ) as process:
        assert process.stdin
        process.stdin.write("careful\n")
        process.stdin.close()
        end = time.monotonic() + 30
        while not (tmp_path / "started").exists() and time.monotonic() < end:
            time.sleep(0.05)
        (os.killpg if number == signal.SIGINT else os.kill)(process.pid, number)
        assert process.wait(30) == 128 + number
    assert [path.name for path in tmp_path.glob("cleaned-*")] == [f"cleaned-{int(number)}"]


def test_programs_do_not_read_the_lines_of_the_batch(tmp_path: Path) -> None:
    environment = program(tmp_path, "ostk-eat", "#!/bin/sh\ncat\n")
    command = [sys.executable, "-m", "ostk", "--os-cloud", "sandbox"]
    text = "eat\n" + "# a comment that fills the buffer\n" * 1000 + "flavor list -f value -c Name --limit 1\n"
    done = subprocess.run(command, input=text, capture_output=True, text=True, env=environment, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (0, "m1.tiny\n")


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
