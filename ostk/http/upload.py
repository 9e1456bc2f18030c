"""The body of a request: how it goes over a connection, and a file as a body."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any

from ..errors import FileError

if TYPE_CHECKING:
    import socket

    import httpx

CHUNK = 1024 * 1024  # bytes of a file that are read at once
SMALL = 64 * 1024  # bytes that are copied rather than sent on their own; a larger copy costs new pages of memory


class Upload:
    """A file as a request's body, from its current position; a retry begins there again.

    As much as was there at first is sent: a file that grows meanwhile would end in the next request.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.start = file.tell()
        self.size = file.seek(0, os.SEEK_END) - self.start
        file.seek(self.start)

    def __iter__(self) -> Iterator[bytes]:
        self.file.seek(self.start)
        left = self.size
        while left:
            chunk = self.file.read(min(CHUNK, left))
            if not chunk:
                name = getattr(self.file, "name", "The file")
                raise FileError(f"{name} became shorter while it was read.", "Try again.")
            left -= len(chunk)
            yield chunk


def transmit(sock: socket.socket, head: bytes, request: httpx.Request) -> None:
    """Send the head and the body of a request.

    Args:
        sock: The connection.
        head: The request line and the headers.
        request: The request.
    """
    chunked, before = "Transfer-Encoding" in request.headers, head
    stream: Any = request.stream
    for piece in filter(None, stream):
        if chunked:
            before += b"%x\r\n" % len(piece)
        if len(piece) > SMALL:
            sock.sendall(before)
            before = b""
        sock.sendall(before + piece)
        before = b"\r\n" if chunked else b""
    if chunked:
        before += b"0\r\n\r\n"
    if before:
        sock.sendall(before)
