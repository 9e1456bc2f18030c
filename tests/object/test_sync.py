"""`object sync`: what is copied and deleted, and what is left alone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ostk.http.client import Http
from ostk.object import upload

from ..conftest import Run
from .fake_swift import SLO, FakeSwift
from .test_upload import once

FILES = {"a.txt": b"same", "b.txt": b"new content", "sub/c.txt": b"new", "sub/d.tmp": b"new"}
OBJECTS = {"a.txt": b"same", "b.txt": b"old content", "old/e.txt": b"gone", "old/f.tmp": b"gone"}
OTHER = {"other": b"of another prefix"}


@pytest.fixture
def swift(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeSwift]:
    """Start an object store that has the objects, with the prefix `p/`, and another one."""
    swift = FakeSwift()
    for name, data in OBJECTS.items():
        swift.put("c", f"p/{name}", data)
    swift.put("c", "other", OTHER["other"])
    swift.put("c", "p/folder/", b"")
    for name, value in swift.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(Http, "sleep", lambda self, seconds: None)
    monkeypatch.setattr(upload, "ASKS_FOR_LIMITS", 500)
    yield swift
    swift.local.close()


@pytest.fixture(autouse=True)
def directory(tmp_path: Path) -> Path:
    """Create the files in a directory `d`, older than the objects, and return the directory."""
    for name, data in FILES.items():
        path = tmp_path / "d" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return tmp_path / "d"


def objects(swift: FakeSwift) -> dict[str, bytes | None]:
    """Return the data of the objects with the prefix, without the directory marker."""
    names = [name for name in swift.objects["c"] if name.startswith("p/") and not name.endswith("/")]
    return {name.removeprefix("p/"): swift.data("c", name) for name in names}


UPLOADS = ["upload b.txt 11 content", "upload sub/c.txt 3 new", "upload sub/d.tmp 3 new"]
CASES: list[tuple[str, list[str], dict[str, bytes]]] = [
    ("", UPLOADS, {**OBJECTS, **FILES}),
    ("--delete", [*UPLOADS, "delete old/e.txt 4 extra", "delete old/f.tmp 4 extra"], FILES),
    ("--delete --dry-run", [*UPLOADS, "delete old/e.txt 4 extra", "delete old/f.tmp 4 extra"], OBJECTS),
    ("--compare size", UPLOADS[1:], {**FILES, **OBJECTS}),
    ("--compare time", UPLOADS[1:], {**FILES, **OBJECTS}),
    (
        "--delete --exclude '*.tmp'",
        [*UPLOADS[:2], "delete old/e.txt 4 extra"],
        {"old/f.tmp": b"gone", **{name: data for name, data in FILES.items() if name != "sub/d.tmp"}},
    ),
    ("--include sub/", UPLOADS[1:], {**FILES, **OBJECTS}),
    ("--include 'sub/*' --exclude '*.tmp'", [UPLOADS[1]], {**OBJECTS, "sub/c.txt": b"new"}),
]


@pytest.mark.parametrize(("words", "steps", "result"), CASES)
def test_sync_uploads_differences(
    swift: FakeSwift, ostk: Run, words: str, steps: list[str], result: dict[str, bytes]
) -> None:
    found = ostk(f"object sync d c/p {words} -f value")
    assert (found.exit_code, found.stdout.splitlines()) == (0, steps), found.output
    assert objects(swift) == result
    assert swift.data("c", "other") == OTHER["other"]
    if "dry-run" in words:
        assert not swift.lines("PUT") + swift.lines("DELETE")


def test_sync_repeated_does_nothing(swift: FakeSwift, ostk: Run) -> None:
    ostk("object sync d c/p/ --delete")
    before = len(swift.local.asked)
    assert ostk("object sync d c/p --delete -f value").stdout == ""
    assert {one.method for one in swift.local.asked[before:]} <= {"GET", "POST"}


def test_sync_uploads_newer_files(swift: FakeSwift, ostk: Run, directory: Path) -> None:
    os.utime(directory / "a.txt", (4e9, 4e9))
    assert "upload a.txt 4 newer" in ostk("object sync d c/p --compare time -f value").stdout


def test_sync_of_large_objects(swift: FakeSwift, ostk: Run, directory: Path) -> None:
    (directory / "big").write_bytes(b"x" * 2500)
    assert ostk("object sync d c/p").exit_code == 0
    assert len(swift.objects["c_segments"]) == 3
    assert ostk("object sync d c/p -f value").stdout == ""
    (directory / "big").write_bytes(b"y" * 2500)
    assert ostk("object sync d c/p -f value").stdout == "upload big 2500 content\n"
    assert (swift.data("c", "p/big"), len(swift.objects["c_segments"])) == (b"y" * 2500, 3)
    (directory / "big").write_bytes(b"small")
    assert ostk("object sync d c/p -f value").stdout == "upload big 5 size\n"
    assert (swift.data("c", "p/big"), swift.objects["c_segments"]) == (b"small", {})


def test_sync_deletes_segments_with_their_object(swift: FakeSwift, ostk: Run, directory: Path) -> None:
    (directory / "big").write_bytes(b"x" * 2500)
    ostk("object sync d c/p")
    (directory / "big").unlink()
    assert ostk("object sync d c/p --delete").exit_code == 0
    assert ("p/big" in swift.objects["c"], swift.objects["c_segments"]) == (False, {})


@pytest.mark.parametrize("info", [{"swift": {"max_file_size": 1000}}, {"swift": {"max_file_size": 1000}, "slo": SLO}])
def test_sync_deletes_nothing_after_a_failed_upload(swift: FakeSwift, ostk: Run, info: Any) -> None:
    swift.info = info
    swift.faults = [once("p/b.txt", (507, {}, b""), times=9)]
    assert ostk("object sync d c/p --delete").exit_code == 1
    assert objects(swift).keys() == OBJECTS.keys() | FILES.keys()


def saved(directory: Path) -> dict[str, bytes]:
    """Return the data of the files in the directory."""
    return {str(path.relative_to(directory)): path.read_bytes() for path in directory.rglob("*") if path.is_file()}


DOWNLOADS = ["download b.txt 11 content", "download old/e.txt 4 new", "download old/f.tmp 4 new"]
DOWN_CASES: list[tuple[str, list[str], dict[str, bytes]]] = [
    ("", DOWNLOADS, {**FILES, **OBJECTS}),
    ("--delete", [*DOWNLOADS, "delete sub/c.txt 3 extra", "delete sub/d.tmp 3 extra"], OBJECTS),
    ("--delete --dry-run", [*DOWNLOADS, "delete sub/c.txt 3 extra", "delete sub/d.tmp 3 extra"], FILES),
    ("--compare size", DOWNLOADS[1:], {**OBJECTS, **FILES}),
    ("--exclude '*.tmp' --delete", [*DOWNLOADS[:2], "delete sub/c.txt 3 extra"], {}),
]


@pytest.mark.parametrize(("words", "steps", "result"), DOWN_CASES)
def test_sync_downloads_differences(
    swift: FakeSwift, ostk: Run, directory: Path, words: str, steps: list[str], result: dict[str, bytes]
) -> None:
    found = ostk(f"object sync d c/p --download {words} -f value")
    assert (found.exit_code, found.stdout.splitlines()) == (0, steps), found.output
    if result:
        assert saved(directory) == result
    else:
        assert saved(directory).keys() == {"a.txt", "b.txt", "old/e.txt", "sub/d.tmp"}
    assert (directory / "sub").exists() == ("sub/c.txt" in result or not result)
    assert not swift.lines("PUT") + swift.lines("DELETE")


def test_sync_downloads_to_a_new_directory_and_then_nothing(swift: FakeSwift, ostk: Run, directory: Path) -> None:
    for word in ("time", "checksum", "size"):
        assert ostk(f"object sync new c/p --download --compare {word}").exit_code == 0
        assert saved(directory.parent / "new") == OBJECTS
    assert len([one for one in swift.lines("GET") if "p/" in one and "prefix" not in one]) == len(OBJECTS)


def test_sync_deletes_no_files_through_symbolic_links_or_after_a_failure(
    swift: FakeSwift, ostk: Run, directory: Path
) -> None:
    outside = directory.parent / "outside"
    outside.mkdir()
    (outside / "kept").write_text("1")
    (directory / "link").symlink_to(outside)
    swift.faults = [once("p/b.txt", (403, {}, b""), "GET", times=9)]
    assert ostk("object sync d c/p --download --delete").exit_code == 1
    assert (directory / "sub" / "c.txt").exists()
    swift.faults = []
    assert ostk("object sync d c/p --download --delete").exit_code == 0
    assert saved(directory) == OBJECTS
    assert (outside / "kept").exists()


def test_sync_writes_no_file_outside_of_the_directory(swift: FakeSwift, ostk: Run, directory: Path) -> None:
    swift.put("c", "p/../../out", b"escaped")
    result = ostk("object sync d c/p --download --delete")
    assert (result.exit_code, "'../../out' was not saved" in result.stderr) == (1, True), result.output
    assert not (directory.parent / "out").exists()
    assert (directory / "old" / "e.txt").exists()


REJECTED = {
    "nowhere c": "There is no directory 'nowhere'",
    "c d": "There is no directory 'c'",
    "d c/none --download --delete": "The source is empty: --delete would delete all of the target (4).",
    "empty c/p --delete": "The source is empty: --delete would delete all of the target (4).",
    "d no": "No Container found for no",
    "d /p": "is not a valid name",
}


@pytest.mark.parametrize("words", REJECTED)
def test_sync_rejects(swift: FakeSwift, ostk: Run, directory: Path, words: str) -> None:
    directory.parent.joinpath("empty").mkdir()
    result = ostk(f"object sync {words}")
    assert (result.exit_code in (1, 2), REJECTED[words] in result.output) == (True, True), result.output
    assert not swift.lines("PUT") + swift.lines("DELETE")
