"""The README: its examples and mistakes print the output that it shows."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import Run

README = (Path(__file__).parents[1] / "README.md").read_text()
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32}")


def examples(title: str) -> list[tuple[str, str]]:
    """The command lines under a title, each with what is printed below it."""
    section = README.partition(f"## {title}")[2].partition("\n## ")[0]
    blocks = re.findall(r"```console\n(.*?)```", section, re.DOTALL)
    return [found for block in blocks for found in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)]


@pytest.mark.slow
def test_the_examples_on_the_practice_cloud(tmp_path: Path) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {"OS_CLOUD": "sandbox", "HOME": str(tmp_path), "PATH": path}
    lines = examples("Ten examples")
    assert len(lines) >= 10
    for line, printed in lines + examples("Batch and prompt"):
        if line.startswith("cat "):
            (tmp_path / line.removeprefix("cat ")).write_text(printed)
        done = subprocess.run(
            line, shell=True, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert ID.sub("ID", done.stdout + done.stderr).strip() == ID.sub("ID", printed).strip(), line


def test_the_jobs_of_other_tools_are_done_on_the_practice_cloud(ostk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OS_CLOUD", "sandbox")
    jobs = re.findall(r"^\|[^|]*\| `ostk ([^`]*)` \| .*`(?:kubectl|gh|aws) ", README, re.MULTILINE)
    assert len(jobs) == 20
    assert ostk("server create --image cirros --flavor m1.tiny --network shared --wait web").exit_code == 0
    for line in jobs:
        result = ostk(line)
        assert result.exit_code == 0, f"{line}: {result.output}"
        if "list" in line:
            assert result.stdout, line


def mistakes() -> dict[str, tuple[str, str]]:
    """Return the rows of "Common mistakes and their messages": mistake → command line and message."""
    section = README.partition("## Common mistakes")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (.*?) \| `ostk (.*?)` \| `(.*)` \|$", section, re.MULTILINE)
    return {mistake: (line, message.replace("`<br>`", "\n")) for mistake, line, message in rows}


@pytest.mark.parametrize(
    ("mistake", "setup"),
    [
        ("openrc file with a command substitution", []),
        ("unsupported microversion", []),
        ("unknown region", []),
        ("unknown command", []),
        ("a noun of a service that ostk has no commands for", []),
        ("unknown option", []),
        ("resource not found", []),
        ("quota exceeded", []),
        ("container not empty", ["container create box", "object create box admin.rc"]),
        ("ambiguous name", ["network create twin", "network create twin"]),
    ],
)
def test_a_mistake_prints_the_message_in_the_readme(
    mistake: str, setup: list[str], ostk: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OS_CLOUD", "sandbox")
    Path("admin.rc").write_text("export OS_USERNAME=admin\nexport OS_AUTH_URL=$(cat url)\n")
    for line in setup:
        assert ostk(line).exit_code == 0
    line, message = mistakes()[mistake]
    assert ID.sub("ID", ostk(line).stderr).strip() == ID.sub("ID", message)
