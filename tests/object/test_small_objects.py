"""Many small objects, sent over a few connections in one thread: whatever is not plain ends as it does for one."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from ostk.http import many
from ostk.http.client import Http
from ostk.parallel import WORKERS

from ..conftest import Run
from ..http.local_server import CERTIFICATE, Answer, ReceivedRequest
from .fake_swift import CUT, ROOT, FakeSwift, md5

NAMES = [f"o{number:02}" for number in range(40)]
FILES = " ".join(NAMES)


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a directory with 40 files, in which the commands run; there are no pauses between tries."""
    monkeypatch.setattr(Http, "sleep", lambda self, seconds: self.check_interrupt())
    for name in NAMES:
        tmp_path.joinpath(name).write_text(f"data of {name}")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def swift(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeSwift]:
    """Start an object store with a container `full` of 40 objects; it is the cloud that commands use."""
    store = FakeSwift(containers="c full")
    for name, value in store.environment.items():
        monkeypatch.setenv(name, value)
    for name in NAMES:
        store.put("full", name, f"data of {name}".encode())
    yield store
    store.local.close()


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the method and the path of each request that is sent by itself."""
    found: list[str] = []
    send = Http._send_once

    def noted(self: Http, request: object, *rest: object) -> object:
        found.append(f"{request.method} {request.url.path.removeprefix(ROOT)}")  # type: ignore[attr-defined]
        return send(self, request, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Http, "_send_once", noted)
    return found


def answers(name: str, *given: Answer) -> Callable[[ReceivedRequest], Answer | None]:
    """Return a fault: these answers to the first requests for an object."""
    left = iter(given)
    return lambda asked: next(left, None) if asked.path.endswith(f"/{name}") else None


def stored(swift: FakeSwift) -> dict[str, bytes]:
    """Return the data of the objects in the container `c`, by name."""
    return {name: one.data for name, one in swift.objects["c"].items()}


ALL = {name: f"data of {name}".encode() for name in NAMES}


def test_each_file_is_one_request(swift: FakeSwift, ostk: Run, alone: list[str]) -> None:
    result = ostk(f"object create c {FILES} --content-type text/x-test -f json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout) == [
        {"object": name, "container": "c", "etag": md5(data)} for name, data in ALL.items()
    ]
    assert stored(swift) == ALL
    assert not [line for line in alone if line.startswith("PUT")]
    puts = [one for one in swift.local.asked if one.method == "PUT"]
    assert len(puts) == len(NAMES)
    assert {(one.headers["content-type"], one.headers["etag"]) for one in puts} == {
        ("text/x-test", md5(data)) for data in ALL.values()
    }


def test_small_objects_over_tls(ostk: Run, monkeypatch: pytest.MonkeyPatch, files: Path, alone: list[str]) -> None:
    store = FakeSwift(tls=True)
    for name, value in {**store.environment, "OS_CACERT": CERTIFICATE}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(many, "PIECE", 7)
    assert ostk(f"object create c {FILES}").exit_code == 0
    assert stored(store) == ALL
    assert ostk("container save c --directory copy").exit_code == 0
    assert {name: (files / "copy" / name).read_bytes() for name in NAMES} == ALL
    assert not [line for line in alone if "/c/o" in line]
    store.local.close()


def test_few_files_are_sent_each_by_itself(swift: FakeSwift, ostk: Run, alone: list[str]) -> None:
    few = NAMES[: many.FEWEST - 1]
    assert ostk(f"object create c {' '.join(few)}").exit_code == 0
    assert sorted(line for line in alone if line.startswith("PUT")) == [f"PUT /c/{name}" for name in few]


@pytest.mark.parametrize("option", ["--debug", "--timing", "--curl"])
def test_requests_that_are_shown_are_sent_each_by_itself(
    swift: FakeSwift, ostk: Run, alone: list[str], option: str
) -> None:
    result = ostk(f"object create {option} c {FILES}")
    assert result.exit_code == 0, result.output
    for name in NAMES:
        assert f"{ROOT}/c/{name}" in result.stderr + result.stdout
    assert len(stored(swift)) == (0 if option == "--curl" else len(NAMES))


@pytest.mark.parametrize(
    "answer",
    [
        (503, {}, b"busy"),
        (408, {}, b"slow"),
        (201, {"Etag": "0" * 32}, b""),
        (201, {"Transfer-Encoding": "chunked", "Content-Length": "0", "Etag": md5("data of o03")}, b""),
        CUT,
    ],
    ids=["busy", "slow", "damaged", "malformed", "cut"],
)
def test_a_file_whose_answer_is_not_plain_is_sent_again(swift: FakeSwift, ostk: Run, answer: Answer) -> None:
    swift.faults.append(answers("o03", answer))
    result = ostk(f"object create c {FILES}")
    assert result.exit_code == 0, result.output
    assert stored(swift) == ALL


def test_a_token_that_expires_is_renewed(swift: FakeSwift, ostk: Run) -> None:
    swift.faults.append(answers("o20", (401, {}, b"")))
    assert ostk(f"object create c {FILES}").exit_code == 0
    assert stored(swift) == ALL


def test_a_refused_file_is_named_and_the_others_are_stored(swift: FakeSwift, ostk: Run) -> None:
    swift.faults.append(lambda asked: (413, {}, b"too large") if asked.path.endswith("/o05") else None)
    result = ostk(f"object create c {FILES}")
    assert result.exit_code == 1
    assert "Failed to upload object 'o05'" in result.stderr
    assert "1 of 40 objects failed to upload" in result.stderr
    assert stored(swift) == {name: data for name, data in ALL.items() if name != "o05"}


def test_a_missing_container_is_told_once(swift: FakeSwift, ostk: Run) -> None:
    result = ostk(f"object create absent {FILES}")
    assert result.exit_code == 1
    assert "absent" in result.stderr
    assert len([one for one in swift.local.asked if one.method == "PUT"]) <= len(NAMES) + WORKERS


def test_a_connection_that_the_server_closes_after_each_answer(swift: FakeSwift, ostk: Run, alone: list[str]) -> None:
    def closing(asked: ReceivedRequest) -> Answer | None:
        if asked.method != "PUT":
            return None
        swift.put("c", asked.path.rpartition("/")[2], asked.body)
        return 201, {"Connection": "close", "Content-Length": "0", "Etag": asked.headers["etag"]}, b""

    swift.faults.append(closing)
    assert ostk(f"object create c {FILES}").exit_code == 0
    assert stored(swift) == ALL
    assert not [line for line in alone if line.startswith("PUT")]


def test_each_small_object_is_saved_with_one_request(
    swift: FakeSwift, ostk: Run, files: Path, alone: list[str]
) -> None:
    result = ostk("container save full")
    for name in NAMES:
        (files / name).unlink()
    result = ostk("container save full")
    assert result.exit_code == 0, result.output
    assert {name: (files / name).read_bytes() for name in NAMES} == ALL
    assert len([one for one in swift.lines("GET") if one.startswith("full/o")]) == 2 * len(NAMES)
    assert not [line for line in alone if "/full/o" in line]
    assert sorted(path.name for path in files.iterdir() if path.is_file()) == NAMES


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((200, {"Etag": md5("other")}, b"data of o07"), "o07"),
        ((200, {"Etag": md5("data of o07")}, b"data of o"), "o07"),
        ((404, {}, b""), "o07"),
    ],
    ids=["damaged", "short", "gone"],
)
def test_an_object_that_cannot_be_saved_is_named(
    swift: FakeSwift, ostk: Run, files: Path, answer: Answer, words: str
) -> None:
    for name in NAMES:
        (files / name).unlink()
    swift.faults.append(lambda asked: answer if asked.path.endswith("/o07") else None)
    result = ostk("container save full")
    assert result.exit_code == 1
    assert words in result.stderr
    assert "1 of 40 objects failed to save" in result.stderr
    assert {path.name: path.read_bytes() for path in files.iterdir() if path.is_file()} == {
        name: data for name, data in ALL.items() if name != "o07"
    }


def test_manifests_and_encoded_data_among_small_objects(swift: FakeSwift, ostk: Run, files: Path) -> None:
    swift.put("full", "manifest", b"", **{"x-object-manifest": "full/o0"})
    assert ostk("container save full").exit_code == 0
    assert (files / "manifest").read_bytes() == b"".join(ALL[name] for name in NAMES[:10])


def test_a_large_manifest_among_small_objects_is_not_received_in_memory(
    swift: FakeSwift, ostk: Run, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parse, held = many.parse, list[int]()

    def noted(received: bytes) -> many.Answer | None:
        held.append(len(received))
        return parse(received)

    monkeypatch.setattr(many, "parse", noted)
    for number in range(10):
        swift.put("parts", f"{number}", b"x" * many.LARGEST)
    swift.put("full", "manifest", b"", **{"x-object-manifest": "parts/"})
    assert ostk("container save full").exit_code == 0
    assert (files / "manifest").stat().st_size == 10 * many.LARGEST
    assert max(held) <= many.LARGEST + many.PIECE


@pytest.mark.parametrize(
    "received",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % (many.LARGEST + 1),
        b"HTTP/1.1 200 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nab",
        b"HTTP/1.1 200 OK\r\nno header\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n folded\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 abc OK\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n",
        b"\r\n\r\n",
        b"x" * (many.LARGEST_HEAD + 1),
    ],
)
def test_a_response_that_is_not_plain_is_rejected(received: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # no one reads the message
        many.parse(received)


@pytest.mark.parametrize("answered", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"], ids=["idle", "answered"])
def test_a_connection_that_is_closed_before_the_next_request_is_left(answered: bytes) -> None:
    near, far = socket.socketpair()
    taken: list[many.Answer] = []

    def take(answer: many.Answer) -> bool:
        taken.append(answer)
        return True

    requests = iter([(b"request", take)] * 3)
    wires: list[Any] = [SimpleNamespace(socket=near)]
    exchanges = many.Exchanges(requests, lambda: wires[0])
    if answered:
        begin = many.Exchange.begin

        def closing(self: many.Exchange, *given: Any) -> int:
            events = begin(self, *given)
            if not taken:
                far.sendall(answered)
                far.close()
            return events

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(many.Exchange, "begin", closing)
            assert exchanges.run(wires, 1) == []
    else:
        far.close()
        assert exchanges.run(wires, 1) == []
    assert len(taken) == bool(answered)
    assert near.fileno() == -1


def test_a_response_is_complete_with_its_last_byte() -> None:
    whole = b"HTTP/1.1 200 OK\r\nETag: a\r\nX-Empty:\r\nContent-Length: 3\r\n\r\nabc"
    assert [many.parse(whole[:size]) for size in range(len(whole))] == [None] * len(whole)
    answer = many.parse(whole)
    assert answer
    assert (answer.status, answer.body, answer.headers.get("Etag"), "X-EMPTY" in answer.headers) == (
        200,
        b"abc",
        "a",
        True,
    )
