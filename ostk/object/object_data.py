"""The data of objects: requested again from where a connection broke, and compared with its size and MD5s."""

from __future__ import annotations

import re
from collections.abc import Generator, Mapping, Sequence
from itertools import accumulate
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

from ..errors import ConnectionFailed, HTTPError, OstkError
from ..http.retry import retry_delay
from ..language import Cloud, Json
from ..streams import Check, md5_in, refuse_page
from .large_object import Segment, is_large

if TYPE_CHECKING:
    from ..http.client import Headers, Response

T = TypeVar("T")


class Replaced(OstkError):
    """The object was replaced while it was downloaded."""


RETRIES = 4  # requests after a broken connection that bring no data
RETRIES_WHILE_BUSY = 2  # requests after an answer of a proxy that is overloaded, each tried several times
PASSING = (408, 429, 499, 500, 502, 503, 504)


class ObjectData:
    """The data of an object, or of a range of it: a context in which it is read once.

    If a connection breaks, the rest is requested, as long as the object has its ETag still.

    Args:
        cloud: The cloud.
        url: URL of the object.
        span: The range of bytes to read, such as "0-99", "100-" or "-100"; "" for all.
        etag: The ETag that the object must have, "" for any.
    """

    headers: Headers  # of the first response

    def __init__(self, cloud: Cloud, url: str, span: str = "", etag: str = "") -> None:
        self.cloud, self.url, self.span, self.etag = cloud, url, span, etag
        self.position = 0  # in the object
        self.end: int | None = None  # in the object, None if it is unknown
        self.pieces = self.read()

    def __enter__(self) -> ObjectData:
        next(self.pieces)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self.pieces.close()

    @property
    def left(self) -> int | None:
        """The number of bytes from the position to the end, None if it is unknown."""
        return None if self.end is None else self.end - self.position

    def restart(self, position: int) -> None:
        """Read from another position on, which is not the end."""
        self.pieces.close()
        self.position = position
        self.pieces = self.read()
        next(self.pieces)

    def read(self) -> Generator[bytes, None, None]:
        """Yield b"" when the headers are known, and then the data."""
        failures, first = 0, True
        while True:
            try:
                with self.cloud.http.stream("GET", self.url, headers=self.request_headers()) as answer:
                    skipped = self.begin(answer)
                    if first:
                        yield b""
                    first = False
                    for piece in answer.stream:  # type: ignore[union-attr]
                        if skipped:
                            skipped, piece = max(0, skipped - len(piece)), piece[skipped:]
                        self.position += len(piece)
                        failures = 0
                        yield piece
                return
            except ConnectionFailed:
                failures += 1
                if not first and self.position == self.end:
                    return
                if first or failures > RETRIES or not self.etag or self.end is None:
                    raise
            except HTTPError as error:
                if error.status == 412:
                    raise self.replaced() from None
                failures += 1
                if error.status not in PASSING or failures > RETRIES_WHILE_BUSY:
                    raise
            self.cloud.http.sleep(retry_delay(failures, None))

    def request_headers(self) -> dict[str, str]:
        """Return the headers of a request for what is left."""
        headers = {"If-Match": f'"{self.etag}"'} if self.etag else {}
        if self.position:
            return {**headers, "Range": f"bytes={self.position}-{'' if self.end is None else self.end - 1}"}
        return {**headers, "Range": f"bytes={self.span}"} if self.span else headers

    def begin(self, answer: Response) -> int:
        """Take the headers of a response; return the number of bytes at its beginning to leave out.

        Raises:
            OstkError: It is not the data that was asked for.
        """
        headers = answer.headers
        refuse_page(headers)
        etag = strong_etag(headers)
        if self.etag and etag and etag != self.etag:
            raise self.replaced()
        self.etag = etag
        if answer.status_code == 206:
            found = re.fullmatch(r"bytes (\d+)-(\d+)/(\d+|\*)", headers.get("Content-Range", ""))
            if not found or (self.position and int(found[1]) != self.position):
                raise OstkError("Another range of the data came than was asked for: nothing was saved.")
            self.position, self.end = int(found[1]), int(found[2]) + 1
        elif self.span:
            raise OstkError("The whole object came in place of a range: nothing was saved.")
        else:
            length = headers.get("Content-Length", "")
            self.end = int(length) if length.isdecimal() else None
        if not hasattr(self, "headers"):
            self.headers = headers
        return self.position if answer.status_code == 200 else 0

    def replaced(self) -> Replaced:
        """Return the error for an object that was replaced."""
        return Replaced("The object was replaced while it was downloaded: nothing was saved.", "Try again.")


def strong_etag(headers: Headers) -> str:
    """Return the ETag of an object, "" if it does not identify the data byte by byte."""
    etag = str(headers.get("Etag", "")).strip()
    return "" if etag.startswith("W/") else etag.strip('"')


class SegmentCheck(Check):
    """Compares the data of a large object with the sizes and MD5s of its segments."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self.sizes = [one.size for one in segments]
        super().__init__(sum(self.sizes), None, "md5")
        self.checks = iter([Check(one.size, one.etag or None, "md5") for one in segments if one.size])
        self.ends = iter(accumulate(size for size in self.sizes if size))
        self.current, self.until = next(self.checks, None), next(self.ends, 0)

    def add(self, data: bytes) -> None:
        """Take the next bytes into account. Raises OstkError if a segment is not as expected."""
        while self.current and self.size + len(data) >= self.until:
            part, data = data[: self.until - self.size], data[self.until - self.size :]
            self.current.add(part)
            self.current.end()
            self.size += len(part)
            self.current, self.until = next(self.checks, None), next(self.ends, 0)
        if self.current:
            self.current.add(data)
            self.size += len(data)
        elif data:
            raise OstkError(f"More than the expected {self.length} bytes were received: nothing was saved.")


def check_of(headers: Mapping[str, str], length: int | None, listed: Json) -> Check:
    """Return the size and MD5 to verify data with, from the headers or else from the listing.

    Args:
        headers: The headers of the response: Content-Length and ETag are those of the data as sent, before its
            Content-Encoding is decoded.
        length: The size of the data, None if it is unknown.
        listed: The row of the object in the listing of its container, {} if there is none.

    Raises:
        OstkError: The headers and the listing differ.
    """
    if is_large(headers):
        return Check(length, None, "md5")
    md5 = md5_in(headers.get("Etag"))
    # The listing of a symlink has the size and the hash of the symlink, not of its target.
    if "symlink_path" not in listed and "Content-Location" not in headers:
        length = compare_with_listing("size", length, listed.get("bytes"))
        md5 = compare_with_listing("MD5", md5, md5_in(listed.get("hash")))
    return Check(length, md5, "md5")


def compare_with_listing(attribute: str, from_headers: T | None, listed: T | None) -> T | None:
    """Return the size or MD5 from the headers, or else from the listing.

    Raises:
        OstkError: Both are known, and differ.
    """
    if None not in (from_headers, listed) and from_headers != listed:
        raise OstkError(
            f"The {attribute} of the data is {from_headers}, but {listed} in the listing: the object was not saved.",
            "If the object was replaced a moment ago, try again. Otherwise a proxy may have answered for the service.",
        )
    return listed if from_headers is None else from_headers
