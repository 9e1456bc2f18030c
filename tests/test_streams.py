"""Data that is read from files and pipes to be sent."""

from __future__ import annotations

import hashlib
import io
import os
import threading
from pathlib import Path

import pytest

from ostk.errors import FileError
from ostk.http.upload import CHUNK, Upload
from ostk.streams import LARGE, Hash, Source


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a file of two pieces."""
    path = tmp_path / "data"
    path.write_bytes(b"a" * CHUNK + b"b")
    return path


@pytest.mark.parametrize("size", [CHUNK + 1, 1, CHUNK * 3])
def test_a_file_that_changes_is_not_sent_to_its_end(path: Path, size: int) -> None:
    with path.open("rb") as file:
        pieces = iter(Upload(Source(file, "data")))  # type: ignore[arg-type]
        next(pieces)
        os.truncate(path, size)
        os.utime(path, (1, 1))
        with pytest.raises(FileError, match=r"data changed while it was read\."):
            next(pieces)


def test_data_that_is_read_again_counts_once(path: Path) -> None:
    counted: list[int] = []
    with path.open("rb") as file:
        source = Source(file, "data")
        source.add = counted.append
        upload = Upload(source)  # type: ignore[arg-type]
        for _ in range(2):
            assert sum(map(len, upload)) == CHUNK + 1
    assert sum(counted) == CHUNK + 1


def test_a_source_without_a_file_is_read() -> None:
    source = Source(io.BytesIO(b"data"), "memory")
    assert (source.size, b"".join(source)) == (4, b"data")


@pytest.mark.parametrize("sizes", [[], [0], [5], [LARGE], [3, LARGE, 2 * LARGE, 1, LARGE - 1]])
def test_a_hash_of_pieces_of_any_size(sizes: list[int]) -> None:
    one, whole = Hash("md5"), hashlib.md5(usedforsecurity=False)
    for number, size in enumerate(sizes):
        data = bytes([number]) * size
        one.update(data)
        whole.update(data)
    assert one.hexdigest() == whole.hexdigest() == one.hexdigest()


def test_large_pieces_are_hashed_in_a_thread_and_in_order() -> None:
    seen: list[int] = []
    received = threading.Event()

    class Slow:
        def update(self, data: bytes) -> None:
            assert data[0] != ord("a") or received.wait(30)
            seen.append(data[0])

    one = Hash("md5")
    one.hash = Slow()
    one.update(b"a" * LARGE)
    assert seen == []
    received.set()
    one.update(b"b" * LARGE)
    one.update(b"c")
    assert seen == [ord("a"), ord("b"), ord("c")]
