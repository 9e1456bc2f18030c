"""The name of the program: started as `openstack`, ostk uses that name in usage, errors and completion."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ostk import OPENSTACKCLIENT, __version__

START = "import sys; from ostk.__main__ import run; sys.argv[0] = {name!r}; run()"


def run(name: str, *words: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-c", START.format(name=name), *words], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("/usr/bin/ostk", f"ostk {__version__}\n"),
        ("/usr/local/bin/openstack", f"openstack {OPENSTACKCLIENT} (ostk {__version__})\n"),
        ("openstack.exe", f"openstack {OPENSTACKCLIENT} (ostk {__version__})\n"),
        ("/src/ostk/__main__.py", f"ostk {__version__}\n"),
    ],
)
def test_the_version(name: str, version: str) -> None:
    assert run(name, "--version") == (0, version, "")


def test_usage_errors_and_completion() -> None:
    code, shown, _ = run("/bin/openstack", "server", "show", "--help")
    assert (code, shown.splitlines()[0]) == (0, "usage: openstack server show [OPTIONS] SERVER")
    assert run("/bin/openstack", "help", "server", "show")[1].startswith("usage: openstack server show ")
    code, _, told = run("/bin/openstack", "server", "lst")
    assert (code, "is not an openstack command." in told, "ostk" in told) == (2, True, False)
    assert "_OPENSTACK_COMPLETE=bash_line" in run("/bin/openstack", "complete")[1]
    assert run("ostk", "server", "show", "--help")[1].startswith("Usage: ostk server show ")


def test_the_version_is_written_once() -> None:
    project = (Path(__file__).parents[1] / "pyproject.toml").read_text()
    assert 'version = { attr = "ostk.__version__" }' in project
    assert f'"{__version__}"' not in project
