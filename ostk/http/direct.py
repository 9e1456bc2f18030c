"""A transport of httpx for direct connections, over `http.client` of the standard library.

httpcore and h11, on which httpx's own transport is built, take a fifth of the time of a short command to import, and
half of the time of a long download. Requests that go through a proxy still use them.
"""

from __future__ import annotations

import http.client
import io
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from .connections import Connections
from .imports import httpx
from .upload import transmit

SMALLEST, LARGEST = 1 << 16, 1 << 20  # bytes of a body that are read at once: more, the faster they arrive
SOON = 0.05  # seconds for a piece, after which the next one is twice as large
BUFFER = 1 << 14  # bytes of the buffer for headers; a body is read past it
MAX_IDLE = 32  # connections that are kept open
Place = tuple[str, bytes, int]  # scheme, host, port


class Wire(io.RawIOBase):
    """A connection to a server. `file` reads it; a read ends with its time-out or at the deadline of the answer."""

    def __init__(self, sock: socket.socket, place: Place, connections: Connections) -> None:
        self.socket, self.place, self.connections = sock, place, connections
        self.timeout: float | None = None  # seconds for each read; 0 for what is there already
        self.ended = False
        self.file = Reader(self, BUFFER)
        self.makefile = lambda mode: self.file  # as http.client asks for it
        self.get_extra_info = lambda name: sock  # as the streams of httpcore have it
        connections.streams.add(self)

    def readable(self) -> bool:
        """Return True: it can be read."""
        return True

    def readinto(self, buffer: Any) -> int | None:
        """Read what arrives into a buffer; return the number of bytes, None if nothing is there in no time."""
        left = None if self.timeout == 0 else self.connections.remaining()
        self.socket.settimeout(self.timeout if left is None else min(left, self.timeout or left))
        try:
            size = self.socket.recv_into(buffer)
        except OSError as error:
            self.ended = isinstance(error, ConnectionError)
            if self.timeout != 0:
                raise
            return None
        self.ended = not size
        return size

    def is_usable(self) -> bool:
        """Return whether a request can be sent: the server has neither closed the connection nor sent anything."""
        self.timeout = 0
        return not self.file.peek(1) and not self.ended


class Reader(io.BufferedReader):
    """The reading half of a connection: `http.client` closes it after each answer, and the connection stays open."""

    def close(self) -> None:
        """Do nothing."""

    flush = close


class Body(httpx.SyncByteStream):
    """The body of an answer, in pieces as they arrive."""

    def __init__(self, transport: DirectTransport, wire: Wire, answer: http.client.HTTPResponse) -> None:
        self.transport, self.wire, self.answer = transport, wire, answer
        self.whole = answer.length == 0

    def __iter__(self) -> Iterator[bytes]:
        """Yield the pieces."""
        # Without a length it is not known when more arrives; with one, many records of TLS (16 KiB) become one piece.
        read = self.answer.read1 if self.answer.length is None else self.answer.read
        size, before = SMALLEST, time.monotonic()
        with translated("Read"):
            while self.answer.length != 0 and (piece := read(size)):  # 0 for 204, even if chunked
                yield piece
                now = time.monotonic()
                size = min(2 * size, LARGEST) if now - before < SOON else SMALLEST
                before = now
            if self.answer.length:
                raise httpx.RemoteProtocolError("the body is shorter than its length")
        self.whole = True

    def close(self) -> None:
        """Keep the connection for another request if it can be used again, else close it."""
        if self.whole and not self.answer.will_close:
            self.transport.keep(self.wire)
        else:
            self.wire.socket.close()


class DirectTransport(httpx.BaseTransport):
    """Sends requests directly to the servers, over connections that are kept open; `context` returns that of TLS."""

    def __init__(self, context: Callable[[], ssl.SSLContext], connections: Connections) -> None:
        self.context, self.connections = context, connections
        self.lock = threading.Lock()
        self.idle: list[Wire] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; return the answer, whose body is read later."""
        times = request.extensions["timeout"]
        wire = self.open(request)
        try:
            self.send(wire, request, times)
            with translated("Read"):
                answer = answered(wire, request.method)
        except BaseException:
            wire.socket.close()
            raise
        headers = [
            # A long value may have been sent in several lines.
            (name.encode("latin-1"), b" ".join(line.strip(b" \t\r") for line in value.encode("latin-1").split(b"\n")))
            for name, value in answer.getheaders()
        ]
        extensions = {"reason_phrase": answer.reason.encode("latin-1"), "http_version": b"HTTP/1.1"}
        return httpx.Response(answer.status, headers=headers, stream=Body(self, wire, answer), extensions=extensions)

    def open(self, request: httpx.Request) -> Wire:
        """Return a connection to the server of a request."""
        url = request.url
        place = url.scheme, url.raw_host, url.port or (443 if url.scheme == "https" else 80)
        return self.reusable(place) or self.connect(place, request.extensions["timeout"]["connect"])

    def reusable(self, place: Place) -> Wire | None:
        """Return a connection to a server that is open and idle, None if there is none."""
        with self.lock:
            while wire := next((one for one in reversed(self.idle) if one.place == place), None):
                self.idle.remove(wire)
                if wire.is_usable():
                    return wire
                wire.socket.close()
        return None

    def keep(self, wire: Wire) -> None:
        """Keep a connection for another request, and close the one that is idle longest if there are too many."""
        with self.lock:
            self.idle.append(wire)
            if len(self.idle) > MAX_IDLE:
                self.idle.pop(0).socket.close()

    def connect(self, place: Place, timeout: float | None) -> Wire:
        """Open a connection."""
        scheme, host, port = place
        with translated("Connect"):
            sock = socket.create_connection((host, port), timeout)  # type: ignore[arg-type]  # text would be encoded
            try:
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                if scheme == "https":
                    sock = self.context().wrap_socket(sock, server_hostname=host.decode("ascii"))
            except BaseException:
                sock.close()
                raise
        return Wire(sock, place, self.connections)

    def send(self, wire: Wire, request: httpx.Request, times: Mapping[str, float | None]) -> None:
        """Send a request. A server may answer before it has read the whole body, and close its side."""
        wire.timeout = times["read"]
        self.connections.restart()
        wire.socket.settimeout(times["write"])
        lines = [request.method.encode() + b" " + request.url.raw_path + b" HTTP/1.1"]
        lines += [name + b": " + value for name, value in request.headers.raw]
        if any(b"\n" in line or b"\r" in line for line in lines):
            raise httpx.LocalProtocolError("a header has a line break")
        with translated("Write"), suppress(BrokenPipeError, ConnectionResetError):
            transmit(wire.socket, b"\r\n".join([*lines, b"\r\n"]), request)

    def close(self) -> None:
        """Close the idle connections."""
        with self.lock:
            while self.idle:
                self.idle.pop().socket.close()


def answered(wire: Wire, method: str) -> http.client.HTTPResponse:
    """Read the status and the headers of an answer; those of interim answers (1xx) are passed over."""
    answer = None
    while answer is None or 100 <= answer.status < 200:
        answer = http.client.HTTPResponse(wire, method=method)  # type: ignore[arg-type]
        answer.begin()
    lengths = set(answer.headers.get_all("Content-Length", ["0"]))
    if wire.ended or answer.headers.defects or len(lengths) > 1 or not "".join(lengths).isdecimal():
        raise httpx.RemoteProtocolError("the headers are malformed or incomplete")
    return answer


@contextmanager
def translated(doing: str) -> Iterator[None]:
    """Raise the exceptions of httpx ("Connect", "Read" or "Write") for those of sockets and of `http.client`."""
    try:
        yield
    except http.client.HTTPException as error:
        raise httpx.RemoteProtocolError(_text(error)) from error
    except OSError as error:
        kind = "Timeout" if isinstance(error, TimeoutError) else "Error"
        raise getattr(httpx, f"{doing}{kind}")(str(error)) from error


def _text(error: http.client.HTTPException) -> str:
    """Return the text of an exception; that of a malformed status line is the line alone."""
    if isinstance(error, http.client.BadStatusLine) and not isinstance(error, http.client.RemoteDisconnected):
        return f"malformed status line {error.args[0]!r}"
    return str(error)
