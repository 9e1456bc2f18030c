"""Downloads of image data that break off: continued in the same command and by the next one, and never mixed."""

from __future__ import annotations

import errno
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from ostk.image.image_data import RETRIES
from ostk.interrupt import Interrupted

from ..conftest import Run
from ..fake_cloud import FakeCloud

MiB = 1 << 20
DATA = bytes(range(256)) * 4096 + b"x" * (2 * MiB)  # 3 MiB
LINE = "image save one --file out.raw"
FILE = "GET /image/v2/images/one-id/file"


class Glance:
    """Gives image data, up to the next of `ends`, and all of it after those; `asked` has the ranges requested."""

    def __init__(self) -> None:
        self.asked: list[str | None] = []
        self.ends: list[int | BaseException | httpx.Response] = []
        self.ranges = True

    def __call__(self, request: httpx.Request) -> httpx.Response:
        wanted = request.headers.get("Range")
        self.asked.append(wanted)
        end = self.ends.pop(0) if self.ends else len(DATA)
        if isinstance(end, httpx.Response):
            return end
        start = int(wanted[6:-1]) if wanted and self.ranges else 0
        headers = {"Content-Range": f"bytes {start}-{len(DATA) - 1}/{len(DATA)}"} if start else {}
        return httpx.Response(206 if start else 200, headers=headers, content=self.body(start, end))

    def body(self, start: int, end: int | BaseException) -> Iterator[bytes]:
        stop = end if isinstance(end, int) else 2 * MiB
        for position in range(start, stop, MiB // 2):
            yield DATA[position : min(stop, position + MiB // 2)]
        if isinstance(end, BaseException):
            raise end
        if end < len(DATA):
            raise httpx.ReadError("cut")


@pytest.fixture
def glance(cloud: FakeCloud, pauses: None) -> Glance:
    found = Glance()
    cloud.answers["GET /image/v2/images?name=one"] = {"images": [image()]}
    cloud.answers[FILE] = found
    return found


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda seconds: None)


def image(**fields: Any) -> dict[str, Any]:
    hashed = {"os_hash_algo": "sha512", "os_hash_value": hashlib.sha512(DATA).hexdigest()}
    return {"id": "one-id", "name": "one", "status": "active", "size": len(DATA), **hashed, **fields}


def parts(directory: Path) -> list[Path]:
    return [*directory.glob("out.raw.*")]


def broken(glance: Glance, end: int = 2 * MiB) -> None:
    """Let every connection of a command break; those after the first bring nothing."""
    glance.ends = [end] * (RETRIES + 1)


def test_a_broken_download_is_continued_at_once(glance: Glance, ostk: Run, tmp_path: Path) -> None:
    glance.ends = [MiB, MiB, 2 * MiB]
    assert ostk(LINE).exit_code == 0
    assert (tmp_path / "out.raw").read_bytes() == DATA
    assert glance.asked == [None, f"bytes={MiB}-", f"bytes={MiB}-", f"bytes={2 * MiB}-"]


def test_the_next_command_continues(glance: Glance, ostk: Run, tmp_path: Path) -> None:
    broken(glance)
    result = ostk(LINE)
    assert result.exit_code == 1
    (part,) = parts(tmp_path)
    assert f"{2 * MiB} bytes are kept in out.raw." in result.output
    assert "the same command goes on from there." in result.output
    glance.asked = []
    assert ostk(LINE).exit_code == 0
    assert (glance.asked, (tmp_path / "out.raw").read_bytes()) == ([f"bytes={2 * MiB}-"], DATA)
    assert not part.exists()


@pytest.mark.parametrize("status", [400, 416])
def test_a_store_without_ranges_gives_everything(glance: Glance, ostk: Run, tmp_path: Path, status: int) -> None:
    glance.ends = [MiB, httpx.Response(status, json={})]
    assert ostk(LINE).exit_code == 0
    assert (glance.asked, (tmp_path / "out.raw").read_bytes()) == ([None, f"bytes={MiB}-", None], DATA)


def test_a_service_may_ignore_ranges(glance: Glance, ostk: Run, tmp_path: Path) -> None:
    glance.ends, glance.ranges = [3 * MiB // 2], False
    assert ostk(LINE).exit_code == 0
    assert (tmp_path / "out.raw").read_bytes() == DATA


def test_an_overloaded_service_is_asked_again(glance: Glance, ostk: Run, tmp_path: Path) -> None:
    glance.ends = [MiB, httpx.Response(503, json={})]
    assert ostk(LINE).exit_code == 0
    assert (tmp_path / "out.raw").read_bytes() == DATA


def test_a_part_of_other_data_is_not_continued(glance: Glance, cloud: FakeCloud, ostk: Run, tmp_path: Path) -> None:
    broken(glance)
    ostk(LINE)
    glance.asked = []
    other = image(id="two-id", name="two")
    cloud.answers["GET /image/v2/images?name=two"] = {"images": [other]}
    cloud.answers["GET /image/v2/images/two-id/file"] = glance
    assert ostk("image save two --file out.raw").exit_code == 0
    assert glance.asked == [None]


def test_a_damaged_part_is_removed(glance: Glance, ostk: Run, tmp_path: Path) -> None:
    broken(glance)
    ostk(LINE)
    (part,) = parts(tmp_path)
    part.write_bytes(b"?" * 2 * MiB)
    result = ostk(LINE)
    assert (result.exit_code, "its sha512 differs" in result.output) == (1, True), result.output
    assert [*tmp_path.glob("out.raw*")] == []


def test_a_part_that_is_too_large_is_written_anew(glance: Glance, ostk: Run, tmp_path: Path) -> None:
    broken(glance)
    ostk(LINE)
    (part,) = parts(tmp_path)
    part.write_bytes(b"?" * 4 * MiB)
    assert ostk(LINE).exit_code == 0
    assert (tmp_path / "out.raw").read_bytes() == DATA


@pytest.mark.parametrize("fields", [{"os_hash_value": None}, {"size": None}])
def test_data_that_cannot_be_verified_is_not_continued(
    glance: Glance, cloud: FakeCloud, ostk: Run, tmp_path: Path, fields: dict[str, Any]
) -> None:
    cloud.answers["GET /image/v2/images?name=one"] = {"images": [image(**fields)]}
    broken(glance)
    assert ostk(LINE).exit_code == 1
    assert parts(tmp_path) == []


def test_little_data_is_not_kept(glance: Glance, ostk: Run, tmp_path: Path) -> None:
    broken(glance, MiB // 2)
    assert ostk(LINE).exit_code == 1
    assert parts(tmp_path) == []


def test_ctrl_c_says_what_is_kept(glance: Glance, ostk: Run, tmp_path: Path) -> None:
    glance.ends = [Interrupted()]
    result = ostk(LINE)
    assert (result.exit_code, f"{2 * MiB} bytes are kept in out.raw." in result.stderr) == (130, True), result.output
    (part,) = parts(tmp_path)
    assert part.stat().st_size == 2 * MiB


def test_a_full_disk_keeps_what_was_written(
    glance: Glance, ostk: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = 0

    def full(pieces: Iterator[bytes], file: Any, check: Any, transfer: Any) -> None:
        nonlocal written
        for piece in pieces:
            check.add(piece)
            file.write(piece)
            written += len(piece)
            if written > MiB:
                raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("ostk.image.transfer.receive", full)
        result = ostk(LINE)
    assert (result.exit_code, "out.raw cannot be written: No space left on device." in result.output) == (1, True)
    assert "Free space there, or write to another disk." in result.output
    assert "the same command goes on from there" in result.output
    assert ostk(LINE).exit_code == 0
    assert (tmp_path / "out.raw").read_bytes() == DATA


def test_progress_for_programs(glance: Glance, ostk: Run) -> None:
    result = ostk(f"{LINE} --progress json")
    (event,) = [one for one in map(json.loads, result.stderr.splitlines()) if one["event"] == "file"]
    assert (event["name"], event["bytes_done"], event["status"]) == ("one", len(DATA), "done")
