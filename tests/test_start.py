"""What starting imports: nothing heavy for what needs no cloud, no more than needed for what does."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

HEAVY = {"httpx", "httpcore", "rich", "ssl", "yaml", "asyncio", "platformdirs", "importlib.metadata"}
PROGRAM = """
import sys
sys.argv = ["ostk", *sys.argv[1:]]
from ostk.__main__ import run
try:
    run()
except SystemExit:
    pass
finally:
    print("\\nMODULES", *sys.modules, file=sys.stderr)
"""


def imported(*words: str, **environment: str) -> set[str]:
    """The modules that a command has imported when it ends."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("OS_")} | environment
    done = subprocess.run([sys.executable, "-c", PROGRAM, *words], capture_output=True, text=True, env=env, check=False)
    return set(done.stderr.rpartition("\nMODULES ")[2].split())


LIGHT = [
    [],
    ["--help"],
    ["--version"],
    ["flavor", "--help"],
    ["flavor", "list", "--help"],
    ["server", "create", "--help"],
    ["flavor", "list", "--bogus"],
    ["flavor", "lst"],
    ["nosuch"],
]


@pytest.mark.parametrize("words", LIGHT, ids=" ".join)
def test_without_a_cloud_nothing_heavy_is_imported(words: list[str]) -> None:
    assert not HEAVY & imported(*words)


def test_one_noun_is_imported_and_no_other() -> None:
    from ostk.index import INDEX

    nouns = {f"ostk.{place}" for modules, _ in INDEX.values() for place in modules.split()}
    assert nouns & imported("flavor", "list", "--bogus") == {"ostk.compute.flavor"}
    assert not nouns & imported("--help")


def test_a_request_imports_no_rich_and_no_command_line_program_of_httpx() -> None:
    modules = imported("flavor", "list", OS_AUTH_URL="http://127.0.0.1:9", OS_USERNAME="a", OS_PASSWORD="b")
    assert "httpx" in modules
    assert not {"rich", "yaml", "asyncio", "platformdirs", "httpx._main", "anyio"} & modules
