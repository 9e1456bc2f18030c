"""Fixtures: a fake cloud, and `ostk`, which runs a command line against it."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import respx
from click.testing import CliRunner, Result
from hypothesis import settings

from ostk import redaction
from ostk.cli import main
from ostk.config import prompts

from .fake_cloud import ENVIRONMENT, HOST, FakeCloud

Run = Callable[..., Result]

# Derandomized: a failure is caused by a change, not by new examples. `--hypothesis-profile default` looks for new ones.
settings.register_profile("same", derandomize=True)
settings.load_profile("same")


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Isolate a test from configuration, caches and remembered secrets."""
    import os

    redaction.forget()
    prompts.forget()

    for name in list(os.environ):
        if name.startswith(("OS_", "OSTK_", "CLIFF_")):
            monkeypatch.delenv(name)
    for name in ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(tmp_path))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeCloud]:
    """Return a fake cloud, with its OS_* variables set."""
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    fake_cloud = FakeCloud()
    with respx.mock(assert_all_called=False, using="httpx") as router:
        router.route(url__startswith=HOST).mock(side_effect=fake_cloud.handle)
        yield fake_cloud


@pytest.fixture
def ostk() -> Run:
    """Run a command line."""

    def run(line: str, **extra: object) -> Result:
        prompts.forget()  # each line is a process of its own
        return CliRunner().invoke(main, shlex.split(line), prog_name="ostk", **extra)  # type: ignore[arg-type]

    return run
