"""Data of any size on its way: read from a file or standard input, its progress shown, checked when it is here."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from typing import IO

from .errors import FileError, OstkError
from .files import because

CHUNK = 256 * 1024


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
    """An open file that data is read from; whatever goes wrong is a FileError that names it."""

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


class Check:
    """Compares data with its size and its hash, as far as they are known."""

    def __init__(self, length: int | None, hash: str | None, algorithm: str) -> None:
        import hashlib

        self.size, self.length, self.expected, self.algorithm = 0, length, hash, algorithm
        self.hash = hashlib.new(algorithm, usedforsecurity=False)

    def add(self, data: bytes) -> None:
        """Take in the next bytes."""
        self.size += len(data)
        self.hash.update(data)

    def end(self) -> None:
        """Fail if what came is not what was to come."""
        if self.length is not None and self.size != self.length:
            raise OstkError(f"Only {self.size} of {self.length} bytes came: nothing was kept.", "Try again.")
        if self.expected and self.hash.hexdigest() != self.expected:
            raise OstkError(f"The data is damaged: its {self.algorithm} differs from the one the cloud tells.")


def receive(pieces: Iterable[bytes], file: IO[bytes], check: Check, progress: Progress) -> None:
    """Write data as it comes, its progress shown; fail if it is not what was to come."""
    try:
        for data in pieces:
            check.add(data)
            file.write(data)
            progress.at(check.size)
    finally:
        progress.end()
    check.end()


def piped() -> bool:
    """Whether standard input is there and no terminal."""
    return sys.stdin is not None and not sys.stdin.closed and not sys.stdin.isatty()


def source(path: str | None) -> Source | None:
    """Where data comes from: a file, or standard input where that is no terminal, or nowhere."""
    if path is None:
        return Source(sys.stdin.buffer, "Standard input") if piped() else None
    try:
        return Source(open(path, "rb"), path)
    except OSError as error:
        raise FileError(f"The file {path!r} cannot be read: {because(error)}.") from None


def readable(path: str) -> str:
    """A path that can be read from; refused before anything is sent if it is none."""
    if not os.path.exists(path):
        raise FileError(f"There is no file {path!r}.")
    if os.path.isdir(path):
        raise FileError(f"{path!r} is a directory.")
    if not os.access(path, os.R_OK):
        raise FileError(f"The file {path!r} cannot be read: permission denied.")
    return path
