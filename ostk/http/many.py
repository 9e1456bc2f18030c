"""Many small requests over several connections, sent and answered in one thread.

Threads that take turns for each small request cost more time than the requests. Only what is plain is done here: a
response with a length and without an error. Errors, retries, redirects and a new token are left to `Http.request`,
which sends a request that is left once more: so each request must be idempotent.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from selectors import EVENT_READ, EVENT_WRITE, DefaultSelector
from typing import TYPE_CHECKING, Any, NamedTuple

from ..parallel import WORKERS, map_concurrent
from .direct import DirectTransport, Wire
from .headers import set_credentials
from .imports import httpx
from .retry import is_write

if TYPE_CHECKING:
    from .client import Http

FEWEST = 2 * WORKERS  # requests that are worth it
LARGEST = 64 * 1024  # bytes of a body that is small
LARGEST_HEAD = 1 << 16  # bytes
PIECE = 1 << 16  # bytes that are received at once
WAITING = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)


class AnswerHeaders(dict[str, str]):
    """The headers of a response, by name in lower case; `get` and `in` take names in any case."""

    def get(self, name: str, default: Any = None) -> Any:
        """Return the value of a header."""
        return super().get(name.lower(), default)

    def __contains__(self, name: object) -> bool:
        return super().__contains__(str(name).lower())


class Answer(NamedTuple):
    """A response: its status, its headers, and its body."""

    status: int
    headers: AnswerHeaders
    body: bytes


Handler = Callable[[Answer], bool]


class SmallRequest(NamedTuple):
    """A request: the path below the common URL, further headers, the body, and the function that handles the answer.

    `handle` returns False if the answer is not plain: the requests that are left are sent in the ordinary way.
    """

    path: str
    headers: Mapping[str, str]
    body: bytes
    handle: Handler


class Exchange:
    """A connection, and the request that is sent over it."""

    def __init__(self, wire: Wire) -> None:
        self.wire = wire
        self.unsent = memoryview(b"")
        self.received = bytearray()
        self.handle: Handler = lambda answer: False
        wire.socket.setblocking(False)

    def begin(self, request: bytes, handle: Handler) -> int:
        """Begin to send a request; return the events to wait for."""
        self.unsent, self.received, self.handle = memoryview(request), bytearray(), handle
        return self.send()

    def send(self) -> int:
        """Send what can be sent at once; return the events to wait for."""
        while self.unsent:
            try:
                self.unsent = self.unsent[self.wire.socket.send(self.unsent) :]
            except WAITING:
                return EVENT_READ | EVENT_WRITE
        return EVENT_READ

    def receive(self) -> Answer | None:
        """Take what has arrived; return the response when it is complete.

        Raises:
            ValueError: The response is malformed, has no length, or is not small.
            OSError: The connection has ended.
        """
        while True:
            try:
                data = self.wire.socket.recv(PIECE)
            except WAITING:
                return None
            if not data:
                raise ConnectionResetError
            self.received += data
            if answer := parse(bytes(self.received)):
                return answer


def parse(received: bytes) -> Answer | None:
    """Return a response, None if it is not complete.

    Raises:
        ValueError: The response is malformed, has no length, or is not small: the list shows 0 bytes for the manifest
            of a large object, and the size that an object had before it was replaced.
    """
    head, blank, body = received.partition(b"\r\n\r\n")
    if not blank:
        if len(head) > LARGEST_HEAD:
            raise ValueError(head)
        return None
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = AnswerHeaders()
    for line in lines:
        name, colon, value = line.partition(":")
        name = name.lower()
        if not colon or not name.strip() == name or name in headers or "\n" in value or "\r" in value:
            raise ValueError(line)
        headers[name] = value.strip(" \t")
    version, status, _ = f"{first} ".split(" ", 2)
    length = int(headers.get("content-length", ""))
    missing = length - len(body)
    if version != "HTTP/1.1" or "transfer-encoding" in headers or missing < 0 or length > LARGEST:
        raise ValueError(first)
    return None if missing else Answer(int(status), headers, body)


def exchange_small(
    http: Http, method: str, url: str, headers: Mapping[str, str], requests: Iterable[SmallRequest]
) -> None:
    """Send small requests, all with the same method and headers, as far as they need nothing but a plain exchange.

    Nothing is sent if requests are printed or go through a proxy.

    Args:
        http: The HTTP client, for its connections, token and time-outs.
        method: The HTTP method. The request is idempotent: it may be sent again in another way.
        url: What all URLs begin with.
        headers: The headers that all requests have.
        requests: The requests; each is taken when a connection is free.
    """
    transport = http.client.transport(url)
    if http.shows_requests or http.dry_run() or not isinstance(transport, DirectTransport):
        return
    common = http.build(method, url, headers)
    set_credentials(common, http.auth.token(""), http.auth.bearer())
    if common.url.scheme == "https":
        http.trust.load()
    start = f"{method} ".encode() + common.url.raw_path.rstrip(b"/")
    fixed = b"".join(b"%s: %s\r\n" % pair for pair in common.headers.raw if pair[0].lower() != b"content-length")

    def whole(request: SmallRequest) -> bytes:
        lines = "".join(f"{name}: {value}\r\n" for name, value in request.headers.items())
        length = b"Content-Length: %d\r\n" % len(request.body) if request.body or method == "PUT" else b""
        path = start + request.path.encode("ascii") + b" HTTP/1.1\r\n"
        return b"".join((path, fixed, lines.encode("ascii"), length, b"\r\n", request.body))

    sent = ((whole(request), request.handle) for request in requests)
    try:
        wires = map_concurrent(lambda _: transport.open(common), range(WORKERS), http.stop)
        for wire in Exchanges(sent, lambda: transport.open(common)).run(wires, http.seconds):
            transport.keep(wire)
    except httpx.TransportError:
        pass  # a request on its own says why there is no connection
    finally:
        if is_write(common):
            http.changed()


class Exchanges:
    """Requests that are sent over connections until there are none left, or an answer is not plain.

    Args:
        requests: The requests, each with the function that handles the answer.
        connect: Opens a connection, in place of one that the server closes after an answer.
    """

    def __init__(self, requests: Iterator[tuple[bytes, Handler]], connect: Callable[[], Wire]) -> None:
        self.requests, self.connect = requests, connect
        self.selector = DefaultSelector()
        self.unused: list[Wire] = []

    def run(self, wires: Sequence[Wire], seconds: float) -> list[Wire]:
        """Send the requests; return the connections that can be used again.

        Args:
            wires: The connections.
            seconds: How long to wait for anything to arrive.
        """
        with self.selector:
            for wire in wires:
                self.begin(Exchange(wire))
            while open_ones := self.selector.get_map():
                ready = self.selector.select(seconds)
                for key, events in ready:
                    try:
                        self.go_on(key.data, events)
                    except (OSError, ValueError):
                        self.drop(key.data)
                if not ready:
                    for key in [*open_ones.values()]:
                        self.drop(key.data)
        return self.unused

    def begin(self, one: Exchange) -> None:
        """Send the next request, if any; the request is left if the server has closed the connection."""
        if not (request := next(self.requests, None)):
            self.unused.append(one.wire)
            return
        try:
            events = one.begin(*request)
        except OSError:
            one.wire.socket.close()
            return
        self.selector.register(one.wire.socket, events, one)

    def drop(self, one: Exchange) -> None:
        """Close a connection; the request that was sent over it is left."""
        self.selector.unregister(one.wire.socket)
        one.wire.socket.close()

    def go_on(self, one: Exchange, events: int) -> None:
        """Send and receive what is possible. Raises OSError or ValueError if the connection cannot be used."""
        if events & EVENT_WRITE:
            self.selector.modify(one.wire.socket, one.send(), one)
        answer = one.receive() if events & EVENT_READ else None
        if answer is None:
            return
        if one.unsent:
            raise ValueError(answer.status)
        if not one.handle(answer):
            self.requests = iter(())
        if answer.headers.get("connection", "").lower() == "close":
            self.drop(one)
            one = Exchange(self.connect())
        else:
            self.selector.unregister(one.wire.socket)
        self.begin(one)
