"""The practice cloud over HTTP: host names and malformed requests."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator

import pytest

from ostk.sandbox.server import Server, listen

from .conftest import Practice

HOST = b"Host: localhost\r\n"


@pytest.fixture
def server() -> Iterator[Server]:
    one = listen(0)
    thread = threading.Thread(target=one.serve_forever, args=(0.05,))
    thread.start()
    yield one
    one.shutdown()
    one.server_close()
    thread.join()


def status(server: Server, data: bytes) -> int:
    """Send bytes and return the status in the first line or the page of the response."""
    with socket.create_connection(("127.0.0.1", server.server_port), timeout=10) as connection:
        connection.sendall(data)
        connection.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    found = re.search(rb"HTTP/1.0 (\d+) |Error code: (\d+)", answer)
    assert found, answer[:200]
    return int(found[1] or found[2])


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("localhost", 200),
        ("LocalHost:8700", 200),
        ("127.0.0.1:1", 200),
        ("evil.example", 421),
        ("evil.example:8700", 421),
        ("127.0.0.1.evil.example", 421),
        ("localhost.evil.example", 421),
        ("localhost@evil.example", 421),
        ("", 421),
    ],
)
def test_requests_to_other_host_names_get_421(server: Server, host: str, expected: int) -> None:
    assert status(server, f"GET /identity/v3 HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()) == expected


def test_a_request_without_a_host_is_accepted(server: Server) -> None:
    assert status(server, b"GET /identity/v3 HTTP/1.0\r\n\r\n") == 200


def post(length: bytes, body: bytes) -> bytes:
    return b"POST /identity/v3/auth/tokens HTTP/1.1\r\n" + HOST + length + b"\r\n\r\n" + body


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"GET\r\n\r\n", 400),
        (b"\x16\x03\x01\x00\xa5\r\n", 400),
        (b"GET / HTTP/9.9\r\n\r\n", 505),
        (b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\nX: " + b"y" * 70_000 + b"\r\n\r\n", 431),
        (b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 200 + b"\r\n", 431),
        (b"FOO /identity/v3 HTTP/1.1\r\n" + HOST + b"\r\n", 401),
        (b"GET * HTTP/1.1\r\n" + HOST + b"\r\n", 404),
        (b"GET /identity/%00%ff/../x HTTP/1.1\r\n" + HOST + b"\r\n", 401),
        (post(b"Content-Length: abc", b"{}"), 400),
        (post(b"Content-Length: -5", b"{}"), 400),
        (post(b"Content-Length: 99999999999999999999", b"{}"), 400),
        (post(b"Content-Length: 10", b"{}"), 400),
        (post(b"Transfer-Encoding: chunked", b"zz\r\n"), 400),
        (post(b"Transfer-Encoding: chunked", b"-5\r\n{}"), 400),
        (post(b"Transfer-Encoding: chunked", b"5\r\n{}"), 400),
        (post(b"Content-Length: 100000", b"[" * 100_000), 400),
        (post(b"Content-Length: 1", b"{"), 400),
        (post(b"Content-Length: 4", b"null"), 400),
        (post(b"Content-Length: 2", b"\xff\xfe"), 400),
    ],
)
def test_malformed_requests(server: Server, capfd: pytest.CaptureFixture[str], data: bytes, expected: int) -> None:
    assert status(server, data) == expected
    assert status(server, b"GET /identity/v3 HTTP/1.1\r\n" + HOST + b"\r\n") == 200
    assert capfd.readouterr() == ("", "")


def test_values_of_the_wrong_type_get_400(
    server: Server, practice: Practice, capfd: pytest.CaptureFixture[str]
) -> None:
    token = b"X-Auth-Token: " + practice.token().encode() + b"\r\n"
    for path, body in (
        (b"/network/v2.0/networks", b'{"network": {"name": {}, "admin_state_up": [], "mtu": 1e999}}'),
        (b"/compute/v2.1/servers", b'{"server": {"name": "x", "flavorRef": {"a": 1}, "imageRef": [1], "networks": 5}}'),
        (b"/compute/v2.1/servers", b'{"server": []}'),
    ):
        length = b"Content-Length: %d\r\n\r\n" % len(body)
        assert status(server, b"POST " + path + b" HTTP/1.1\r\n" + HOST + token + length + body) in (201, 400, 404)
    assert "Traceback" not in capfd.readouterr().err
