"""Bodies of requests: files that change while they are sent, and data without a length."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator

import pytest

from ostk.errors import FileError
from ostk.http.client import Http
from ostk.http.upload import CHUNK, Upload

from ..auth.scripted_keystone import settings
from .local_server import Answer, LocalServer, ReceivedRequest

OK: Answer = (200, {}, {"ok": True})
Serve = Callable[[Callable[[ReceivedRequest], Answer | None]], LocalServer]


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    running: list[LocalServer] = []
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)

    def start(answer: Callable[[ReceivedRequest], Answer | None]) -> LocalServer:
        running.append(LocalServer(answer))
        return running[-1]

    yield start
    for one in running:
        one.close()


def http() -> Http:
    return Http(settings(), lambda refused: "new" if refused else "old")


def test_a_file_that_grows_is_sent_as_it_was() -> None:
    file = io.BytesIO(b"a" * CHUNK + b"b")
    pieces = iter(Upload(file))
    assert next(pieces) == b"a" * CHUNK
    file.seek(0, io.SEEK_END)
    file.write(b"more")
    file.seek(CHUNK)
    assert list(pieces) == [b"b"]


def test_a_file_that_shrinks_cannot_be_sent() -> None:
    file = io.BytesIO(b"a" * CHUNK + b"b")
    pieces = iter(Upload(file))
    next(pieces)
    file.truncate(CHUNK)
    with pytest.raises(FileError, match=r"The file became shorter while it was read\."):
        next(pieces)


def test_pieces_of_any_size_are_sent_in_chunks(serve: Serve) -> None:
    local = serve(lambda asked: OK)
    pieces = [b"a", b"", b"b" * 70000, b"c" * 70000, b"d"]
    http().request("PUT", local.url, content=iter(pieces))
    http().request("PUT", local.url, content=iter([b""]))
    assert [one.body for one in local.asked] == [b"".join(pieces), b""]
