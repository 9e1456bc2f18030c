"""Connection errors: messages with the host, the cause and a hint."""

from __future__ import annotations

import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ostk.errors import ConfigError, ConnectionFailed
from ostk.http import tls
from ostk.http.client import Http
from ostk.http.connection_errors import host_port, message_url
from ostk.interrupt import Interrupted

from ..auth.scripted_keystone import settings
from .local_server import CERTIFICATE, LocalServer


@pytest.fixture
def secure() -> Iterator[LocalServer]:
    """Return a server with an untrusted certificate for localhost."""
    local = LocalServer(lambda asked: (200, {}, {"ok": True}), tls=True)
    yield local
    local.close()


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    for name in (*tls.BUNDLES, "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


def get(url: str, **given: Any) -> Any:
    http = Http(settings(**given), lambda refused: "T1")
    try:
        return http.json(http.request("GET", url))
    finally:
        http.close()


def failure(url: str, **given: Any) -> ConnectionFailed:
    with pytest.raises(ConnectionFailed) as caught:
        get(url, **given)
    assert "\n" not in caught.value.message + caught.value.hint
    return caught.value


def named(local: LocalServer) -> str:
    return local.url.replace("127.0.0.1", "localhost")


def test_trusted_certificate(secure: LocalServer, monkeypatch: pytest.MonkeyPatch) -> None:
    assert get(named(secure), cacert=CERTIFICATE) == {"ok": True}
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", CERTIFICATE)
    assert get(named(secure)) == {"ok": True}


@pytest.mark.parametrize("given", [{"insecure": True}, {"verify": False}, {"insecure": "1", "cacert": "/nowhere"}])
def test_check_left_out(secure: LocalServer, given: dict[str, Any]) -> None:
    assert get(secure.url, **given) == {"ok": True}


@pytest.mark.parametrize("hashed", [True, False])
def test_unknown_certificate(
    secure: LocalServer, hashed: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if hashed:
        (tmp_path / "0.0").write_text("")
    monkeypatch.setattr(tls, "HASHED", str(tmp_path))
    error = failure(named(secure))
    assert f"certificate of localhost:{secure.port} is not trusted: self" in error.message
    assert "cacert.pem" in error.hint
    assert (str(tmp_path) in error.hint) is hashed
    assert "--os-cacert" in error.hint
    assert "--insecure" in error.hint
    assert secure.asked == []


def test_certificate_for_another_name(secure: LocalServer) -> None:
    error = failure(secure.url, cacert=CERTIFICATE)
    assert "is not for the name 127.0.0.1" in error.message


@pytest.mark.parametrize("key", ["cacert", "cert"])
def test_files_that_cannot_be_used(key: str, tmp_path: Path) -> None:
    (tmp_path / "empty.pem").write_text("nothing")
    for name, why in (("absent.pem", "No such file"), ("empty.pem", "the file has no|the files are no")):
        with pytest.raises(ConfigError, match=rf"{name} \(OS_{key.upper()}\) cannot be used: ({why})"):
            get("https://127.0.0.1:1/", **{key: str(tmp_path / name)})


def test_nothing_is_read_for_plain_http(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*args: Any, **more: Any) -> None:
        raise AssertionError

    monkeypatch.setattr(ssl.SSLContext, "load_verify_locations", never)
    local = LocalServer(lambda asked: (200, {}, {"ok": True}))
    assert get(local.url, cacert="/nowhere") == {"ok": True}
    local.close()


def test_https_request_to_an_http_port(secure: LocalServer) -> None:
    plain = LocalServer(lambda asked: (200, {}, {}))
    url = plain.url.replace("http", "https")
    error = failure(f"{url}/v3?secret=1")
    assert error.message == f"127.0.0.1:{plain.port} uses http, not https."
    assert error.hint == f"Use {plain.url}/v3."
    plain.close()


def test_http_request_to_an_https_port(secure: LocalServer) -> None:
    error = failure(secure.url.replace("https", "http"))
    assert f"127.0.0.1:{secure.port} failed" in error.message
    assert error.hint == f"If the service uses https: {secure.url}"
    nginx = LocalServer(
        lambda asked: (400, {"Content-Type": "text/html"}, b"The plain HTTP request was sent to HTTPS port")
    )
    error = failure(f"{nginx.url}/v3")
    assert error.message == f"127.0.0.1:{nginx.port} speaks https, not http."
    assert error.hint == f"Use https://127.0.0.1:{nginx.port}/v3."
    nginx.close()


def listening(answer: bytes) -> tuple[socket.socket, int]:
    """Return a socket that answers any request with these bytes."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                one, _ = server.accept()
            except OSError:
                return
            one.recv(65536)
            one.sendall(answer)
            one.close()

    threading.Thread(target=serve, daemon=True).start()
    return server, server.getsockname()[1]


def test_a_tls_alert_in_place_of_an_answer() -> None:
    server, port = listening(b"\x15\x03\x03\x00\x02\x02\x46")
    error = failure(f"http://127.0.0.1:{port}/v3")
    assert error.message == f"127.0.0.1:{port} does not use http."
    assert error.hint == f"Try https: https://127.0.0.1:{port}/v3"
    server.close()


def test_in_tls_too_an_answer_has_a_deadline_and_can_be_broken_off(secure: LocalServer) -> None:
    held = threading.Event()

    def pieces() -> Iterator[bytes]:
        while not held.wait(0.05):
            yield b" "

    slow = LocalServer(lambda asked: (200, {"Content-Length": "100000"}, pieces()), tls=True)
    assert "after 0.4 seconds" in failure(slow.url, verify=False, api_timeout="0.4").message
    http, raised = Http(settings(verify=False), lambda refused: "T1"), list[BaseException]()

    def ask() -> None:
        try:
            http.request("GET", slow.url)
        except BaseException as error:
            raised.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    while len(slow.asked) < 2:
        held.wait(0.01)
    http.stop()
    thread.join(5)
    held.set()
    slow.close()
    assert [type(error) for error in raised] == [Interrupted]


def test_connection_refused() -> None:
    server, port = listening(b"")
    server.close()
    error = failure(f"http://127.0.0.1:{port}/v3")
    assert error.message == f"Connection to 127.0.0.1:{port} refused."
    assert error.hint.endswith(f"http://127.0.0.1:{port}/v3")


def test_unknown_host(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def resolve(*args: Any, **more: Any) -> Any:
        asked.append(args)
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    error = failure("http://cloud.invalid:5000/v3")
    assert error.message == "Cannot resolve the host name cloud.invalid (name or service not known)."
    assert len(asked) == 1


def test_proxy_that_refuses_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    server, port = listening(b"")
    server.close()
    monkeypatch.setenv("HTTP_PROXY", f"http://me:secret@127.0.0.1:{port}")
    error = failure("http://cloud.example.com/v3")
    assert (
        error.message
        == f"Cannot connect to cloud.example.com:80 through the proxy 127.0.0.1:{port}: connection refused."
    )
    assert "HTTP_PROXY sets the proxy" in error.hint
    closed = LocalServer(lambda asked: (407, {}, {"error": {"message": "Log in."}}))
    monkeypatch.setenv("HTTP_PROXY", closed.url)
    assert "requires authentication" in failure("http://cloud.example.com/v3").message
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    local = LocalServer(lambda asked: (200, {}, {"ok": True}))
    assert get(local.url) == {"ok": True}
    local.close()
    closed.close()


def test_a_proxy_with_an_https_url(monkeypatch: pytest.MonkeyPatch) -> None:
    server, port = listening(b"HTTP/1.0 400 Bad Request\r\n\r\n")
    monkeypatch.setenv("ALL_PROXY", f"https://127.0.0.1:{port}")
    asked = "--os-auth-url http://cloud.example.com/v3 --os-username a --os-password b --no-cache token issue"
    # In a process of its own: here certifi may have been imported already.
    ostk = [sys.executable, "-m", "ostk", *asked.split()]
    done = subprocess.run(ostk, capture_output=True, text=True, check=False)
    server.close()
    assert f": Cannot connect to cloud.example.com:80 through the proxy https://127.0.0.1:{port}: " in done.stderr


@pytest.mark.parametrize("proxy", ["nonsense://x", "http://[::1", "socks5://127.0.0.1:1"])
def test_proxies_that_cannot_be_used(monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    monkeypatch.setenv("ALL_PROXY", proxy)
    with pytest.raises(ConfigError, match="proxy in the environment cannot be used"):
        get("http://cloud.example.com/")


START = b"HTTP/1.1 200 OK\r\n"
NO_ANSWERS = [
    b"",
    b"hello\r\n\r\n",
    START + b"Content-Length: x\r\n\r\n",
    START + b"\xff: \r\n\r\n",
    START + b"Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
]


@pytest.mark.parametrize("answer", NO_ANSWERS)
def test_answers_that_are_none(answer: bytes) -> None:
    server, port = listening(answer)
    message = failure(f"http://127.0.0.1:{port}/").message
    assert f"127.0.0.1:{port}" in message
    server.close()


def test_addresses_for_people_hold_no_secrets() -> None:
    assert message_url("https://me:pw@c:5000/v3/x?temp_url_sig=1#y") == "https://c:5000/v3/x"
    assert (host_port("https://c/v3"), host_port("http://[::1]:5000/"), host_port("http://c:bad/")) == (
        "c:443",
        "[::1]:5000",
        "c:80",
    )
