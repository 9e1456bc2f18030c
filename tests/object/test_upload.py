"""Uploads to an object store that keeps objects: directories, segments, what is passed over, faults."""

from __future__ import annotations

import itertools
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ostk.http.client import Http
from ostk.object import file_part, stream_upload, upload

from ..conftest import Run
from ..http.local_server import Answer, ReceivedRequest
from .fake_swift import CUT, SLO, FakeSwift, md5

BIG = bytes(range(256)) * 10 + b"end"  # 2563 bytes: three segments of 1000
SEGMENT = r"c_segments/big/slo/\d+\.\d{6}/2563/1000/0000000"
NO_SLO = {"swift": {"max_file_size": 1000}}


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the directory in which the commands run, with a file `big`; no pauses between tries."""
    tmp_path.joinpath("big").write_bytes(BIG)
    monkeypatch.setattr(Http, "sleep", lambda self, seconds: self.check_interrupt())
    monkeypatch.setattr(upload, "ASKS_FOR_LIMITS", 500)
    return tmp_path


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., FakeSwift]]:
    """Return a function that starts an object store; it is the cloud that commands use."""
    started: list[FakeSwift] = []

    def begin(info: dict[str, Any] | None = None, containers: str = "c") -> FakeSwift:
        started.append(FakeSwift(info, containers))
        for name, value in started[-1].environment.items():
            monkeypatch.setenv(name, value)
        return started[-1]

    yield begin
    for one in started:
        one.local.close()


@pytest.fixture
def swift(start: Callable[..., FakeSwift]) -> FakeSwift:
    """Start an object store with objects of up to 1000 bytes."""
    return start()


def once(path: str, answer: Answer, method: str = "PUT", times: int = 1) -> Callable[[ReceivedRequest], Answer | None]:
    """Return a fault: this answer to the first requests with a method whose path matches."""
    left = itertools.chain([answer] * times, itertools.repeat(None))
    return lambda asked: next(left) if asked.method == method and re.search(path, asked.path) else None


def segments_sent(swift: FakeSwift) -> list[str]:
    """Return the numbers of the segments in the requests so far."""
    return sorted(line[-1] for line in swift.lines("PUT") if "/00000" in line)


# -- files and their names ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("tree", ["tree/a", "tree/sub/b"]),
        ("tree/ --prefix p/", ["p/tree/a", "p/tree/sub/b"]),
        ("tree --name other", ["other/a", "other/sub/b"]),
        ("tree --name ''", ["a", "sub/b"]),
        ("./tree", ["tree/a", "tree/sub/b"]),
        ("tree/a tree/sub", ["tree/a", "tree/sub/b"]),
        ("linked --symlinks skip", ["linked/x"]),
        ("linked", ["linked/to_dir/b", "linked/to_file", "linked/x"]),
    ],
)
def test_directories_are_uploaded_with_paths_as_names(
    swift: FakeSwift, ostk: Run, files: Path, words: str, names: list[str]
) -> None:
    for name in ("tree/a", "tree/sub/b", "linked/x"):
        files.joinpath(name).parent.mkdir(parents=True, exist_ok=True)
        files.joinpath(name).write_text(name)
    files.joinpath("linked", "to_dir").symlink_to("../tree/sub")
    files.joinpath("linked", "to_file").symlink_to("../tree/a")
    os.mkfifo(files / "tree" / "pipe")
    result = ostk(f"object create c {words} -f value -c etag")
    assert result.exit_code == 0, result.output
    assert sorted(swift.objects["c"]) == names
    assert swift.data("c", names[0]) in (b"tree/a", b"linked/x", b"tree/sub/b")
    assert len(result.stdout.splitlines()) == len(names)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("big loop", "leads to a directory above it"),
        ("broken", "'broken/link' cannot be read"),
        ("big other/big --name x", "--name is for a single file"),
        ("-", "Standard input has no name"),
        ("big --no-segments --segment-size 5", "--no-segments excludes"),
        ("big --segment-size 5X", "'5X' is not a size"),
        ("big --delete-at tomorrow", "'tomorrow' is not a time"),
        ("big --property 'a b=c'", "'a b' cannot be a property"),
        ("nowhere", "There is no file 'nowhere'"),
        ("big link/../big", "would be the same object, 'big'"),
    ],
)
def test_invalid_input_is_rejected_before_a_request(
    swift: FakeSwift, ostk: Run, files: Path, words: str, message: str
) -> None:
    files.joinpath("loop").mkdir()
    files.joinpath("loop", "link").symlink_to(".")
    files.joinpath("d", "e").mkdir(parents=True)
    files.joinpath("d", "big").write_text("other")
    files.joinpath("link").symlink_to("d/e")
    files.joinpath("broken").mkdir()
    files.joinpath("broken", "link").symlink_to("nowhere")
    result = ostk(f"object create c {words}")
    assert result.exit_code in (1, 2)
    assert message in result.output
    assert swift.local.asked == []


def test_a_file_given_twice_is_no_error(swift: FakeSwift, ostk: Run, files: Path) -> None:
    result = ostk("object create c big ./big -f value -c object")
    assert (result.exit_code, result.stdout) == (0, "big\n./big\n"), result.output


def test_options_become_headers(swift: FakeSwift, ostk: Run) -> None:
    words = "--property tone=warm --content-type text/csv --delete-at 2030-01-31T12:00:00Z"
    assert ostk(f"object create c big {words}").exit_code == 0
    manifest = swift.objects["c"]["big"].headers
    assert (manifest["x-object-meta-tone"], manifest["content-type"]) == ("warm", "text/csv")
    assert manifest["x-delete-at"] == "1896091200"
    assert [one.headers["x-delete-at"] for one in swift.objects["c_segments"].values()] == ["1896091200"] * 3
    assert all("/1000/expires/" in name for name in swift.objects["c_segments"])


def test_segments_of_an_earlier_run_are_deleted_with_the_object(swift: FakeSwift, ostk: Run) -> None:
    swift.faults = [once("/c/big", (403, {}, b""))]
    assert ostk("object create c big --delete-at 1900000000").exit_code == 1
    assert ostk("object create c big --delete-at 1900000001").exit_code == 0
    assert segments_sent(swift) == ["0", "1", "2"]
    stored = [*swift.objects["c_segments"].values(), swift.objects["c"]["big"]]
    assert [one.headers["x-delete-at"] for one in stored] == ["1900000001"] * 4


def test_dry_run_prints_the_path_of_the_file(swift: FakeSwift, ostk: Run) -> None:
    result = ostk("--curl object create c big --segment-size 3000")
    assert (result.exit_code, swift.lines("PUT")) == (0, [])
    assert "-H content-type: --data-binary @big" in result.stdout  # no type of a form, which cURL sends by default
    result = ostk("--curl object create c big --segment-size 3000 --content-type text/x-big")
    assert "-H 'content-type: text/x-big' --data-binary @big" in result.stdout


# -- segments -------------------------------------------------------------------------------------


def test_file_larger_than_an_object_is_stored_in_segments(swift: FakeSwift, ostk: Run) -> None:
    result = ostk("object create c big -f json")
    assert result.exit_code == 0, result.output
    parts = [BIG[:1000], BIG[1000:2000], BIG[2000:]]
    etag = md5("".join(map(md5, parts)))
    assert json.loads(result.stdout) == [{"object": "big", "container": "c", "etag": f'"{etag}"'}]
    assert [one.data for _, one in sorted(swift.objects["c_segments"].items())] == parts
    assert swift.data("c", "big") == BIG
    assert all(re.fullmatch(SEGMENT + "[012]", line) for line in swift.lines("PUT")[1:4])
    assert swift.lines("PUT")[0] == "c_segments"
    created = next(one for one in swift.local.asked if one.method == "PUT")
    assert created.headers["x-storage-policy"] == "gold"


def test_dynamic_large_object_where_there_are_no_static_ones(start: Callable[..., FakeSwift], ostk: Run) -> None:
    swift = start(NO_SLO)
    assert ostk("object create c big").exit_code == 0
    assert swift.data("c", "big") == BIG
    manifest = swift.objects["c"]["big"].headers["x-object-manifest"]
    assert re.fullmatch(r"c_segments/big/\d+\.\d{6}/2563/1000/", manifest)
    assert ostk("object create c big --checksum").exit_code == 0
    assert segments_sent(swift) == ["0", "1", "2"]


def test_manifest_is_refused_where_static_large_objects_are_unknown(start: Callable[..., FakeSwift], ostk: Run) -> None:
    swift = start({})
    result = ostk("object create c big --segment-size 1000")
    assert (result.exit_code, swift.objects["c"]) == (1, {}), result.output
    assert "3 of 3 segments are stored in c_segments" in result.output


@pytest.mark.parametrize(
    ("info", "words", "message"),
    [
        (None, "--no-segments", "does not fit into one object: it has 2563 bytes, and an object has at most 1000"),
        (None, "--segment-size 1001", "A segment has 1 to 1000 bytes"),
        (None, "--segment-size 2", "do not fit into 1000 segments of 2 bytes"),
        ({"slo": {**SLO, "min_segment_size": 100}}, "--segment-size 99", "A segment has 100 to "),
        ({**NO_SLO, "slo": {"max_manifest_segments": 2}}, "", "do not fit into 2 segments of 1000 bytes"),
    ],
)
def test_a_file_that_does_not_fit_is_rejected_before_it_is_sent(
    start: Callable[..., FakeSwift], ostk: Run, info: Any, words: str, message: str
) -> None:
    swift = start(info)
    result = ostk(f"object create c big {words}")
    assert (result.exit_code, message in result.output) == (1, True), result.output
    assert not swift.lines("PUT") + swift.lines("HEAD")


def test_missing_container_is_found_before_segments_are_sent(start: Callable[..., FakeSwift], ostk: Run) -> None:
    swift = start(containers="other")
    result = ostk("object create c big")
    assert (result.exit_code, "No Container found for c" in result.output) == (1, True), result.output
    assert swift.lines("PUT") == []


@pytest.mark.parametrize(("words", "left"), [("", 3), ("--leave-segments", 6)])
def test_segments_of_a_replaced_object_are_removed(
    swift: FakeSwift, ostk: Run, files: Path, words: str, left: int
) -> None:
    ostk("object create c big")
    files.joinpath("big").write_bytes(BIG[::-1])
    assert ostk(f"object create c big {words}").exit_code == 0
    assert swift.data("c", "big") == BIG[::-1]
    assert len(swift.objects["c_segments"]) == left


def test_foreign_segments_of_a_replaced_object_are_kept(swift: FakeSwift, ostk: Run) -> None:
    swift.put("c", "shared", b"data")
    ostk("object create c big")
    swift.objects["c"]["big"].items = [{"path": "/c/shared", "etag": md5(b"data"), "size_bytes": 4}]
    result = ostk("object create c big")
    assert (result.exit_code, "were kept" in result.stderr, swift.data("c", "big")) == (0, True, BIG)
    assert swift.data("c", "shared") == b"data"


def test_progress_counts_what_is_sent_once(swift: FakeSwift, ostk: Run, files: Path) -> None:
    files.joinpath("small").write_text("1")
    swift.faults = [once("1$", CUT), once("2$", (500, {}, b""))]
    result = ostk("object create c big small --progress json")
    end = json.loads(result.stderr.splitlines()[-1])
    assert (end["event"], end["files_done"], end["bytes_done"], end["bytes"]) == ("end", 2, 2564, 2564)


# -- unchanged files ------------------------------------------------------------------------------


@pytest.mark.parametrize("info", [None, NO_SLO, {"swift": {"max_file_size": 5000}}])
@pytest.mark.parametrize(
    ("words", "changed", "sent"),
    [
        ("--skip-existing", False, False),
        ("--skip-existing", True, False),
        ("--checksum", True, True),
        ("--checksum", False, False),
        ("", False, True),
    ],
)
def test_unchanged_files_are_passed_over(
    start: Callable[..., FakeSwift], ostk: Run, files: Path, info: Any, words: str, changed: bool, sent: bool
) -> None:
    swift = start(info)
    first = ostk("object create c big -f value")
    if changed:
        files.joinpath("big").write_bytes(b"x" + BIG[1:])
    before = len(swift.lines("PUT"))
    result = ostk(f"object create c big {words} -f value")
    assert result.exit_code == 0, result.output
    assert (len(swift.lines("PUT")) > before) == sent
    assert (result.stdout == first.stdout) == (not changed or not sent)
    assert swift.data("c", "big") == (b"x" if sent and changed else BIG[:1]) + BIG[1:]


# -- faults ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("piece", [100, 10000])
@pytest.mark.parametrize("path", ["big/slo/.*1$", "/c/big"])
@pytest.mark.parametrize(
    "answer",
    [
        (503, {"Retry-After": "0"}, b""),
        (429, {}, b""),
        (500, {}, b""),
        (422, {}, b""),
        CUT,
        (201, {"Etag": "0" * 32}, b""),
    ],
)
def test_a_request_that_fails_once_is_repeated(
    swift: FakeSwift, ostk: Run, monkeypatch: pytest.MonkeyPatch, piece: int, path: str, answer: Answer
) -> None:
    monkeypatch.setattr("ostk.object.put.PIECE", piece)
    swift.faults = [once(path, answer)]
    result = ostk("object create c big")
    assert (result.exit_code, swift.data("c", "big")) == (0, BIG), result.output


@pytest.mark.parametrize("answer", [(507, {}, b""), (503, {}, b""), CUT, (201, {"Etag": "0" * 32}, b"")])
def test_an_upload_continues_after_a_segment_that_failed_for_good(swift: FakeSwift, ostk: Run, answer: Answer) -> None:
    swift.faults = [once("big/slo/.*1$", answer, times=100)]
    result = ostk("object create c big")
    assert (result.exit_code, swift.objects["c"]) == (1, {})
    stored = len(swift.objects["c_segments"])
    assert f"{stored} of 3 segments are stored in c_segments: the same command continues" in result.output or not stored
    swift.faults, before = [], len(segments_sent(swift))
    assert ostk("object create c big").exit_code == 0
    assert (swift.data("c", "big"), len(segments_sent(swift)) - before) == (BIG, 3 - stored)


def test_a_segment_with_other_data_is_sent_again(swift: FakeSwift, ostk: Run) -> None:
    swift.faults = [once("/c/big", (403, {}, b""))]
    assert ostk("object create c big").exit_code == 1
    name = sorted(swift.objects["c_segments"])[1]
    swift.put("c_segments", name, b"x" * 1000)
    assert ostk("object create c big").exit_code == 0
    assert (swift.data("c", "big"), segments_sent(swift)) == (BIG, ["0", "1", "1", "2"])


def test_a_token_that_expires_is_renewed(swift: FakeSwift, ostk: Run) -> None:
    swift.faults = [once("1$", (401, {}, b"")), once("manifest=put", (401, {}, b""))]
    result = ostk("object create c big")
    assert (result.exit_code, swift.data("c", "big")) == (0, BIG), result.output
    assert swift.cloud.tokens > 1


CHANGES: dict[str, Callable[[Path], Any]] = {
    "shrinks": lambda file: os.truncate(file, 600),
    "grows": lambda file: file.open("ab").write(b"more"),
    "is written": lambda file: file.write_bytes(BIG[::-1]),
    "is emptied": lambda file: os.truncate(file, 0),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("limit", [1000, 5000])
def test_a_file_that_changes_is_not_stored(
    start: Callable[..., FakeSwift], ostk: Run, files: Path, monkeypatch: pytest.MonkeyPatch, change: str, limit: int
) -> None:
    swift, read, reads = start({"swift": {"max_file_size": limit}, "slo": SLO}), file_part.FilePart.read, []
    monkeypatch.setattr(file_part, "PIECE", 100)
    monkeypatch.setattr("ostk.object.put.PIECE", 100)
    monkeypatch.setattr("ostk.http.upload.CHUNK", 100)

    def changing(part: file_part.FilePart, size: int) -> bytes:
        reads.append(size)
        if len(reads) == 3:
            CHANGES[change](files / "big")
            os.utime(files / "big", ns=(1, 1))
        return read(part, size)

    monkeypatch.setattr(file_part.FilePart, "read", changing)
    result = ostk("object create c big")
    assert (result.exit_code, "changed while it was read" in result.output) == (1, True), result.output
    assert swift.objects["c"] == {}


def test_other_files_are_uploaded_after_a_failure(swift: FakeSwift, ostk: Run, files: Path) -> None:
    files.joinpath("small").write_text("1")
    swift.faults = [once("big/slo", (507, {}, b""), times=100)]
    result = ostk("object create c big small -f value")
    assert (result.exit_code, swift.data("c", "small")) == (1, b"1")
    assert "Failed to upload object 'big'" in result.stderr
    assert result.stderr.splitlines()[-2:] == ["1 of 2 objects failed to upload.", upload.AGAIN]


def test_a_missing_container_is_named_once(swift: FakeSwift, ostk: Run, files: Path) -> None:
    files.joinpath("small").write_text("1")
    result = ostk("object create nowhere big small")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines()[0].startswith("No Container found for nowhere")
    assert "Failed" not in result.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_the_same_command_continues_after_a_signal(
    swift: FakeSwift, ostk: Run, files: Path, number: signal.Signals
) -> None:
    seen, release = threading.Event(), threading.Event()

    def hold(asked: ReceivedRequest) -> Answer | None:
        if asked.method == "PUT" and asked.path.endswith("2"):
            seen.set()
            release.wait(20)
            return CUT
        return None

    swift.faults = [hold]
    command = [sys.executable, "-m", "ostk", "object", "create", "c", "big", "--segment-size", "1000"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, stdin=subprocess.DEVNULL)
    assert seen.wait(20)
    while len(swift.objects.get("c_segments", {})) < 2:
        time.sleep(0.01)
    process.send_signal(number)
    error = process.communicate(timeout=20)[1]
    release.set()
    assert process.returncode == (130 if number == signal.SIGINT else -9)
    assert bool(re.search("[12] of 3 segments are stored", error)) == (number == signal.SIGINT)
    swift.faults, before = [], len(segments_sent(swift))
    assert ostk("object create c big --segment-size 1000").exit_code == 0
    assert (swift.data("c", "big"), segments_sent(swift)[before:]) == (BIG, ["2"])


# -- standard input -------------------------------------------------------------------------------


def test_little_standard_input_is_one_object(swift: FakeSwift, ostk: Run) -> None:
    result = ostk("object create c - --name in -f value", input=b"data")
    assert (result.exit_code, result.stdout) == (0, f"in c {md5(b'data')}\n"), result.output
    assert (swift.data("c", "in"), swift.lines("HEAD")) == (b"data", [])


@pytest.mark.parametrize("info", [None, NO_SLO])
def test_much_standard_input_is_stored_in_segments(start: Callable[..., FakeSwift], ostk: Run, info: Any) -> None:
    swift = start(info)
    assert ostk("object create c - --name in --segment-size 600", input=BIG).exit_code == 0
    assert (swift.data("c", "in"), len(swift.objects["c_segments"])) == (BIG, 5)


def test_segments_of_standard_input_are_deleted_after_a_failure(swift: FakeSwift, ostk: Run) -> None:
    swift.faults = [once("2$", (503, {}, b""), times=9)]
    result = ostk("object create c - --name in --segment-size 600", input=BIG)
    assert (result.exit_code, swift.objects) == (1, {"c": {}, "c_segments": {}}), result.output


def test_standard_input_that_does_not_fit_into_one_object(
    swift: FakeSwift, ostk: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream_upload, "PIECE", 100)
    result = ostk("object create c - --name in --no-segments", input=BIG)
    assert (result.exit_code, swift.objects) == (1, {"c": {}})
    assert "More than 1000 bytes do not fit into one object" in result.output
    assert ostk("object create c - --name in --no-segments", input=BIG[:1000]).exit_code == 0
    assert swift.data("c", "in") == BIG[:1000]


# -- orphaned segments ----------------------------------------------------------------------------


@pytest.mark.parametrize("info", [None, NO_SLO])
def test_orphaned_segments_are_listed_and_deleted(start: Callable[..., FakeSwift], ostk: Run, info: Any) -> None:
    swift = start(info)
    ostk("object create c big")
    ostk("object create c big --name gone")
    swift.put("c_segments", "note", b"of another program")
    assert len(ostk("object segment list c -f value").stdout.splitlines()) == 7
    assert ostk("object segment list c --orphaned -f value").stdout == ""
    swift.objects["other"] = {"copy": swift.objects["c"].pop("gone")}
    assert ostk("object segment list c --orphaned -f value").stdout == ""
    del swift.objects["other"]["copy"]
    rows = ostk("object segment list c --orphaned -f value -c object -c bytes").stdout
    assert sorted(rows.splitlines()) == ["1000 gone", "1000 gone", "563 gone"]
    result = ostk("object segment delete c --orphaned")
    assert result.stderr == "3 segments (2563 bytes) were deleted.\n"
    assert (swift.data("c", "big"), len(swift.objects["c_segments"])) == (BIG, 4)


def test_segments_are_deleted_by_name_or_as_orphans(swift: FakeSwift, ostk: Run) -> None:
    for words in ("", "--orphaned x"):
        result = ostk(f"object segment delete c {words}")
        assert (result.exit_code, "either the names" in result.output) == (1, True)
    swift.put("c_segments", "a")
    assert ostk("object segment delete c a").exit_code == 0
    assert swift.objects["c_segments"] == {}
