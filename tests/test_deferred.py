"""Modules that are executed at the first use of them."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType

import pytest

from ostk.deferred import NOT_EXECUTED, UNUSED, Deferred, defer

NAMES = ("slowly", "failing", "family", "family.child")


@pytest.fixture(autouse=True)
def modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / "family").mkdir()
    (tmp_path / "family" / "__init__.py").write_text("")
    (tmp_path / "family" / "child.py").write_text("age = 3")
    (tmp_path / "slowly.py").write_text("import time, slowly\nfirst = [1]\ntime.sleep(0.1)\nlast = slowly.first + [2]")
    (tmp_path / "failing.py").write_text("import os\nvalue = os.environ['OSTK_TEST']")
    monkeypatch.syspath_prepend(tmp_path)
    yield
    for name in NAMES:
        sys.modules.pop(name, None)
        NOT_EXECUTED.discard(name)


def test_an_import_does_not_execute_and_a_look_up_does() -> None:
    defer("slowly", "no_such_module")
    module = importlib.import_module("slowly")
    assert type(module) is Deferred
    assert "no_such_module" not in sys.modules
    assert module.last == [1, 2]
    assert type(module) is ModuleType
    defer("slowly")
    assert sys.modules["slowly"] is module


def test_a_second_thread_waits_for_the_whole_module() -> None:
    defer("slowly")
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda name: getattr(sys.modules["slowly"], name), ["last", "first", "last", "first"]))
    assert found == [[1, 2], [1], [1, 2], [1]]
    assert found[0] is found[2]


def test_a_submodule_is_an_attribute_of_its_package() -> None:
    defer("family.child")
    assert importlib.import_module("family").child.age == 3


def test_a_failure_is_raised_at_each_use(monkeypatch: pytest.MonkeyPatch) -> None:
    defer("failing")
    for _ in range(2):
        with pytest.raises(KeyError):
            sys.modules["failing"].value  # noqa: B018
    monkeypatch.setenv("OSTK_TEST", "set")
    assert sys.modules["failing"].value == "set"


def test_the_deferred_modules_exist() -> None:
    for name in UNUSED:
        importlib.import_module(name)
