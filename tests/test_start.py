"""Imports at start: nothing heavy without a cloud, and only what a request needs."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from .http.local_server import LocalServer

HEAVY = set("httpx httpcore rich ssl yaml asyncio platformdirs importlib.metadata dataclasses prompt_toolkit".split())
# Modules that no request needs.
SPARED = set("rich yaml asyncio platformdirs httpx._main anyio certifi importlib.resources prompt_toolkit".split())
SPARED |= set("httpcore ssl inspect ast tokenize idna encodings.idna textwrap traceback shutil bz2 locale".split())
PROGRAM = """
import sys
sys.argv = ["ostk", *sys.argv[1:]]
from ostk.deferred import NOT_EXECUTED
from ostk.__main__ import run
try:
    run()
except SystemExit:
    pass
finally:
    print("\\nMODULES", *(sys.modules.keys() - NOT_EXECUTED), file=sys.stderr)
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
    ["shell", "--help"],
    ["flavor", "list", "--help"],
    ["server", "create", "--help"],
    ["flavor", "list", "--bogus"],
    ["flavor", "lst"],
    ["nosuch"],
]


@pytest.mark.parametrize("words", LIGHT, ids=" ".join)
def test_help_and_usage_errors_import_nothing_heavy(words: list[str]) -> None:
    assert not HEAVY & imported(*words)


def test_one_noun_is_imported_and_no_other() -> None:
    from ostk.index import INDEX

    nouns = {f"ostk.{place}" for modules, _ in INDEX.values() for place in modules.split()}
    assert nouns & imported("flavor", "list", "--bogus") == {"ostk.compute.flavor"}
    assert not nouns & imported("--help")


@pytest.mark.parametrize(
    ("words", "module"),
    [
        ("server show --bogus", "ostk.compute.server_diagnose"),
        ("server diagnose --bogus", "ostk.compute.diagnosis"),
        ("network list --bogus", "ostk.network.topology"),
        ("network agent list --bogus", "ostk.network.topology"),
    ],
)
def test_own_commands_are_imported_when_they_are_run(words: str, module: str) -> None:
    modules = imported(*words.split())
    assert f"ostk.{'compute' if 'server' in words else 'network'}" in modules
    assert module not in modules


def test_explain_imports_one_noun_and_no_client() -> None:
    modules = imported("explain", "flavor")
    nouns = {name for name in modules if name.startswith("ostk.compute.")}
    assert nouns == {"ostk.compute.flavor"}
    assert not HEAVY & modules


def test_a_request_imports_only_what_it_needs() -> None:
    local = LocalServer(lambda asked: (200, {}, {"flavors": []} if "flavors" in asked.path else {"versions": []}))
    modules = imported("flavor", "list", "-f", "value", OS_AUTH_TYPE="none", OS_ENDPOINT=local.url)
    local.close()
    assert [asked.path for asked in local.asked if "flavors" in asked.path] == ["/v2.1/flavors/detail?is_public=True"]
    assert "httpx" in modules
    assert not SPARED & modules


def test_no_dataclass_is_compiled_at_start() -> None:
    modules = imported("server", "list", OS_AUTH_URL="http://127.0.0.1:9", OS_USERNAME="a", OS_PASSWORD="b")
    ours = [name for name in modules if name.startswith("ostk.")]
    assert "ostk.http.client" in ours
    assert not [name for name in ours if hasattr(import_module(name), "dataclass")]


@pytest.mark.parametrize("words", ["--version", "--os-cloud sandbox flavor list"])
def test_full_disk_is_an_error_and_a_closed_stream_is_not(words: str, tmp_path: Path) -> None:
    ostk = f"XDG_DATA_HOME={tmp_path}/data XDG_CACHE_HOME={tmp_path}/cache {sys.executable} -m ostk {words}"
    full = subprocess.run(f"{ostk} > /dev/full", shell=True, capture_output=True, text=True, check=False)
    assert (full.returncode, full.stderr) == (1, "The output is incomplete: No space left on device.\n")
    closed = subprocess.run(f"{ostk} >&-", shell=True, capture_output=True, text=True, check=False)
    assert closed.stderr == ""
    assert closed.returncode == 0


def test_private_key_that_cannot_be_printed_is_one_error(tmp_path: Path) -> None:
    ostk = f"XDG_DATA_HOME={tmp_path}/data XDG_CACHE_HOME={tmp_path}/cache {sys.executable} -m ostk --os-cloud sandbox"
    made = subprocess.run(
        f"{ostk} keypair create k > /dev/full", shell=True, capture_output=True, text=True, check=False
    )
    words = "The private key cannot be printed: No space left on device. The key pair k was deleted again.\n"
    assert (made.returncode, made.stderr) == (1, words)
