"""Streams of data: uploads and downloads with checksums and content encodings."""

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import IO, Any

from .errors import FileError, OstkError
from .files import because

CHUNK = 256 * 1024
PIPE = 64 * 1024  # bytes that a pipe holds
LARGE = 1024 * 1024  # bytes of a piece whose hash takes longer than to wake a thread


class Source:
    """An open file to read from; a failure is a FileError with the name of the file.

    The file must stay as it is: a change is found before its last piece is sent, so that nothing takes a mixture of
    the old and the new data for whole.

    Attributes:
        size: Number of bytes from the current position to the end, None if it is unknown (a pipe).
        add: Called with the number of bytes read, negative when they are read again.
    """

    add: Callable[[int], None] = staticmethod(lambda count: None)

    def __init__(self, file: IO[bytes], name: str) -> None:
        self.file, self.name = file, name
        self.size = self.length()
        self.state = self.state_of_file()
        self.done = 0  # bytes that were read

    def length(self) -> int | None:
        """Return the number of bytes from the current position to the end, None if it is unknown (a pipe)."""
        try:
            here = self.file.tell()
            end = self.file.seek(0, os.SEEK_END)
            self.file.seek(here)
        except (OSError, ValueError):
            return None
        return end - here

    def state_of_file(self) -> tuple[int, int] | None:
        """Return the size and the time of the last change of the file, None if it is unknown (a pipe)."""
        if self.size is None:
            return None
        try:
            state = os.fstat(self.file.fileno())
        except (OSError, ValueError):  # data in memory
            return None
        return state.st_size, state.st_mtime_ns

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        try:
            data = self.file.read(size)
        except OSError as error:
            raise FileError(f"{self.name} cannot be read: {because(error)}.") from None
        self.done += len(data)
        self.add(len(data))
        if self.state != self.state_of_file():
            raise FileError(f"{self.name} changed while it was read.", "Try again.")
        return data

    def seek(self, offset: int, whence: int = 0) -> int:
        """Set the position: the end, or the start, from where the data is read again."""
        self.add(-self.done)
        self.done = 0
        return self.file.seek(offset, whence)

    def tell(self) -> int:
        """Return the position."""
        return self.file.tell()

    def __iter__(self) -> Iterator[bytes]:
        while data := self.read(PIPE):
            yield data


class Hash:
    """A hash; a large piece is hashed in a thread, while the caller sends the piece or receives the next one."""

    def __init__(self, algorithm: str) -> None:
        import hashlib

        self.hash: Any = hashlib.new(algorithm, usedforsecurity=False)
        self.pool: Any = None
        self.pending: Any = None

    def update(self, data: bytes) -> None:
        """Take the next bytes into account."""
        self.finish()
        if len(data) < LARGE:
            self.hash.update(data)
            return
        if self.pool is None:
            from concurrent.futures import ThreadPoolExecutor

            self.pool = ThreadPoolExecutor(1)
        self.pending = self.pool.submit(self.hash.update, data)

    def finish(self) -> None:
        """Wait until all bytes so far are taken into account."""
        if self.pending:
            self.pending.result()
            self.pending = None

    def hexdigest(self) -> str:
        """Return the hash of all bytes so far."""
        self.finish()
        return str(self.hash.hexdigest())


class Check:
    """Compares received data with its size and its hash, as far as they are known."""

    def __init__(self, length: int | None, checksum: str | None, algorithm: str) -> None:
        self.size, self.length, self.expected, self.algorithm = 0, length, checksum, algorithm
        self.hash = Hash(algorithm)

    def add(self, data: bytes) -> None:
        """Take the next bytes into account. Raises OstkError if they are more than expected."""
        self.size += len(data)
        if self.length is not None and self.size > self.length:
            raise OstkError(f"More than the expected {self.length} bytes were received: nothing was saved.")
        self.hash.update(data)

    def end(self) -> None:
        """Raise OstkError if the data is not what was expected."""
        if self.length is not None and self.size != self.length:
            raise OstkError(f"Only {self.size} of {self.length} bytes came: nothing was saved.", "Try again.")
        if self.expected and self.hash.hexdigest() != str(self.expected).lower():
            raise OstkError(f"The data is damaged: its {self.algorithm} differs from the checksum of the service.")


def decoded(pieces: Iterable[bytes], encoding: str) -> Iterable[bytes]:
    """Return data without its content encoding. An encoding other than gzip and deflate is left on the data."""
    for name in reversed(encoding.lower().split(",")):
        if name.strip() in ("gzip", "x-gzip", "deflate"):
            pieces = inflated(pieces)
        elif name.strip() not in ("identity", "aws-chunked", ""):
            break
    return pieces


def inflated(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Decompress data of gzip, one or several members, or of deflate. Raises OstkError if it is cut or damaged."""
    import zlib

    either, raw = 32 + zlib.MAX_WBITS, -zlib.MAX_WBITS
    decoder, first = zlib.decompressobj(either), True
    for data in pieces:
        while data:
            if decoder.eof:
                data = data.lstrip(b"\0")  # the last member may be padded
                if not data:
                    break
                decoder = zlib.decompressobj(either)
            try:
                yield decoder.decompress(data, CHUNK)
            except zlib.error as error:
                if not first:
                    raise OstkError(
                        f"The data is not valid gzip, although the Content-Encoding is gzip: {error}."
                    ) from None
                decoder, first = zlib.decompressobj(raw), False  # some send deflate without a header
                continue
            data, first = decoder.unused_data or decoder.unconsumed_tail, False
    yield decoder.flush()
    if not decoder.eof and not first:
        raise OstkError("The compressed data is truncated: nothing was saved.", "Try again.")


def md5_in(etag: Any) -> str | None:
    """Return the MD5 that an ETag is, in lower case; None for another: of an upload in parts, or a weak one."""
    found = re.fullmatch(r'"?([0-9a-fA-F]{32})"?', etag.strip()) if isinstance(etag, str) else None
    return found[1].lower() if found else None


def refuse_page(headers: Mapping[str, str]) -> None:
    """Raise OstkError if a response is the page of a proxy or a login, and not data of a service."""
    # Glance and the object stores name each request in the answer; an object of theirs has its MD5 there.
    services = any(name in headers for name in ("X-Timestamp", "X-Trans-Id", "X-Openstack-Request-Id"))
    is_page = headers.get("Content-Type", "").lower().startswith("text/html")
    if is_page and not services and not md5_in(headers.get("Etag")):
        raise OstkError(
            "The answer is a web page and not the data: nothing was saved.",
            "The response may come from a proxy or a login page.",
        )


def piped() -> bool:
    """Return whether standard input is open and not a terminal."""
    return sys.stdin is not None and not sys.stdin.closed and not sys.stdin.isatty()


def opened(path: str) -> IO[bytes]:
    """Open a file to be sent. Raises FileError if it cannot be read."""
    try:
        return open(path, "rb")
    except (OSError, ValueError) as error:
        raise FileError(f"The file {path!r} cannot be read: {because(error)}.") from None


def source(path: str | None) -> Source | None:
    """Return the source of data: a file, or standard input if it is not a terminal, else None."""
    if path is None:
        return Source(sys.stdin.buffer, "Standard input") if piped() else None
    return Source(opened(path), path)


def readable(path: str) -> str:
    """Return a path after checking that the file can be read. Raises FileError."""
    if not os.path.exists(path):
        raise FileError(f"There is no file {path!r}.")
    if os.path.isdir(path):
        raise FileError(f"{path!r} is a directory.")
    if not os.access(path, os.R_OK):
        raise FileError(f"The file {path!r} cannot be read: permission denied.")
    return path
