"""Local files: read with clear errors, written atomically."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO

from .errors import FileError

NO_LINK = getattr(os, "O_NOFOLLOW", 0)
LONGEST_STEM = 200  # bytes of a file name that its temporary file repeats; file systems allow 255 in all


def read(path: str, what: str = "file") -> bytes:
    """Return the content of a file; `what` is what the file is, for errors."""
    try:
        with open(os.path.expanduser(path), "rb") as file:
            return file.read()
    except (OSError, ValueError) as error:
        raise FileError(f"The {what} {path} cannot be read: {because(error)}.") from error


def read_text(path: str, what: str = "file") -> str:
    """Return the text of a file in UTF-8."""
    try:
        return read(path, what).decode("utf-8")
    except UnicodeDecodeError as error:
        raise FileError(f"The {what} {path} is not UTF-8 text.") from error


@contextmanager
def whole(path: str, what: str = "file", mode: int = 0o666) -> Iterator[IO[bytes]]:
    """Open a temporary file that replaces the file `path` when the block succeeds.

    The temporary file is created before the block runs, so that a path that cannot be written to fails first.
    When the block fails, the file `path` stays as it was. A device or a pipe is written to directly.

    Args:
        path: The file to write; `~` is expanded and symbolic links are followed.
        what: What the file is, for error messages.
        mode: The most permissions that the file gets. A new file gets those that the umask leaves; a file that is
            replaced keeps its own, so that a private file stays private.

    Raises:
        FileError: The file cannot be created, written or replaced.
    """
    new = target = ""
    try:
        named = os.path.expanduser(path)
        if named.endswith("/") or os.path.isdir(named):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        old = os.stat(named) if os.path.exists(named) else None
        if old and not os.access(named, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        if old and not stat.S_ISREG(old.st_mode):
            file: IO[bytes] = open(named, "wb")  # noqa: SIM115
        else:
            target = os.path.realpath(named)
            new = temporary(target)
            file = create(new, old, mode)
    except (OSError, ValueError) as error:
        raise FileError(f"The {what} {path} cannot be written: {because(error)}.") from error
    try:
        with file:
            yield file
            store(file)
        if new:
            replace(new, target)
    except BaseException as error:
        if new:
            with suppress(OSError):
                os.unlink(new)
        if isinstance(error, OSError):
            raise FileError(f"The {what} {path} cannot be written: {because(error)}.") from error
        raise


def temporary(target: str) -> str:
    """Return the path of a temporary file beside `target`, with a random name that no earlier run has left behind."""
    directory, name = os.path.split(target)
    stem = os.fsencode(name)[:LONGEST_STEM].decode(errors="ignore")
    return os.path.join(directory, f"{stem}.{os.urandom(6).hex()}.part")


def create(new: str, old: os.stat_result | None, mode: int) -> IO[bytes]:
    """Create the file `new` with the owner and the permissions of the file that it is to replace.

    Args:
        new: Path of a file that does not exist.
        old: State of the file to be replaced, None if there is none.
        mode: The most permissions that the file gets.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    if old is None:
        return os.fdopen(os.open(new, flags, mode), "wb")
    number = os.open(new, flags, 0o600)
    permissions = stat.S_IMODE(old.st_mode) & (0o777 if mode & 0o077 else mode)
    if hasattr(os, "fchown"):
        for owner in (old.st_uid, -1):
            with suppress(OSError):
                os.fchown(number, owner, old.st_gid)
                break
        if os.fstat(number).st_gid != old.st_gid:
            permissions &= ~0o070  # what the old group may do is not for another one
    os.chmod(new, permissions)
    return os.fdopen(number, "wb")


def store(file: IO[bytes]) -> None:
    """Write what is buffered of a file to its disk, if it is on one."""
    file.flush()
    if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        os.fsync(file.fileno())


def replace(new: str, target: str) -> None:
    """Put the file `new` in the place of `target`.

    A target that exists and is empty, as mktemp creates it, is filled instead, because another program may have it
    open. Where there is no room for a second copy, it is replaced as well.
    """
    if os.path.exists(target) and os.path.getsize(target) == 0:
        try:
            fill(target, new)
        except OSError:
            os.truncate(target, 0)
        else:
            os.unlink(new)
            return
    os.replace(new, target)


def fill(target: str, new: str) -> None:
    """Copy the data and the permissions of the file `new` to `target`."""
    with open(new, "rb") as source, open(target, "r+b") as file:
        os.chmod(target, stat.S_IMODE(os.fstat(source.fileno()).st_mode))
        while chunk := source.read(1 << 20):
            file.write(chunk)
        store(file)


def because(error: Exception) -> str:
    """Return the reason of an error of the operating system."""
    return getattr(error, "strerror", None) or str(error)


@contextmanager
def private(directory: str) -> Iterator[int | None]:
    """Open a directory that belongs to the user, and close it when the block ends.

    The directory is made readable for the user alone. A symbolic link is refused: in a cache directory that
    others may write to, it can lead anywhere. Where the system has no users and no descriptors of directories
    (Windows), None takes the place of the descriptor.

    Raises:
        OSError: The directory is absent, a link, something else or of another user.
    """
    if not hasattr(os, "getuid"):
        yield None
        return
    number = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | NO_LINK)
    try:
        state = os.fstat(number)
        if state.st_uid != os.getuid():
            raise PermissionError(errno.EPERM, "The directory belongs to another user", directory)
        if state.st_mode & 0o077:
            os.fchmod(number, 0o700)
        yield number
    finally:
        os.close(number)


def inside(directory: str, at: int | None, name: str) -> str:
    """Return the path of a file in a directory, relative to its descriptor where there is one."""
    return os.path.join(directory, name) if at is None else name
