"""Files on this machine: read with a clear refusal, written whole or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO

from .errors import FileError


def read(path: str, what: str = "file") -> bytes:
    """What a file holds; `what` says in an error what it was for."""
    try:
        with open(os.path.expanduser(path), "rb") as file:
            return file.read()
    except (OSError, ValueError) as error:
        raise FileError(f"The {what} {path} cannot be read: {because(error)}.") from error


def read_text(path: str, what: str = "file") -> str:
    """The text in a file of UTF-8."""
    try:
        return read(path, what).decode("utf-8")
    except UnicodeDecodeError as error:
        raise FileError(f"The {what} {path} is not text in UTF-8.") from error


@contextmanager
def whole(path: str, what: str = "file", mode: int = 0o666) -> Iterator[IO[bytes]]:
    """A file to write to, which becomes `path` when the block ends well; else `path` stays as it was.

    It is there before the block begins, so that a path nobody can write to fails first. `mode` is
    narrowed by the umask. A device or a pipe is written to as it is.
    """
    target = os.path.realpath(os.path.expanduser(path))
    new = ""
    try:
        if os.path.exists(target) and not stat.S_ISREG(os.stat(target).st_mode):
            file: IO[bytes] = open(target, "wb")  # noqa: SIM115
        else:
            new = f"{target}.{os.getpid()}.part"
            file = os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb")
    except (OSError, ValueError) as error:
        raise FileError(f"The {what} {path} cannot be written: {because(error)}.") from error
    try:
        with file:
            yield file
            if new:
                file.flush()
                os.fsync(file.fileno())
        if new:
            replace(new, target, mode)
    except BaseException as error:
        if new:
            with suppress(OSError):
                os.unlink(new)
        if isinstance(error, OSError):
            raise FileError(f"The {what} {path} cannot be written: {because(error)}.") from error
        raise


def replace(new: str, target: str, mode: int) -> None:
    """Put the file `new` in the place of `target`.

    A target that is there and empty, as mktemp makes one, is filled instead: somebody may hold it open.
    """
    if os.path.exists(target) and os.path.getsize(target) == 0:
        with open(new, "rb") as source, open(target, "r+b") as file:
            os.fchmod(file.fileno(), os.fstat(file.fileno()).st_mode & mode)
            while chunk := source.read(1 << 20):
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        os.unlink(new)
        return
    os.replace(new, target)


def because(error: Exception) -> str:
    """Why the system refused, in its words."""
    return getattr(error, "strerror", None) or str(error)
