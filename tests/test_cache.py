"""The cache of tokens and documents: storage, expiry, permissions and damage."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from ostk import cache
from ostk.cache import Cache


def mode(path: str | Path) -> int:
    return os.stat(path).st_mode & 0o777


def test_entries_are_kept_for_the_next_run(tmp_path: Path) -> None:
    where = str(tmp_path / "new" / "ostk")
    Cache(where, "k").put("access", {"token": "T1"})
    Cache(where, "k").put("versions:http://c", {"min": "2.1"}, seconds=60)
    again = Cache(where, "k")
    assert again.get("access") == {"token": "T1"}
    assert again.get("versions:http://c") == {"min": "2.1"}
    assert again.get("names") is None
    assert Cache(where, "other").get("access") is None


def test_the_cache_file_is_private(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        where = tmp_path / "ostk"
        where.mkdir(mode=0o777)
        Cache(str(where), "k").put("access", 1)
    finally:
        os.umask(old)
    assert mode(where) == 0o700
    assert [(path.name, mode(path)) for path in where.iterdir()] == [("k.json", 0o600)]


def test_expired_entries_are_dropped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = Cache(str(tmp_path), "k")
    one.put("short", "x", seconds=60)
    one.put("long", "y")
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 61)
    assert (one.get("short"), one.get("long")) == (None, "y")
    one.put("more", "z")
    assert set(json.loads((tmp_path / "k.json").read_text())) == {"long", "more"}


def test_drop_and_clear(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "linux")
    one, other = Cache.of("one"), Cache.of("other")
    one.put("access", 1)
    other.put("access", 2)
    one.drop()
    assert one.get("access") is None
    assert Cache.of("one").get("access") is None
    assert Cache.of("other").get("access") == 2
    (tmp_path / "ostk" / "notes.txt").write_text("mine")
    assert cache.clear() == 1
    assert os.listdir(tmp_path / "ostk") == ["notes.txt"]
    assert cache.clear() == 0


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", "\x00\xff", '{"access": 1}', '{"access": [1]}', '{"access": ["x", 1]}', "[" * 100000],
)
def test_a_damaged_file_is_an_empty_cache(tmp_path: Path, text: str) -> None:
    path = tmp_path / "k.json"
    path.write_text(text)
    path.chmod(0o600)
    one = Cache(str(tmp_path), "k")
    assert one.get("access") is None
    one.put("access", 2)
    assert Cache(str(tmp_path), "k").get("access") == 2


def test_files_writable_by_others_are_ignored(tmp_path: Path) -> None:
    Cache(str(tmp_path), "k").put("access", 1)
    (tmp_path / "k.json").chmod(0o644)
    assert Cache(str(tmp_path), "k").get("access") is None
    (tmp_path / "k.json").chmod(0o600)
    assert Cache(str(tmp_path), "k").get("access") == 1
    (tmp_path / "link.json").symlink_to(tmp_path / "k.json")
    assert Cache(str(tmp_path), "link").get("access") is None


def test_files_of_another_owner_are_ignored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Cache(str(tmp_path), "k").put("access", 1)
    owner = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: owner + 1)
    other = Cache(str(tmp_path), "k")
    assert other.get("access") is None
    other.put("access", 2)
    monkeypatch.setattr(os, "getuid", lambda: owner)
    assert Cache(str(tmp_path), "k").get("access") == 1


def test_an_unwritable_directory_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    one = Cache(str(tmp_path / "file" / "ostk"), "k")
    one.put("access", 1)
    assert one.get("access") == 1
    assert Cache(str(tmp_path / "file" / "ostk"), "k").get("access") is None
    whole = Cache(str(tmp_path), "k")
    whole.put("access", 1)
    whole.put("odd", object())
    assert Cache(str(tmp_path), "k").get("access") == 1
    assert set(os.listdir(tmp_path)) == {"file", "k.json"}


@pytest.mark.parametrize("value", ["0", "false", "no", "OFF"])
def test_the_cache_can_be_turned_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("OSTK_CACHE", value)
    one = Cache.of("k")
    one.put("access", 1)
    assert one.get("access") is None
    monkeypatch.setenv("OSTK_CACHE", "1")
    other = Cache.of("k", no_cache=True)
    other.put("access", 1)
    assert other.get("access") is None
    assert list(tmp_path.iterdir()) == []


WRITER = """
import sys
from ostk.cache import Cache
for number in range(60):
    one = Cache(sys.argv[1], "k")
    one.put(sys.argv[2], "x" * 5000 + sys.argv[2])
    got = Cache(sys.argv[1], "k").get(sys.argv[2])
    assert got is None or got.endswith(sys.argv[2]), got
"""


def test_concurrent_processes_do_not_damage_the_cache(tmp_path: Path) -> None:
    running = [subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), name]) for name in ("a", "b")]
    assert [one.wait(60) for one in running] == [0, 0]
    data: dict[str, Any] = json.loads((tmp_path / "k.json").read_text())
    assert data
    assert all(value[1] == "x" * 5000 + name for name, value in data.items())
    assert os.listdir(tmp_path) == ["k.json"]


@pytest.mark.skipif(sys.platform != "linux", reason="the XDG rule is for Linux and its like")
@pytest.mark.parametrize("value", [None, "", "relative", "/else/where"])
def test_the_directory_is_that_of_platformdirs(monkeypatch: pytest.MonkeyPatch, value: str | None) -> None:
    from platformdirs import user_cache_dir

    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    if value is not None:
        monkeypatch.setenv("XDG_CACHE_HOME", value)
    if value != "relative":
        assert cache.directory() == user_cache_dir("ostk")
    assert os.path.isabs(cache.directory())


def test_a_directory_that_is_a_link_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(sys, "platform", "linux")
    target, link = tmp_path / "public", tmp_path / "cache" / "ostk"
    target.mkdir(mode=0o755)
    Cache(str(target), "k").put("access", 1)
    target.chmod(0o755)
    link.parent.mkdir()
    link.symlink_to(target)
    one = Cache(str(link), "k")
    assert one.get("access") is None
    one.put("access", 2)
    one.drop()
    assert cache.clear() == 0
    assert mode(target) == 0o755
    assert Cache(str(target), "k").get("access") == 1


@pytest.mark.parametrize("kind", ["fifo", "directory", "link", "dangling link"])
def test_a_path_that_is_no_regular_file_is_an_empty_cache(tmp_path: Path, kind: str) -> None:
    where = tmp_path / "ostk"
    where.mkdir(mode=0o700)
    path = where / "k.json"
    victim = tmp_path / "victim"
    if kind == "fifo":
        os.mkfifo(path, 0o600)
    elif kind == "directory":
        path.mkdir()
    else:
        path.symlink_to(victim)
        if kind == "link":
            victim.write_text('{"access": [null, 9]}')
            victim.chmod(0o600)
    before = victim.read_text() if victim.exists() else None
    one = Cache(str(where), "k")
    assert one.get("access") is None
    one.put("access", 2)
    assert (victim.read_text() if victim.exists() else None) == before
    assert [name for name in os.listdir(where) if name != "k.json"] == []
    assert Cache(str(where), "k").get("access") == (None if kind == "directory" else 2)


@pytest.mark.parametrize("kind", ["fifo", "file"])
def test_a_path_that_is_no_directory_is_not_used(tmp_path: Path, kind: str) -> None:
    where = tmp_path / "ostk"
    if kind == "fifo":
        os.mkfifo(where)
    else:
        where.write_text("")
    one = Cache(str(where), "k")
    one.put("access", 1)
    assert Cache(str(where), "k").get("access") is None
