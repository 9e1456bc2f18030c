"""Completion in the real shells."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from ostk.language import completion
from ostk.language.shells import SHELLS
from ostk.local.complete import script

from .conftest import Run
from .fake_cloud import FakeCloud

SCRIPTS = Path(__file__).parent.parent / "completions"
ASK = {
    "bash": "source {script}; COMP_LINE='{line}'; COMP_POINT=${{#COMP_LINE}};"
    ' _ostk_completion ostk; printf "%s\\n" "${{COMPREPLY[@]}}"',
    "zsh": "compdef() {{ }}; compadd() {{ print -l -- $texts }};"
    " source {script}; words=({line}); CURRENT=$#words; _ostk_completion",
    "fish": "source {script}; complete -C '{line}' | string split -f 1 \\t",
}


@pytest.mark.parametrize("shell", SHELLS)
def test_committed_scripts_are_those_that_ostk_prints(shell: str, ostk: Run) -> None:
    assert (SCRIPTS / f"ostk.{shell}").read_text() == script(shell) + "\n"
    assert ostk(f"complete --shell {shell}").output == script(shell) + "\n"


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("ostk flav", ["flavor"]),
        ("ostk flavor se", ["set"]),
        ("ostk flavor list --min", ["--min-disk", "--min-ram"]),
        ("ostk network list --os-region-name x --status A", ["ACTIVE"]),
        ("ostk flavor list -f j", ["json", "jsonl"]),
    ],
)
def test_words_options_and_choices_are_completed(shell: str, line: str, offered: list[str]) -> None:
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"{shell} is not installed")
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    text = ASK[shell].format(script=SCRIPTS / f"ostk.{shell}", line=line)
    done = subprocess.run([program, "-c", text], capture_output=True, text=True, env=environment, check=False)
    assert done.stdout.split() == offered, done.stderr


def offered(ostk: Run, line: str) -> list[str]:
    """Return the completions for a line in bash, without starting a process."""
    words = line.split(" ")
    env = {"_OSTK_COMPLETE": "bash_complete", "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
    result = ostk("", env=env)
    assert result.stderr == ""
    return [text.partition(",")[2] for text in result.stdout.split()]


def test_names_come_from_the_cloud_and_are_cached(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /network/v2.0/networks"] = {"networks": [{"id": "1", "name": "web"}, {"id": "2", "name": "db"}]}
    assert offered(ostk, "ostk network show ") == ["db", "web"]
    assert offered(ostk, "ostk network delete d") == ["db"]
    assert len([line for line, _ in cloud.all if line.startswith("GET /network")]) == 1


def test_names_are_quoted_for_bash(cloud: FakeCloud, ostk: Run) -> None:
    names = ["db", "my server", "$(touch x)", "a;b", "c\nplain,d", "e\x1b[2J"]
    cloud.answers["GET /network/v2.0/networks"] = {"networks": [{"id": "1", "name": name} for name in names]}
    env = {"COMP_WORDS": "ostk network show ", "COMP_CWORD": "3"}
    told = ostk("", env={**env, "_OSTK_COMPLETE": "bash_complete"}).stdout.splitlines()
    assert told == ["plain,'$(touch x)'", "plain,'a;b'", "plain,db", "plain,'my server'"]
    told = ostk("", env={**env, "_OSTK_COMPLETE": "zsh_complete"}).stdout.splitlines()
    assert told[1::3] == ["$(touch x)", "a;b", "db", "my server"]


def test_names_for_an_option_that_takes_one(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /identity/v3/projects"] = {"projects": [{"id": "1", "name": "demo"}]}
    assert offered(ostk, "ostk network list --project d") == ["demo"]


@pytest.mark.parametrize("answer", [(500, {}), (200, b"<html>"), (200, {"networks": 3}), (401, {})])
def test_completion_errors_are_silent(cloud: FakeCloud, ostk: Run, answer: object) -> None:
    cloud.answers["GET /network/v2.0/networks"] = answer
    assert offered(ostk, "ostk network show ") == []


def test_completion_without_a_cloud_is_silent(ostk: Run) -> None:
    assert offered(ostk, "ostk network show ") == []


def test_completion_of_words_imports_no_noun() -> None:
    program = "import sys\nfrom ostk.cli import main\ntry:\n    main()\nfinally:\n    print(*sys.modules)"
    env = {**os.environ, "_OSTK_COMPLETE": "bash_complete", "COMP_WORDS": "ostk ", "COMP_CWORD": "1"}
    command = [sys.executable, "-c", program.replace("main()", "main(prog_name='ostk')")]
    done = subprocess.run(command, capture_output=True, text=True, env=env, check=False)
    assert "plain,flavor" in done.stdout
    modules = set(done.stdout.splitlines()[-1].split())
    assert not {"ostk.compute.flavor", "ostk.network.network", "httpx", "rich", "ssl"} & modules


def test_completion_has_a_timeout(cloud: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    answered = threading.Event()
    monkeypatch.setattr(completion, "TIMEOUT", 0.1)
    monkeypatch.setattr(cloud, "given", lambda line, request: answered.wait(30))
    start = time.monotonic()
    assert offered(ostk, "ostk network show ") == []
    assert time.monotonic() - start < 10
    answered.set()
