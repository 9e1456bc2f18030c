"""Downloads from an object store that keeps objects: several, resumed, verified, large, what is passed over, faults."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ostk.http.client import Http
from ostk.object import download, object_data

from ..conftest import Run
from ..http.local_server import Answer, ReceivedRequest
from .fake_swift import ROOT, FakeSwift, md5

DATA = bytes(range(256)) * 20  # 5120 bytes
SEGMENTS = [DATA[:2000], DATA[2000:4000], DATA[4000:]]
PART = r"o\.[0-9a-f]{12}\.part"


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the directory in which the commands run; small data counts as large, and there are no pauses."""
    monkeypatch.setattr(Http, "sleep", lambda self, seconds: self.check_interrupt())
    monkeypatch.setattr(download, "RESUMABLE", 1000)
    monkeypatch.setattr(download, "PARALLEL", 1000)
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    return here


@pytest.fixture
def swift(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeSwift]:
    """Start an object store with an object `o`; it is the cloud that commands use."""
    store = FakeSwift()
    for name, value in store.environment.items():
        monkeypatch.setenv(name, value)
    store.put("c", "o", DATA)
    yield store
    store.local.close()


def put_large(swift: FakeSwift, kind: str) -> None:
    """Store the data in segments, and a static or a dynamic manifest `o` in its place."""
    for number, data in enumerate(SEGMENTS):
        swift.put("s", f"o/{number}", data)
    if kind == "dynamic":
        swift.put("c", "o", b"", **{"x-object-manifest": "s/o/"})
        return
    swift.put("c", "o")
    swift.objects["c"]["o"].items = [
        {"path": f"/s/o/{number}", "etag": md5(data), "size_bytes": len(data)} for number, data in enumerate(SEGMENTS)
    ]


def cut(swift: FakeSwift, path: str, size: int, times: int = 99) -> None:
    """Break the connection after `size` bytes of the data, for the first requests of a path."""
    left = [size] * times

    def fault(asked: ReceivedRequest) -> Answer | None:
        if asked.method != "GET" or not asked.path.endswith(path) or not left:
            return None
        container, _, name = asked.path.removeprefix(f"{ROOT}/").partition("/")
        status, headers, data = swift.of_object(asked, container, name, {})
        return status, {"X-Trans-Id": "tx", **headers}, iter([data[: left.pop()]])

    swift.faults.append(fault)


def ranges(swift: FakeSwift, path: str = "c/o") -> list[str]:
    """Return the ranges that were asked for of an object, "" for all of it."""
    asked = [one for one in swift.local.asked if one.path.endswith(f"/{path}") and one.method == "GET"]
    return [one.headers.get("range", "").removeprefix("bytes=") for one in asked]


def found(files: Path) -> dict[str, bytes]:
    """Return the files that there are."""
    return {str(path.relative_to(files)): path.read_bytes() for path in files.rglob("*") if path.is_file()}


# -- one object: broken connections, replaced objects ----------------------------------------------


def test_a_broken_connection_is_followed_by_a_request_for_the_rest(swift: FakeSwift, ostk: Run, files: Path) -> None:
    cut(swift, "/c/o", 2000, times=2)
    assert ostk("object save c o").output == ""
    assert ranges(swift) == ["", "2000-5119", "4000-5119"]
    assert {one.headers["if-match"] for one in swift.local.asked if "range" in one.headers} == {f'"{md5(DATA)}"'}
    assert found(files) == {"o": DATA}


def test_standard_output_is_resumed_too(swift: FakeSwift, ostk: Run) -> None:
    cut(swift, "/c/o", 2000, times=1)
    assert ostk("object save c o --file -").stdout_bytes == DATA


def test_what_a_failed_run_received_is_kept_for_the_next_one(swift: FakeSwift, ostk: Run, files: Path) -> None:
    cut(swift, "/c/o", 2000, times=1)
    cut(swift, "/c/o", 0)
    result = ostk("object save c o")
    (part,) = found(files)
    assert (result.exit_code, bool(re.fullmatch(PART, part))) == (1, True)
    assert f"2000 bytes are kept in {files / part}: the same command goes on from there." in result.stderr
    swift.faults.clear()
    swift.local.asked.clear()
    assert ostk("object save c o").exit_code == 0
    assert ranges(swift) == ["", "2000-5119"]
    assert found(files) == {"o": DATA}


def test_data_of_two_versions_of_an_object_is_never_mixed(swift: FakeSwift, ostk: Run, files: Path) -> None:
    cut(swift, "/c/o", 2000, times=1)
    cut(swift, "/c/o", 0)
    ostk("object save c o")
    swift.faults.clear()
    swift.local.asked.clear()
    swift.put("c", "o", DATA[::-1])
    assert ostk("object save c o").exit_code == 0
    assert ranges(swift) == [""]
    assert found(files)["o"] == DATA[::-1]


def test_an_object_that_is_replaced_meanwhile_is_not_saved(swift: FakeSwift, ostk: Run, files: Path) -> None:
    cut(swift, "/c/o", 2000, times=1)
    swift.faults.append(lambda asked: swift.put("c", "o", DATA[::-1]) if "range" in asked.headers else None)
    result = ostk("object save c o")
    assert (result.exit_code, "was replaced while it was downloaded" in result.stderr) == (1, True)
    assert found(files) == {}


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ((200, {"Etag": md5(DATA)}, DATA), 0),  # ranges are not supported
        ((206, {"Etag": md5(DATA), "Content-Range": "bytes 0-5119/5120"}, DATA), 1),
        ((206, {"Etag": "0" * 32, "Content-Range": "bytes 2000-5119/5120"}, DATA[2000:]), 1),
        ((206, {"Etag": md5(DATA), "Content-Range": "bytes 2000-5119/5120"}, DATA[:3120]), 1),
    ],
)
def test_answers_to_a_request_for_the_rest(swift: FakeSwift, ostk: Run, files: Path, answer: Answer, code: int) -> None:
    cut(swift, "/c/o", 2000, times=1)
    swift.faults.append(lambda asked: answer if "range" in asked.headers else None)
    assert ostk("object save c o").exit_code == code
    assert found(files).get("o") == (None if code else DATA)


def test_a_damaged_part_is_not_kept(swift: FakeSwift, ostk: Run, files: Path) -> None:
    cut(swift, "/c/o", 2000, times=1)
    cut(swift, "/c/o", 0)
    ostk("object save c o")
    swift.faults.clear()
    (part,) = files.iterdir()
    part.write_bytes(bytes(2000))
    assert ostk("object save c o").exit_code == 1
    assert found(files) == {}
    assert ostk("object save c o").exit_code == 0


def test_a_part_that_another_process_writes_is_left_alone(swift: FakeSwift, ostk: Run, files: Path) -> None:
    import fcntl

    cut(swift, "/c/o", 2000, times=1)
    cut(swift, "/c/o", 0)
    ostk("object save c o")
    swift.faults.clear()
    (part,) = files.iterdir()
    with part.open("r+b") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        assert ostk("object save c o").exit_code == 0
        assert (found(files)["o"], len(other.read())) == (DATA, 2000)


@pytest.mark.parametrize("kind", ["", "static"])
def test_a_killed_download_goes_on(swift: FakeSwift, ostk: Run, files: Path, kind: str) -> None:
    received, release = threading.Event(), threading.Event()
    data, path = DATA * 1000, "/c/o"  # more than a mebibyte
    swift.put("c", "o", data)
    if kind:
        put_large(swift, kind)
        path = "/s/o/1"
        for number, item in enumerate(swift.objects["c"]["o"].items or []):
            segment = bytes([number]) * (6 << 20)
            swift.put("s", f"o/{number}", segment)
            item |= {"etag": md5(segment), "size_bytes": len(segment)}
        data = swift.data("c", "o") or b""

    def stalled(asked: ReceivedRequest) -> Answer | None:
        def pieces() -> Iterator[bytes]:
            yield whole[: 2 << 20]
            received.set()
            release.wait(20)

        if release.is_set() or not asked.path.endswith(path) or asked.method != "GET":
            return None
        container, _, name = path[1:].partition("/")
        status, headers, whole = swift.of_object(asked, container, name, {})
        return status, headers, pieces()

    swift.faults.append(stalled)
    process = subprocess.Popen([sys.executable, "-m", "ostk", "object", "save", "c", "o"], env={**os.environ})
    assert received.wait(20)
    while not any(path.stat().st_blocks > 2 << 10 for path in files.iterdir()):
        assert process.poll() is None
    if kind:
        while not {"s/o/0", "s/o/1", "s/o/2"} <= set(swift.lines("GET")):
            assert process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait()
    release.set()
    assert [bool(re.fullmatch(PART, name)) for name in found(files)] == [True]
    swift.local.asked.clear()
    assert ostk("object save c o").output == ""
    assert found(files) == {"o": data}
    if kind:
        assert "s/o/1" in swift.lines("GET")
    else:
        assert ranges(swift)[1].endswith(f"-{len(data) - 1}")


def test_a_full_disk_is_told(swift: FakeSwift, ostk: Run, files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = ostk("object save c o --file /dev/full")
    assert (result.exit_code, "/dev/full cannot be written: No space left on device" in result.stderr) == (1, True)


def test_only_bytes_that_are_on_the_disk_count_as_kept(
    swift: FakeSwift, ostk: Run, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    resource = pytest.importorskip("resource")
    swift.put("c", "o", DATA * 400)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, limits[1]))  # as a disk that is full after so many bytes
    try:
        result = ostk("object save c o")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    (part,) = files.iterdir()
    assert (result.exit_code, part.stat().st_size) == (1, 1_000_000)
    assert f"1000000 bytes are kept in {part}" in result.stderr
    assert ostk("object save c o").output == ""
    assert found(files) == {"o": DATA * 400}


# -- large objects ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["static", "dynamic"])
def test_segments_of_a_large_object_are_requested_each(swift: FakeSwift, ostk: Run, files: Path, kind: str) -> None:
    put_large(swift, kind)
    assert ostk("object save c o").output == ""
    assert sorted(line for line in swift.lines("GET") if line.startswith("s/")) == ["s/o/0", "s/o/1", "s/o/2"]
    assert found(files) == {"o": DATA}


@pytest.mark.parametrize("kind", ["static", "dynamic"])
@pytest.mark.parametrize("words", ["", "--file -", "p o"])
def test_each_segment_is_verified(
    swift: FakeSwift, ostk: Run, files: Path, monkeypatch: pytest.MonkeyPatch, kind: str, words: str
) -> None:
    put_large(swift, kind)
    swift.put("c", "p", b"p")
    if words == "p o":
        monkeypatch.setattr(download, "PARALLEL", 1 << 20)
    damaged = bytearray(DATA)
    damaged[3000] ^= 1

    def fault(asked: ReceivedRequest) -> Answer | None:
        if asked.path.endswith("/s/o/1"):
            return 200, {"Etag": md5(SEGMENTS[1])}, bytes(damaged[2000:4000])
        if asked.path.endswith("/c/o") and asked.method == "GET":
            status, headers, _ = swift.of_object(asked, "c", "o", {})
            return status, headers, bytes(damaged)
        return None

    swift.faults.append(fault)
    result = ostk(f"object save c o {words}" if words != "p o" else "object save c p o")
    assert (result.exit_code, "The data is damaged" in result.stderr) == (1, True)
    assert "o" not in found(files)


def test_segments_that_an_earlier_run_received_are_not_requested_again(
    swift: FakeSwift, ostk: Run, files: Path
) -> None:
    put_large(swift, "static")
    cut(swift, "/s/o/1", 100, times=1)
    cut(swift, "/s/o/1", 0)
    result = ostk("object save c o")
    assert (result.exit_code, "bytes are kept in" in result.stderr) == (1, True)
    swift.faults.clear()
    swift.local.asked.clear()
    assert ostk("object save c o").exit_code == 0
    assert "s/o/1" in swift.lines("GET")
    assert not {"s/o/0", "s/o/2"} <= set(swift.lines("GET"))
    assert found(files) == {"o": DATA}


def test_a_part_with_holes_is_not_taken_for_data_in_order(
    swift: FakeSwift, ostk: Run, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_large(swift, "static")
    cut(swift, "/s/o/1", 100, times=1)
    cut(swift, "/s/o/1", 0)
    assert ostk("object save c o").exit_code == 1
    swift.faults.clear()
    monkeypatch.setattr(download, "PARALLEL", 1 << 20)
    assert ostk("object save c o").exit_code == 0
    assert found(files)["o"] == DATA


# -- several objects -------------------------------------------------------------------------------


def test_several_objects_are_saved_below_a_directory(swift: FakeSwift, ostk: Run, files: Path) -> None:
    swift.put("c", "d/p", b"p")
    swift.put("c", "../q", b"q")
    result = ostk("object save c o d/p ../q --directory new/place")
    assert (result.exit_code, "'../q'" in result.stderr) == (1, True)
    assert found(files) == {"new/place/o": DATA, "new/place/d/p": b"p"}
    assert not (files / "new" / "q").exists()
    assert ostk("object save c d/p --directory ../other").exit_code == 0
    assert found(files.parent)["other/d/p"] == b"p"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("o p --file x", "--file is for a single object, and 2 objects are given."),
        ("o p --range 0-9", "--range is for a single object, and 2 objects are given."),
        ("o --file x --directory y", "give it without --file"),
        ("o p/", "The object 'p/' has no name for a file."),
        ("o --range 9-0", "--range"),
        ("o --range -", "--range"),
    ],
)
def test_options_that_do_not_go_together(swift: FakeSwift, ostk: Run, words: str, message: str) -> None:
    result = ostk(f"object save c {words}")
    assert message in result.stderr
    assert swift.lines("GET") == []


@pytest.mark.parametrize(
    ("span", "data"),
    [("0-9", DATA[:10]), ("5000-", DATA[5000:]), ("-20", DATA[-20:]), ("5100-9999", DATA[5100:])],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_range_is_saved(swift: FakeSwift, ostk: Run, files: Path, span: str, data: bytes) -> None:
    assert ostk(f"object save c o --range {span}").output == ""
    assert found(files) == {"o": data}


def test_a_range_that_is_broken_or_not_supported(swift: FakeSwift, ostk: Run, files: Path) -> None:
    cut(swift, "/c/o", 1000, times=1)
    assert ostk("object save c o --range 100-3000 --file part").exit_code == 0
    assert ranges(swift) == ["100-3000", "1100-3000"]
    assert found(files) == {"part": DATA[100:3001]}
    swift.faults.append(lambda asked: (200, {}, DATA) if asked.path.endswith("/c/o") else None)
    assert "The whole object came in place of a range" in ostk("object save c o --range 0-9").stderr


@pytest.mark.parametrize("words", ["object save c o p --skip-identical", "container save c --skip-identical"])
def test_identical_files_are_skipped(swift: FakeSwift, ostk: Run, files: Path, words: str) -> None:
    put_large(swift, "static")
    swift.put("c", "p", b"new")
    files.joinpath("o").write_bytes(DATA)
    files.joinpath("p").write_bytes(b"old")
    assert ostk(words).exit_code == 0
    assert (ranges(swift), ranges(swift, "c/p")) == ([], [""])
    assert found(files) == {"o": DATA, "p": b"new"}
    files.joinpath("o").write_bytes(DATA[:-1] + b"!")
    assert ostk(words).exit_code == 0
    assert found(files)["o"] == DATA


@pytest.mark.parametrize("local", [b"", DATA])
def test_the_data_of_a_dynamic_large_object_is_compared(swift: FakeSwift, ostk: Run, files: Path, local: bytes) -> None:
    put_large(swift, "dynamic")
    files.joinpath("o").write_bytes(local)
    assert ostk("container save c --skip-identical").exit_code == 0
    assert len(ranges(swift)) == (0 if local else 1)
    assert found(files) == {"o": DATA}


def test_container_save_below_a_directory_by_prefix(swift: FakeSwift, ostk: Run, files: Path) -> None:
    swift.put("c", "p/1", b"1")
    assert ostk("container save c --prefix p/ --directory there").exit_code == 0
    assert found(files) == {"there/p/1": b"1"}


def test_after_a_failure_the_others_are_saved_and_the_command_is_named(
    swift: FakeSwift, ostk: Run, files: Path
) -> None:
    swift.put("c", "p", b"p")
    swift.faults.append(lambda asked: (500, {}, b"") if asked.path.endswith("/c/o") else None)
    result = ostk("container save c")
    assert (result.exit_code, found(files)) == (1, {"p": b"p"})
    assert result.stderr.splitlines()[-2:] == [
        "1 of 2 objects failed to save.",
        "Repeat the command with --skip-identical to save the others.",
    ]


def test_files_are_synced_once_at_the_end(
    swift: FakeSwift, ostk: Run, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(number: int) -> None:
        assert sorted(found(files)) == ["o", "p"]
        raise OSError(28, "No space left on device")

    swift.put("c", "p", b"p")
    monkeypatch.setattr("os.fsync", full)
    result = ostk("container save c")
    assert (result.exit_code, "may not be on the disk: No space left on device" in result.stderr) == (1, True)


def test_progress_for_programs(swift: FakeSwift, ostk: Run, files: Path) -> None:
    swift.put("c", "p", b"p")
    files.joinpath("p").write_bytes(b"p")
    events = [
        json.loads(line) for line in ostk("container save c --skip-identical --progress json").stderr.split("\n")[:-1]
    ]
    assert {(event["name"], event["status"], event["bytes"]) for event in events if event["event"] == "file"} == {
        ("o", "done", 5120),
        ("p", "skipped", 1),
    }
    assert (events[-1]["event"], events[-1]["files_done"], events[-1]["bytes_done"]) == ("end", 2, 5121)


def test_a_token_that_expires_meanwhile_is_renewed(swift: FakeSwift, ostk: Run, files: Path) -> None:
    cut(swift, "/c/o", 2000, times=1)

    def expire(asked: ReceivedRequest) -> Any:
        if "range" in asked.headers and asked.token not in swift.expired and not swift.expired:
            swift.expired.add(asked.token)
            return 401, {}, b""
        return None

    swift.faults.append(expire)
    assert ostk("object save c o").output == ""
    assert found(files) == {"o": DATA}


@pytest.mark.parametrize(("status", "times", "code"), [(503, 5, 0), (502, 2, 0), (502, 3, 1), (404, 1, 1)])
def test_an_overloaded_proxy_is_asked_again(
    swift: FakeSwift, ostk: Run, files: Path, status: int, times: int, code: int
) -> None:
    left: list[Answer] = [(status, {}, b"")] * times
    swift.faults.append(lambda asked: left.pop() if left and asked.path.endswith("/c/o") else None)
    assert ostk("object save c o").exit_code == code
    assert found(files) == ({} if code else {"o": DATA})


def test_requests_for_the_rest_come_to_an_end(swift: FakeSwift, ostk: Run) -> None:
    cut(swift, "/c/o", 1, times=1)
    cut(swift, "/c/o", 0)
    assert ostk("object save c o").exit_code == 1
    assert len(ranges(swift)) == object_data.RETRIES + 1
