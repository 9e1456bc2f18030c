"""A transport of httpx for direct connections, over `http.client` of the standard library.

httpcore and h11, on which httpx's own transport is built, take a fifth of the time of a short command to import, and
half of the time of a long download. Requests that go through a proxy still use them.
"""

from __future__ import annotations

import http.client
import io
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from ssl import SSLContext
from typing import Any

from .connections import Connections
from .imports import httpx
from .upload import transmit

PIECE = 1 << 18  # bytes of a body that are read at once
BUFFER = 1 << 14  # bytes of the buffer for headers; a body is read past it
MAX_IDLE = 32  # connections that are kept open
Place = tuple[str, str, int]  # scheme, host, port
Timeouts = Mapping[str, float | None]


class Wire(io.RawIOBase):
    """A connection to a server. `file` reads it; a read ends with its time-out or at the deadline of the answer."""

    def __init__(self, sock: socket.socket, place: Place, connections: Connections) -> None:
        super().__init__()
        self.socket, self.place, self.connections = sock, place, connections
        self.timeout: float | None = None  # seconds for each read
        self.idle = self.ended = False
        self.file = io.BufferedReader(self, BUFFER)

    def readable(self) -> bool:
        """Return True: it can be read."""
        return True

    def readinto(self, buffer: Any) -> int | None:
        """Read what arrives into a buffer; return the number of bytes, None if an idle connection has none."""
        left = None if self.idle else self.connections.remaining()
        self.socket.settimeout(0 if self.idle else self.timeout if left is None else min(left, self.timeout or left))
        try:
            size = self.socket.recv_into(buffer)
        except OSError:
            if not self.idle:
                raise
            return None
        self.ended = not size
        return size

    def is_usable(self) -> bool:
        """Return whether a request can be sent: the server has neither closed the connection nor sent anything."""
        self.idle = True
        try:
            return not self.file.peek(1) and not self.ended
        except OSError:
            return False
        finally:
            self.idle = False

    def makefile(self, mode: str) -> Reader:
        """Return the file that `http.client` reads an answer from."""
        return Reader(self.file)

    def get_extra_info(self, name: str) -> socket.socket:
        """Return the socket, as the streams of httpcore do."""
        return self.socket

    def close(self) -> None:
        """Close the connection."""
        super().close()
        self.socket.close()


class Reader:
    """The reading half of a connection: `http.client` closes it after each answer, and the connection stays open."""

    def __init__(self, file: io.BufferedReader[Any]) -> None:
        self.read, self.read1, self.readline = file.read, file.read1, file.readline

    def close(self) -> None:
        """Do nothing."""

    flush = close


class Body(httpx.SyncByteStream):
    """The body of an answer, in pieces as they arrive."""

    def __init__(self, transport: DirectTransport, wire: Wire, answer: http.client.HTTPResponse, empty: bool) -> None:
        self.transport, self.wire, self.answer, self.empty = transport, wire, answer, empty
        self.whole = empty

    def __iter__(self) -> Iterator[bytes]:
        """Yield the pieces."""
        # Without a length it is not known when more arrives; with one, many records of TLS (16 KiB) become one piece.
        read = self.answer.read1 if self.answer.length is None else self.answer.read
        with translated("Read"):
            while not self.empty and (piece := read(PIECE)):
                yield piece
            if not self.empty and self.answer.length:
                raise httpx.RemoteProtocolError("the body is shorter than its length")
            self.whole = True

    def close(self) -> None:
        """Keep the connection for another request if it can be used again, else close it."""
        if self.whole and not self.answer.will_close:
            self.transport.keep(self.wire)
        else:
            self.wire.close()


class DirectTransport(httpx.BaseTransport):
    """Sends requests directly to the servers, over connections that are kept open.

    Args:
        context: Returns the TLS context of https connections.
        connections: Watches the connections.

    """

    def __init__(self, context: Callable[[], SSLContext], connections: Connections) -> None:
        self.context, self.connections = context, connections
        self.lock = threading.Lock()
        self.idle: list[Wire] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; return the answer, whose body is read later."""
        url, times = request.url, request.extensions["timeout"]
        place = url.scheme, url.host, url.port or (443 if url.scheme == "https" else 80)
        wire = self.reusable(place) or self.connect(place, times)
        try:
            self.send(wire, request, times)
            with translated("Read"):
                answer = answered(wire, request.method)
        except BaseException:
            wire.close()
            raise
        empty = request.method == "HEAD" or answer.status in (204, 304)
        headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in answer.getheaders()]
        extensions = {"reason_phrase": answer.reason.encode("latin-1"), "http_version": b"HTTP/1.1"}
        body = Body(self, wire, answer, empty)
        return httpx.Response(answer.status, headers=headers, stream=body, extensions=extensions)

    def reusable(self, place: Place) -> Wire | None:
        """Return a connection to a server that is open and idle, None if there is none."""
        with self.lock:
            while wire := next((one for one in reversed(self.idle) if one.place == place), None):
                self.idle.remove(wire)
                if wire.is_usable():
                    return wire
                wire.close()
        return None

    def keep(self, wire: Wire) -> None:
        """Keep a connection for another request."""
        with self.lock:
            self.idle.append(wire)
            surplus = self.idle.pop(0) if len(self.idle) > MAX_IDLE else None
        if surplus:
            surplus.close()

    def connect(self, place: Place, times: Timeouts) -> Wire:
        """Open a connection."""
        scheme, host, port = place
        with translated("Connect"):
            sock = socket.create_connection((host, port), times["connect"])
            try:
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                if scheme == "https":
                    sock = self.context().wrap_socket(sock, server_hostname=host)
            except BaseException:
                sock.close()
                raise
        wire = Wire(sock, place, self.connections)
        self.connections.streams.add(wire)
        return wire

    def send(self, wire: Wire, request: httpx.Request, times: Timeouts) -> None:
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
                self.idle.pop().close()


def answered(wire: Wire, method: str) -> http.client.HTTPResponse:
    """Read the status and the headers of an answer; those of interim answers (1xx) are passed over."""
    while True:
        answer = http.client.HTTPResponse(wire, method=method)  # type: ignore[arg-type]
        answer.begin()
        if not 100 <= answer.status < 200:
            break
    length = answer.headers.get("Content-Length", "0")
    if answer.headers.defects or not (length.isascii() and length.isdigit()):
        raise httpx.RemoteProtocolError("a header is malformed")
    return answer


@contextmanager
def translated(doing: str) -> Iterator[None]:
    """Raise the exceptions of httpx for those of sockets and of `http.client`.

    Args:
        doing: "Connect", "Read" or "Write".

    """
    try:
        yield
    except TimeoutError as error:
        raise getattr(httpx, f"{doing}Timeout")(str(error)) from error
    except OSError as error:
        raise getattr(httpx, f"{doing}Error")(str(error)) from error
    except http.client.HTTPException as error:
        raise httpx.RemoteProtocolError(repr(error)) from error
