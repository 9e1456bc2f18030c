"""Image data on its way: from a file or standard input to Glance, and from Glance to a file."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from typing import IO, Any

import click

from ..errors import FileError, OstkError
from ..files import because, whole
from ..kinds import IMAGE
from ..language import Json
from ..session.cloud import Cloud, quote

CHUNK = 256 * 1024
BINARY = {"Content-Type": "application/octet-stream"}


class Progress:
    """A bar on standard error, if that is a terminal and `wanted`; `total` is in bytes."""

    def __init__(self, total: int | None, wanted: bool = True) -> None:
        self.total = total or 0
        self.shown = bool(total) and wanted and sys.stderr.isatty()
        self.percent = -1

    def at(self, done: int) -> None:
        """Show how much is done."""
        percent = min(100, done * 100 // self.total) if self.shown else -1
        if percent != self.percent:
            self.percent = percent
            sys.stderr.write(f"\r\x1b[K[{'=' * (percent * 29 // 100) + '>':<30}] {percent}%")
            sys.stderr.flush()

    def end(self) -> None:
        """Take the bar away."""
        if self.percent >= 0:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


class Source:
    """An open file that image data is read from; whatever goes wrong is a FileError that names it."""

    def __init__(self, file: IO[bytes], name: str) -> None:
        self.file, self.name = file, name
        self.size = self.length()
        self.progress = Progress(None)

    def length(self) -> int | None:
        """Bytes from here to its end, None where that is not known before it is read: a pipe."""
        try:
            here = self.file.tell()
            end = self.file.seek(0, os.SEEK_END)
            self.file.seek(here)
        except (OSError, ValueError):
            return None
        return end - here

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        try:
            data = self.file.read(size)
        except OSError as error:
            raise FileError(f"{self.name} cannot be read: {because(error)}.") from None
        if self.size is not None:
            self.progress.at(self.file.tell())
        return data

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a place in it."""
        return self.file.seek(offset, whence)

    def tell(self) -> int:
        """The place in it."""
        return self.file.tell()

    def __iter__(self) -> Iterator[bytes]:
        while data := self.read(CHUNK):
            yield data


class Readable(click.ParamType[str]):
    """A file that can be read."""

    name = "file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Refuse a file that cannot be read before anything is sent."""
        if not os.path.exists(value):
            raise FileError(f"There is no file {value!r}.")
        if os.path.isdir(value):
            raise FileError(f"{value!r} is a directory.")
        if not os.access(value, os.R_OK):
            raise FileError(f"The file {value!r} cannot be read: permission denied.")
        return str(value)


def piped() -> bool:
    """Whether standard input is there and no terminal."""
    return sys.stdin is not None and not sys.stdin.closed and not sys.stdin.isatty()


def source(path: str | None) -> Source | None:
    """Where image data comes from: a file, or standard input where that is no terminal, or nowhere."""
    if path is None:
        return Source(sys.stdin.buffer, "Standard input") if piped() else None
    try:
        return Source(open(path, "rb"), path)
    except OSError as error:
        raise FileError(f"The file {path!r} cannot be read: {because(error)}.") from None


def upload(cloud: Cloud, path: str, data: Source, size: int | None = None, progress: bool = False) -> None:
    """Send data to a place of an image; `size` is what the user says its bytes are."""
    known = data.size if size is None else size
    headers = BINARY if known is None else {**BINARY, "X-OpenStack-Image-Size": str(known)}
    data.progress = Progress(data.size, progress)
    content: Any = iter(data) if data.size is None else data
    try:
        cloud.request(IMAGE.service, "PUT", path, headers=headers, content=content)
    finally:
        data.progress.end()


def download(cloud: Cloud, item: Json, path: str | None, chunk: int, query: Json) -> None:
    """Write the data of an image to a file, whole or not at all, or to standard output."""
    # An image of a server holds what the server held: keys and passwords too.
    with whole(path, "image file", mode=0o600) if path else contextlib.nullcontext(sys.stdout.buffer) as file:
        check = Check(item)
        progress = Progress(item.get("size"))
        url = f"{cloud.endpoint(IMAGE.service)}{IMAGE.path}/{quote(item['id'])}/file"
        try:
            with cloud.http.stream("GET", url, params=query) as answer:
                if answer.status_code == 204:
                    name = item.get("name") or item["id"]
                    raise OstkError(f"The image {name} has no data: it is {item.get('status')}.")
                for data in answer.iter_bytes(chunk):
                    check.add(data)
                    file.write(data)
                    progress.at(check.size)
        finally:
            progress.end()
        check.end()


class Check:
    """Compares data with the size and the hash that Glance keeps of it."""

    def __init__(self, item: Json) -> None:
        import hashlib

        self.expected, self.size, self.length = item.get("os_hash_value"), 0, item.get("size")
        algorithm = str(item.get("os_hash_algo") or "")
        if not self.expected or algorithm not in hashlib.algorithms_available:
            self.expected, algorithm = item.get("checksum"), "md5"
        self.algorithm, self.hash = algorithm, hashlib.new(algorithm, usedforsecurity=False)

    def add(self, data: bytes) -> None:
        """Take in the next bytes."""
        self.size += len(data)
        self.hash.update(data)

    def end(self) -> None:
        """Fail if what came is not what Glance has."""
        if self.length is not None and self.size != self.length:
            raise OstkError(f"Only {self.size} of {self.length} bytes came: nothing was kept.", "Try again.")
        if self.expected and self.hash.hexdigest() != self.expected:
            raise OstkError(f"The data is damaged: its {self.algorithm} differs from the one Glance tells.")
