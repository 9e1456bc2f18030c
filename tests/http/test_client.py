"""The HTTP client: tokens, retries, redirects, answers, uploads."""

from __future__ import annotations

import io
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from email.utils import formatdate
from typing import Any

import httpx
import pytest

from ostk import __version__
from ostk.errors import ConfigError, Conflict, ConnectionFailed, HTTPError, HTTPNotFound
from ostk.http.client import Http, fetch_json
from ostk.http.lean import LeanClient
from ostk.http.retry import retry_after
from ostk.interrupt import Interrupted

from ..auth.scripted_keystone import settings
from .local_server import CERTIFICATE, Answer, LocalServer, ReceivedRequest

Serve = Callable[[Callable[[ReceivedRequest], Answer | None]], LocalServer]
OK: Answer = (200, {}, {"ok": True})


@pytest.fixture
def serve() -> Iterator[Serve]:
    running: list[LocalServer] = []

    def start(answer: Callable[[ReceivedRequest], Answer | None]) -> LocalServer:
        running.append(LocalServer(answer))
        return running[-1]

    yield start
    for one in running:
        one.close()


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return the list of pauses between tries, which are skipped."""
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    return waited


def client(token: str = "T1", **given: Any) -> Http:
    return Http(settings(**given), lambda refused: token)


def test_an_oauth2_access_token_goes_beside_the_token(serve: Serve) -> None:
    local = serve(series((401, {}, {}), OK))
    tokens = iter(["T1", "T2"])
    http = Http(settings(), lambda refused: next(tokens), bearer=lambda: "A1")
    assert http.json(http.request("GET", local.url)) == {"ok": True}
    assert [(one.token, one.headers["authorization"]) for one in local.asked] == [
        ("T1", "Bearer A1"),
        ("T2", "Bearer A1"),
    ]
    http.request("GET", local.url, authenticated=False)
    assert "authorization" not in local.asked[2].headers


def series(*answers: Answer | None) -> Callable[[ReceivedRequest], Answer | None]:
    """Return a function with scripted responses in order; the last one is repeated."""
    left = list(answers)
    return lambda asked: left.pop(0) if len(left) > 1 else left[0]


def test_a_request_carries_token_and_name_and_gives_json(serve: Serve) -> None:
    local = serve(series(OK))
    http = client()
    answer = http.request("get", f"{local.url}/a", params={"name": "x y"}, headers={"X-More": "1"})
    assert http.json(answer) == {"ok": True}
    one = local.asked[0]
    assert one.line == "GET /a?name=x+y" or one.line == "GET /a?name=x%20y"
    assert (one.token, one.headers["user-agent"], one.headers["x-more"]) == ("T1", f"ostk/{__version__}", "1")
    http.request("POST", local.url, json={"a": "ü"}, authenticated=False)
    assert local.asked[1].body == '{"a":"ü"}'.encode()
    assert local.asked[1].token == ""


def test_basic_authentication_goes_into_its_own_header(serve: Serve) -> None:
    local = serve(series(OK))
    client("Basic YTpi").request("GET", local.url)
    assert local.asked[0].headers["authorization"] == "Basic YTpi"
    assert local.asked[0].token == ""


def test_a_user_in_a_url_is_not_sent(serve: Serve) -> None:
    local = serve(series(OK))
    client().request("GET", local.url.replace("//", "//me:secret@"), authenticated=False)
    assert "authorization" not in local.asked[0].headers


def test_a_refused_token_is_renewed_once(serve: Serve) -> None:
    local = serve(lambda asked: OK if asked.token == "new" else (401, {}, {"error": {"message": "Who?"}}))
    refused: list[str] = []

    def token(old: str) -> str:
        refused.append(old)
        return "new" if old else "old"

    assert Http(settings(), token).request("POST", local.url, json={"a": 1}).status_code == 200
    assert refused == ["", "old"]
    assert [(one.token, one.body) for one in local.asked] == [("old", b'{"a":1}'), ("new", b'{"a":1}')]
    never = serve(lambda asked: (401, {}, {"error": {"message": "Who?"}}))
    with pytest.raises(HTTPError, match=r"Who\? \(HTTP 401\)") as renewed:
        Http(settings(), token).request("GET", never.url)
    assert renewed.value.renewed
    assert [one.token for one in never.asked] == ["old", "new"]
    with pytest.raises(HTTPError, match=r"Who") as refusal:
        client("same").request("GET", never.url)
    assert [one.token for one in never.asked[2:]] == ["same"]
    assert not refusal.value.renewed


def test_many_threads_renew_a_token_once(serve: Serve) -> None:
    local = serve(lambda asked: OK if asked.token == "new" else (401, {}, {}))
    lock, state, renewals = threading.RLock(), {"token": "old"}, []

    def token(refused: str) -> str:
        with lock:
            if refused and refused == state["token"]:
                renewals.append(refused)
                time.monotonic()
                state["token"] = "new"
            return state["token"]

    http = Http(settings(), token)
    with ThreadPoolExecutor(16) as pool:
        codes = list(pool.map(lambda _: http.request("GET", local.url).status_code, range(32)))
    assert codes == [200] * 32
    assert renewals == ["old"]


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE"])
@pytest.mark.parametrize("first", [(503, {}, {}), (429, {"Retry-After": "2"}, {}), None])
def test_idempotent_requests_are_retried(serve: Serve, pauses: list[float], method: str, first: Answer | None) -> None:
    local = serve(series(first, first, OK))
    assert client().request(method, local.url, repeatable=True if method == "PUT" else None).status_code == 200
    assert len(local.asked) == 3
    assert len(pauses) == 2
    low = 2.0 if first and first[0] == 429 else 0.2
    assert all(low <= pause <= low + 1 for pause in pauses)


@pytest.mark.parametrize("first", [(503, {"Retry-After": "1"}, {}), (429, {}, {}), None])
def test_other_requests_are_not_retried(serve: Serve, pauses: list[float], first: Answer | None) -> None:
    local = serve(series(first, OK))
    with pytest.raises((HTTPError, ConnectionFailed)):
        client().request("POST", local.url, json={})
    assert (len(local.asked), pauses) == (1, [])


@pytest.mark.parametrize("first", [(503, {}, {"error": {"message": "Busy."}}), None])
def test_a_put_is_repeated_only_where_that_is_safe(serve: Serve, pauses: list[float], first: Answer | None) -> None:
    local = serve(series(first, OK))
    with pytest.raises((HTTPError, ConnectionFailed)) as caught:
        client().request("PUT", local.url, json={})
    assert (len(local.asked), pauses) == (1, [])
    if first is None:
        assert caught.value.outcome_unknown
        assert "may have carried out the request" in caught.value.hint
    busy = serve(series((429, {}, {}), OK))
    assert client().request("PUT", busy.url, json={}).status_code == 200


@pytest.mark.parametrize("first", [(503, {}, {}), None])
@pytest.mark.parametrize("status", [404, 410])
def test_a_delete_whose_answer_was_lost_has_succeeded_if_the_resource_is_gone(
    serve: Serve, first: Answer | None, status: int
) -> None:
    local = serve(series(first, (status, {}, {})))
    assert client().request("DELETE", local.url).status_code == 204
    assert local.lines == ["DELETE /", "DELETE /"]
    with pytest.raises(HTTPError):
        client().request("DELETE", serve(series((status, {}, {}))).url)


def test_a_refusal_after_a_lost_answer_says_that_the_outcome_is_unknown(serve: Serve) -> None:
    local = serve(series(None, (409, {}, {"error": {"message": "Not hosted."}})))
    with pytest.raises(Conflict) as caught:
        client().request("DELETE", local.url)
    assert caught.value.outcome_unknown
    assert "may have carried out the request" in caught.value.hint
    with pytest.raises(HTTPError) as gateway:
        client().request("POST", serve(series((504, {}, {}))).url, json={})
    assert gateway.value.outcome_unknown
    with pytest.raises(Conflict) as plain:
        client().request("DELETE", serve(series((409, {}, {}))).url)
    assert not plain.value.outcome_unknown


def drip(parts: int, rest: bytes = b"") -> tuple[socket.socket, str]:
    """Return a server that sends the head or the body of a response byte by byte and never ends."""
    server = socket.create_server(("127.0.0.1", 0))
    start = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"

    def serve() -> None:
        while True:
            try:
                one, _ = server.accept()
                one.recv(65536)
                one.sendall(start + rest)
                for _ in range(parts):
                    one.sendall(b"1")
                    threading.Event().wait(0.05)
                one.close()
            except OSError:
                return

    threading.Thread(target=serve, daemon=True).start()
    return server, f"http://127.0.0.1:{server.getsockname()[1]}/"


@pytest.mark.parametrize("rest", [b"X-Long: ", b"\r\n", b"Content-Length: 100000\r\n\r\n"])
def test_a_slow_response_times_out(rest: bytes) -> None:
    server, url = drip(200, rest)
    start = time.monotonic()
    with pytest.raises(ConnectionFailed, match=r"was not complete after 0\.4 seconds|timed out after 0\.4 seconds"):
        client(api_timeout="0.4").request("GET", url)
    assert time.monotonic() - start < 3
    server.close()


def test_streamed_downloads_have_no_deadline() -> None:
    server, url = drip(16, b"Content-Length: 16\r\n\r\n")
    with client(api_timeout="0.4").stream("GET", url) as answer:
        assert b"".join(answer.iter_bytes()) == b"1" * 16
    server.close()


@pytest.mark.parametrize("header", ["\xb2", "٣", "-5", "inf", "nan", "1e3", "soon", "Mon, 99 Foo 99999 99:99:99 GMT"])
def test_a_retry_after_that_is_no_number_is_ignored(header: str) -> None:
    assert retry_after(header) is None


def test_a_retry_after_that_is_too_long_is_not_waited_for() -> None:
    assert (retry_after(" 7 "), retry_after("9" * 400)) == (7.0, 999999999.0)


@pytest.mark.parametrize("value", ["-1", "inf", "nan", "1e300", "\xb2", "soon", "86401"])
def test_invalid_timeouts_are_rejected(value: str) -> None:
    with pytest.raises(ConfigError, match=r"api_timeout .* should be"):
        client(api_timeout=value)


def test_threads_that_wait_for_an_answer_end_at_once_when_stopped(serve: Serve) -> None:
    held = threading.Event()
    local = serve(lambda asked: (held.wait(10), OK)[1])
    http = client()
    with ThreadPoolExecutor(2) as pool:
        waiting: list[Future[Any]] = [pool.submit(http.request, "GET", local.url), pool.submit(http.sleep, 10)]
        while not local.asked:
            threading.Event().wait(0.01)
        start = time.monotonic()
        http.stop()
        assert [type(one.exception(5)) for one in waiting] == [Interrupted, Interrupted]
        assert isinstance(pool.submit(http.request, "GET", local.url).exception(5), Interrupted)
    assert time.monotonic() - start < 3
    held.set()
    assert len(local.asked) == 1


def test_the_number_of_retries_is_limited(serve: Serve, pauses: list[float]) -> None:
    local = serve(series((503, {}, {"error": {"message": "Busy."}})))
    with pytest.raises(HTTPError, match=r"Busy\. \(HTTP 503\)"):
        client().request("GET", local.url)
    assert len(local.asked) == 3
    long = serve(series((503, {"Retry-After": "3600"}, {}), OK))
    with pytest.raises(HTTPError):
        client().request("GET", long.url)
    assert len(long.asked) == 1
    date = serve(series((503, {"Retry-After": formatdate(time.time() + 5, usegmt=True)}, {}), OK))
    assert client().request("GET", date.url).status_code == 200
    assert 3 <= pauses[-1] <= 5.5
    odd = serve(series((503, {"Retry-After": "soon"}, {}), OK))
    assert client().request("GET", odd.url).status_code == 200
    assert pauses[-1] < 1


def test_a_server_that_starts_late_gets_even_a_post(
    serve: Serve, monkeypatch: pytest.MonkeyPatch, pauses: list[float]
) -> None:
    local = serve(series(OK))
    http = client()
    real, failures = LeanClient.send, [httpx.ConnectError("refused")]

    def send(self: Any, request: Any, **more: Any) -> Any:
        if failures:
            raise failures.pop()
        return real(self, request, **more)

    monkeypatch.setattr(LeanClient, "send", send)
    assert http.request("POST", local.url, json={}).status_code == 200
    assert (len(local.asked), len(pauses)) == (1, 1)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_redirects_on_the_same_server_are_followed(serve: Serve, status: int, method: str) -> None:
    local = serve(lambda asked: OK if asked.path == "/v3/" else (status, {"Location": "/v3/"}, {}))
    body = {"a": 1} if method == "POST" else None
    assert client().request(method, f"{local.url}/v3", json=body).status_code == 200
    assert local.lines == [f"{method} /v3", f"{method} /v3/"]
    assert (local.asked[1].token, local.asked[1].body) == ("T1", local.asked[0].body)


def test_see_other_becomes_a_get(serve: Serve) -> None:
    local = serve(lambda asked: OK if asked.path == "/b" else (303, {"Location": "/b"}, {}))
    client().request("POST", f"{local.url}/a", json={"a": 1})
    assert local.lines == ["POST /a", "GET /b"]
    assert local.asked[1].body == b""


@pytest.mark.parametrize("authenticated", [True, False])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_token_never_goes_to_another_server(serve: Serve, authenticated: bool, method: str) -> None:
    other = serve(series(OK))
    local = serve(series((307, {"Location": f"{other.url}/x"}, {})))
    if not authenticated and method == "GET":
        assert client().request(method, local.url, authenticated=False).status_code == 200
        assert other.asked[0].token == ""
        return
    with pytest.raises(ConnectionFailed, match=f"redirects to {other.url}/x: no credentials are sent there"):
        client().request(method, local.url, json={}, authenticated=authenticated)
    assert other.asked == []


def test_the_number_of_redirects_is_limited(serve: Serve) -> None:
    local = serve(series((302, {"Location": "/again"}, {})))
    with pytest.raises(ConnectionFailed, match="redirects more than 5 times"):
        client().request("GET", local.url)
    assert len(local.asked) == 6
    nowhere = serve(series((302, {}, {})))
    with pytest.raises(HTTPError, match="HTTP 302"):
        client().request("GET", nowhere.url)


def test_error_statuses_are_errors_with_the_services_words(serve: Serve) -> None:
    local = serve(
        lambda asked: (
            (409, {"x-openstack-request-id": "req-1"}, {"conflictingRequest": {"message": "Locked."}})
            if asked.path == "/409"
            else (404, {"Content-Type": "text/html"}, b"<h1>404 Not Found</h1>No image.")
        )
    )
    with pytest.raises(Conflict) as conflict:
        client().request("DELETE", f"{local.url}/409")
    assert (conflict.value.message, conflict.value.hint, conflict.value.status) == ("Locked. (HTTP 409)", "", 409)
    with pytest.raises(HTTPNotFound, match=r"No image\. \(HTTP 404\)"):
        client().request("GET", f"{local.url}/404")
    assert client().request("GET", f"{local.url}/404", raw=True).status_code == 404


def test_answers_that_are_not_json(serve: Serve) -> None:
    kinds: dict[str, Answer] = {
        "/html": (200, {"Content-Type": "text/html; charset=utf-8"}, b"<html>Log in</html>"),
        "/cut": (200, {}, b'{"servers": [{"id": "1"'),
        "/empty": (200, {}, b""),
        "/none": (204, {}, b""),
    }
    local = serve(lambda asked: kinds[asked.path])
    http = client()
    with pytest.raises(ConnectionFailed, match=r"/html did not answer with JSON \(text/html\): is .* an OpenStack"):
        http.json(http.request("GET", f"{local.url}/html"))
    with pytest.raises(ConnectionFailed, match="truncated or damaged"):
        http.json(http.request("GET", f"{local.url}/cut"))
    assert http.json(http.request("GET", f"{local.url}/empty")) is None
    assert http.json(http.request("GET", f"{local.url}/none")) is None
    plain = http.request_without_token("POST", f"{local.url}/html", {}, {"a": 1})
    assert (plain[0], plain[2]) == (200, "<html>Log in</html>")
    assert local.asked[-1].token == ""
    http.request_without_token(
        "POST", f"{local.url}/html", {"Content-Type": "application/x-www-form-urlencoded"}, b"a=1"
    )
    assert local.asked[-1].body == b"a=1"


def test_an_incomplete_body_is_an_error(serve: Serve) -> None:
    local = serve(series((200, {"Content-Length": "1000"}, b"short")))
    with pytest.raises(ConnectionFailed, match=r"The connection to .* failed"):
        client().request("POST", local.url, json={})

    def read() -> None:
        with client().stream("GET", local.url) as answer:
            for _ in answer.iter_bytes():
                pass

    with pytest.raises(ConnectionFailed, match=r"The connection to .* failed"):
        read()


def test_a_stream_is_read_in_pieces(serve: Serve) -> None:
    local = serve(
        lambda asked: (200, {}, b"x" * 300000) if asked.path == "/i" else (404, {}, {"error": {"message": "No."}})
    )
    with client().stream("GET", f"{local.url}/i") as answer:
        assert [len(piece) for piece in answer.iter_raw()] == [1 << 16, 1 << 17, 300000 - 3 * (1 << 16)]
    assert (local.asked[0].token, local.asked[0].headers["accept-encoding"]) == ("T1", "identity")
    with pytest.raises(HTTPNotFound, match=r"No\. \(HTTP 404\)"), client().stream("GET", f"{local.url}/j"):
        pass


def test_an_upload_starts_at_the_file_position_and_is_repeated_after_a_401(serve: Serve) -> None:
    local = serve(lambda asked: OK if asked.token == "new" else (401, {}, {}))
    file = io.BytesIO(b"skip" + b"data" * 100000)
    file.seek(4)
    http = Http(settings(), lambda refused: "new" if refused else "old")
    http.request("PUT", local.url, content=file, headers={"Content-Type": "application/octet-stream"})
    assert [one.body for one in local.asked] == [b"data" * 100000] * 2
    assert local.asked[0].headers["content-length"] == "400000"


def test_a_body_that_cannot_be_sent_again_is_not_retried(serve: Serve) -> None:
    local = serve(series((401, {}, {"error": {"message": "Who?"}})))
    with pytest.raises(HTTPError, match="Who"):
        Http(settings(), lambda refused: refused + "x").request("PUT", local.url, content=iter([b"a", b"b"]))
    assert [one.body for one in local.asked] == [b"ab"]


@pytest.mark.parametrize("url", ["ftp://c/x", "c:80/x", "http://", "http://[::1", "http://c:99999/", "http://c/\0"])
def test_invalid_urls_are_rejected(url: str) -> None:
    with pytest.raises(ConnectionFailed):
        client().request("GET", url)


def test_invalid_unicode_is_rejected() -> None:
    with pytest.raises(Exception, match="not valid Unicode") as caught:
        client().request("POST", "http://c/", json={"name": "\udcff"})
    assert "Config" in type(caught.value).__name__


def test_fetch_json_sends_no_credentials(serve: Serve) -> None:
    local = serve(lambda asked: OK if asked.path == "/ok" else (404, {}, {}))
    assert fetch_json(f"{local.url}/ok", 5) == {"ok": True}
    assert "x-auth-token" not in local.asked[0].headers
    with pytest.raises(ConnectionFailed, match="HTTP 404"):
        fetch_json(f"{local.url}/else", 5)


def test_timeouts(serve: Serve) -> None:
    held = threading.Event()
    local = serve(lambda asked: (held.wait(5), OK)[1])
    with pytest.raises(ConnectionFailed, match=r"timed out after 0\.05 seconds"):
        client(api_timeout="0.05").request("GET", local.url)
    held.set()
    assert len(local.asked) == 1
    assert client().client.timeout.read == 60
    assert client().client.timeout.connect == 10
    assert client(api_timeout=5).client.timeout.connect == 5


def test_the_client_does_not_import_the_heavy_parts_of_httpx() -> None:
    program = (
        "import sys, ostk.http.client as h; h.Http(h.Settings({}), str).close();"
        "heavy = ('httpx._main', 'httpcore', 'h11', 'certifi', 'rich', 'pygments', 'anyio', 'trio', 'asyncio');"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("authenticated", [True, False])
def test_a_redirect_from_https_to_http_is_not_followed(serve: Serve, authenticated: bool) -> None:
    plain = serve(series(OK))
    secure = LocalServer(lambda asked: (302, {"Location": f"{plain.url}/x"}, {}), tls=True)
    with pytest.raises(ConnectionFailed, match="from https to http: the redirect is not followed"):
        client(cacert=CERTIFICATE).request(
            "GET", secure.url.replace("127.0.0.1", "localhost"), authenticated=authenticated
        )
    secure.close()
    assert plain.asked == []


@pytest.mark.parametrize("value", ["s3cret-0815\r", "s3cret-0815\n", "a\x00s3cret-0815", "s3cret-0815 "])
def test_a_header_that_http_cannot_carry_is_not_shown(value: str) -> None:
    with pytest.raises(ConfigError) as caught:
        client().request("GET", "http://127.0.0.1:1", headers={"X-Subject-Token": value}, authenticated=False)
    assert "X-Subject-Token" in caught.value.message
    assert "s3cret" not in f"{caught.value.message} {caught.value.hint}"
