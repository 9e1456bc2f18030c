"""The direct transport gives what httpx's own gives, for answers of every shape and for every fault."""

from __future__ import annotations

import gzip
import socket
import ssl
import struct
import threading
import time
from contextlib import suppress
from typing import Any

import httpx
import pytest

from ostk.http.connections import Connections
from ostk.http.direct import DirectTransport

OK = b"HTTP/1.1 200 OK\r\n"
SIZED = OK + b"Content-Length: 2\r\n\r\nok"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
ZIPPED = gzip.compress(b"ok" * 50000)
# What a server sends on each connection, one entry for each request; then it closes the connection.
ANSWERS: dict[str, list[list[bytes]]] = {
    "sized": [[SIZED]],
    "until the end": [[OK + b"\r\nok"]],
    "HTTP/1.0": [[b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok"]],
    "no reason": [[b"HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok"]],
    "chunked": [[CHUNKED + b"1\r\no\r\n1;name=value\r\nk\r\n0\r\nTrailer: x\r\n\r\n"]],
    "gzip": [[OK + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(ZIPPED) + ZIPPED]],
    "no content": [[b"HTTP/1.1 204 No Content\r\n\r\n", SIZED]],
    "no content, chunked": [[b"HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n", SIZED]],
    "not modified": [[b"HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", SIZED]],
    "continue": [[b"HTTP/1.1 100 Continue\r\nX: 1\r\n\r\n" + SIZED]],
    "early hints": [[b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n" + SIZED]],
    "repeated header": [[OK + b"Set-Cookie: a=1\r\nSet-Cookie: b=2\r\nContent-Length: 0\r\n\r\n"]],
    "folded header": [[OK + b"X-Folded: one\r\n  two\r\n\tthree\r\nContent-Length: 0\r\n\r\n"]],
    "header in Latin-1": [[OK + b"X-Name: caf\xe9\r\nContent-Length: 0\r\n\r\n"]],
    "empty header": [[OK + b"X-Empty:\r\nX-Spaces:  x \r\nContent-Length: 0\r\n\r\n"]],
    "error": [[b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 2\r\n\r\nno"]],
    "kept open": [[SIZED, SIZED]],
    "closed when it is told": [[OK + b"Connection: close\r\nContent-Length: 2\r\n\r\nok"], [SIZED]],
    "gone stale": [[SIZED], [SIZED]],
    "more than the length": [[SIZED + b"surplus", b"open"], [SIZED]],
    "nothing": [[b""]],
    "no HTTP": [[b"hello\r\n\r\n"]],
    "TLS": [[b"\x15\x03\x03\x00\x02\x02\x46"]],
    "cut in the status": [[b"HTTP/1.1 2"]],
    "cut in the headers": [[OK + b"Content-Length: 2\r\n"]],
    "cut in the body": [[OK + b"Content-Length: 3\r\n\r\nok"]],
    "cut in a chunk": [[CHUNKED + b"5\r\nok"]],
    "cut between chunks": [[CHUNKED + b"2\r\nok\r\n"]],
    "no size of a chunk": [[CHUNKED + b"x\r\nok\r\n"]],
    "length that is no number": [[OK + b"Content-Length: x\r\n\r\nok"]],
    "negative length": [[OK + b"Content-Length: -1\r\n\r\nok"]],
    "two lengths": [[OK + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\nokk"]],
    "line that is no header": [[OK + b"what\r\nContent-Length: 2\r\n\r\nok"]],
    "endless header": [[OK + b"X: " + b"x" * 200000]],
    "damaged gzip": [[OK + b"Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc"]],
    "silent": [[b"", b"silent"]],
    "silent in the body": [[OK + b"Content-Length: 9\r\n\r\nok", b"silent"]],
    "reset": [[SIZED, b"reset"], [SIZED]],
    "reset in the body": [[OK + b"Content-Length: 9\r\n\r\nok", b"reset"]],
}
"""After the last answer the server closes the connection; with "silent" it waits, with "reset" it resets it."""


BETTER = "more than the length"  # httpx keeps a connection whose next answer nobody can trust


class RawServer:
    """A server that sends bytes as they are; `served` has the number of requests on each connection."""

    def __init__(self, answers: list[list[bytes]]) -> None:
        self.answers, self.ended = answers, threading.Event()
        self.served: list[int] = []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}/"
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self) -> None:
        for answers in self.answers:
            with suppress(OSError), self.socket.accept()[0] as one:
                self.served.append(0)
                for answer in answers:
                    self.send(one, answer)

    def send(self, one: socket.socket, answer: bytes) -> None:
        if answer == b"silent":
            self.ended.wait(5)
        elif answer == b"reset":
            self.ended.wait(0.05)
            one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        elif answer == b"open":
            one.recv(1)
        elif one.recv(65536):
            self.served[-1] += 1
            one.sendall(answer)

    def close(self) -> None:
        self.ended.set()
        self.socket.close()


def results(transport: httpx.BaseTransport, answers: list[list[bytes]], method: str) -> tuple[list[Any], list[int]]:
    """Return what the requests give, an answer or the name of an exception, and the requests of each connection."""
    server, given = RawServer(answers), list[Any]()
    requests = sum(answer not in (b"silent", b"reset", b"open") for part in answers for answer in part)
    with httpx.Client(transport=transport, timeout=1.0, trust_env=False) as client:
        for number in range(requests):
            if number:
                time.sleep(0.1)  # for the end of a connection to arrive
            try:
                answer = client.request(method, server.url)
                given.append((answer.status_code, answer.reason_phrase, answer.headers.raw, answer.content))
            except httpx.TransportError as error:
                given.append(type(error).__name__)
            except httpx.DecodingError as error:
                given.append(str(error))
    server.close()
    return given, server.served


def direct() -> DirectTransport:
    return DirectTransport(ssl.create_default_context, Connections(httpx.ReadTimeout))


@pytest.mark.parametrize("name", sorted(ANSWERS.keys() - {BETTER}))
def test_answers_and_faults_are_those_of_httpx(name: str) -> None:
    assert results(direct(), ANSWERS[name], "GET") == results(httpx.HTTPTransport(), ANSWERS[name], "GET")


@pytest.mark.parametrize("name", ["sized", "until the end", "cut in the headers", "not modified", "gone stale"])
def test_answers_without_a_body_are_those_of_httpx(name: str) -> None:
    assert results(direct(), ANSWERS[name], "HEAD") == results(httpx.HTTPTransport(), ANSWERS[name], "HEAD")


def test_a_connection_with_surplus_bytes_is_not_used_again() -> None:
    given, served = results(direct(), ANSWERS[BETTER], "GET")
    assert [one[3] for one in given] == [b"ok", b"ok"]
    assert served == [1, 1]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("nothing", "Remote end closed connection without response"),
        ("no HTTP", "malformed status line 'hello\\r\\n'"),
        ("TLS", r"malformed status line '\x15\x03\x03\x00\x02\x02F'"),
        ("endless header", "got more than 65536 bytes when reading header line"),
    ],
)
def test_text_of_a_fault(name: str, text: str) -> None:
    server = RawServer(ANSWERS[name])
    with httpx.Client(transport=direct(), trust_env=False) as client, pytest.raises(httpx.TransportError) as failed:
        client.get(server.url)
    server.close()
    assert str(failed.value) == text


def test_a_refused_connection() -> None:
    server = RawServer([])
    server.close()
    for transport in (direct(), httpx.HTTPTransport()):
        with pytest.raises(httpx.ConnectError), httpx.Client(transport=transport, trust_env=False) as client:
            client.get(server.url)


def test_names_are_looked_up_in_ascii(monkeypatch: pytest.MonkeyPatch) -> None:
    """A host given as text would be encoded by the codec idna (1 ms), in an older form than that of httpx."""
    asked: list[Any] = []

    def resolve(host: Any, *more: Any) -> Any:
        asked.append(host)
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with httpx.Client(transport=direct(), trust_env=False) as client:
        for url in ("http://cloud.invalid/", "http://fa\xdf.invalid/", "http://[::1]/"):
            with pytest.raises(httpx.ConnectError):
                client.get(url)
    assert asked == [b"cloud.invalid", b"xn--fa-hia.invalid", b"::1"]
