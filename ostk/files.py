"""Local files: read with clear errors, written atomically."""

import errno
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import IO, Any, TypeVar

from .errors import FileError, OstkError

T = TypeVar("T")
NO_LINK = getattr(os, "O_NOFOLLOW", 0)
BLOCK = 1 << 20  # bytes that are read at a time
FEW = 8  # files that are synced one by one
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


def parse_object(text: str, what: str) -> dict[str, Any]:
    """Return a JSON object from its text; `what` names the text in messages.

    Raises:
        OstkError: The text is not a JSON object.
    """
    import json

    try:
        found = json.loads(text)
    except ValueError as error:
        raise OstkError(f"{what} is not JSON: {error}.") from error
    if not isinstance(found, dict):
        raise OstkError(f"{what} is not a JSON object.")
    return found


class Draft:
    """A file that is being written: a temporary file that replaces another one, or a device or a pipe itself.

    Attributes:
        file: The open file.
        path: Path of the temporary file, "" if there is none.
        found: Size of what an earlier run left in the temporary file.
        keep: Whether to leave the temporary file for a later run if the block fails.
    """

    def __init__(self, file: IO[bytes], path: str, found: int = 0) -> None:
        self.file, self.path, self.found, self.keep = file, path, found, False

    def earlier(self, size: int) -> Iterator[bytes]:
        """Yield what an earlier run left of data of this size, and set the position of the file to its end.

        What is larger than the data is removed.
        """
        if self.found > size:
            self.file.truncate(0)
            return
        yield from blocks(self.file.fileno(), 0, self.found)
        self.file.seek(self.found)

    def kept(self, count: int) -> str:
        """Return the sentence about the bytes that are kept, "" if they are not.

        Args:
            count: The number of bytes that were received; what was not written any more is not kept.
        """
        if not self.keep:
            return ""
        count = min(count, os.path.getsize(self.path))
        return f"{count} bytes are kept in {self.path}: the same command goes on from there."


@contextmanager
def whole(path: str, what: str = "file", mode: int = 0o666) -> Iterator[IO[bytes]]:
    """Open a temporary file that replaces the file `path` when the block succeeds; see `draft`."""
    with draft(path, what, mode) as one:
        yield one.file


@contextmanager
def draft(path: str, what: str = "file", mode: int = 0o666, key: str = "", sync: bool = True) -> Iterator[Draft]:
    """Open a temporary file that replaces the file `path` when the block succeeds.

    The temporary file is created before the block runs, so that a path that cannot be written to fails first.
    When the block fails, the file `path` stays as it was. A device or a pipe is written to directly.

    Args:
        path: The file to write; `~` is expanded and symbolic links are followed.
        what: What the file is, for error messages.
        mode: The most permissions that the file gets. A new file gets those that the umask leaves; a file that is
            replaced keeps its own, so that a private file stays private.
        key: What the data is, say its ETag: the temporary file that an earlier run with the same key left is opened
            again, unless another process is writing to it. "" for a new temporary file.
        sync: Whether to write the data to the disk before the file is replaced; if not, the caller must call
            `sync_files`.

    Raises:
        FileError: The file cannot be created, written or replaced.
    """
    target = ""
    try:
        named = os.path.expanduser(path)
        old = state_of(named)
        if named.endswith("/") or (old and stat.S_ISDIR(old.st_mode)):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if old and not os.access(named, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        if old and not stat.S_ISREG(old.st_mode):
            one = Draft(open(named, "wb"), "")  # noqa: SIM115
        else:
            target = os.path.realpath(named) if os.path.islink(named) else named
            one = (key and reopened(target, old, mode, key)) or created(target, old, mode)
    except (OSError, ValueError) as error:
        raise FileError(f"The {what} {path} cannot be written: {because(error)}.") from error
    try:
        with one.file as file:
            yield one
            file.flush()
            if sync:
                store(file)
            if one.path and key:
                replace(one.path, target)  # the lock ends when the file is closed
        if one.path and not key:
            replace(one.path, target)
    except BaseException as error:
        if one.path and not one.keep:
            with suppress(OSError):
                os.unlink(one.path)
        if isinstance(error, OSError):
            full = error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", None))
            hint = "Free space there, or write to another disk." if full else ""
            raise FileError(f"The {what} {path} cannot be written: {because(error)}.", hint) from error
        raise


def blocks(number: int, position: int, size: int) -> Iterator[bytes]:
    """Yield what an open file holds from a position on."""
    while size > 0 and (block := os.pread(number, min(size, BLOCK), position)):
        position, size = position + len(block), size - len(block)
        yield block


def state_of(path: str) -> os.stat_result | None:
    """Return the state of a file, None if it does not exist."""
    try:
        return os.stat(path)
    except OSError:
        return None


def created(target: str, old: os.stat_result | None, mode: int) -> Draft:
    """Create a temporary file to replace `target`."""
    path = temporary(target)
    return Draft(create(path, old, mode), path)


def reopened(target: str, old: os.stat_result | None, mode: int, key: str) -> Draft | None:
    """Open the temporary file with this key, or create it; None if it is another user's or another process has it."""
    import hashlib

    try:
        import fcntl
    except ImportError:  # Windows
        return None
    path = temporary(target, hashlib.sha256(key.encode(errors="surrogatepass")).hexdigest()[:12])
    try:
        file = create(path, old, mode)
    except FileExistsError:
        try:
            file = os.fdopen(os.open(path, os.O_RDWR | NO_LINK | os.O_NONBLOCK), "wb")
        except OSError:
            return None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        here, there = os.fstat(file.fileno()), os.lstat(path)
        if (here.st_dev, here.st_ino) != (there.st_dev, there.st_ino):
            raise FileExistsError  # the process that had it has put it in the place of its target
        if not stat.S_ISREG(here.st_mode) or here.st_uid != os.geteuid() or here.st_nlink != 1:
            raise FileExistsError
        if old:
            adopt(file.fileno(), path, old, mode)
    except OSError:
        file.close()
        return None
    return Draft(file, path, here.st_size)


def sync_files(paths: Sequence[str]) -> None:
    """Write files to their disks that `draft` replaced without.

    Raises:
        FileError: That failed; what the files hold after a crash of the machine is unknown.
    """
    named = [os.path.expanduser(path) for path in paths]
    synced = sync_systems({os.path.dirname(path) for path in named}) if len(paths) > FEW else set()
    for path in named:
        try:
            state = os.stat(path)
            if state.st_dev not in synced and stat.S_ISREG(state.st_mode):
                sync(path, os.fsync)
        except OSError as error:
            raise FileError(
                f"The file {path} may not be on the disk: {because(error)}.", "Check the disk, and save the file again."
            ) from error


def sync_systems(directories: Iterable[str]) -> set[int]:
    """Write the file systems of directories to their disks; return the numbers of their devices.

    A system without `syncfs` (other than Linux) is left out, and one where it failed.
    """
    import ctypes

    synced: set[int] = set()
    function = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None) if os.name == "posix" else None
    for directory in directories:
        device = os.stat(directory or ".").st_dev
        if function and device not in synced and sync(directory or ".", function) == 0:
            synced.add(device)
    return synced


def sync(path: str, function: Callable[[int], T]) -> T:
    """Call a function with the descriptor of an open file or directory; return its result."""
    number = os.open(path, os.O_RDONLY)
    try:
        return function(number)
    finally:
        os.close(number)


def temporary(target: str, mark: str = "") -> str:
    """Return the path of a temporary file beside `target`.

    Args:
        target: The file that it is to replace.
        mark: Part of its name; by default a random one, which no earlier run has left behind.
    """
    directory, name = os.path.split(target)
    stem = os.fsencode(name)[:LONGEST_STEM].decode(errors="ignore")
    return os.path.join(directory, f"{stem}.{mark or os.urandom(6).hex()}.part")


def create(new: str, old: os.stat_result | None, mode: int) -> IO[bytes]:
    """Create the file `new` with the owner and the permissions of the file that it is to replace.

    Args:
        new: Path of a file that does not exist.
        old: State of the file to be replaced, None if there is none.
        mode: The most permissions that the file gets.
    """
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | NO_LINK
    if old is None:
        return os.fdopen(os.open(new, flags, mode), "wb")
    number = os.open(new, flags, 0o600)
    adopt(number, new, old, mode)
    return os.fdopen(number, "wb")


def adopt(number: int, new: str, old: os.stat_result, mode: int) -> None:
    """Give an open file the owner and the permissions of the file that it is to replace; see `create`."""
    permissions = stat.S_IMODE(old.st_mode) & (0o777 if mode & 0o077 else mode)
    if hasattr(os, "fchown"):
        for owner in (old.st_uid, -1):
            with suppress(OSError):
                os.fchown(number, owner, old.st_gid)
                break
        if os.fstat(number).st_gid != old.st_gid:
            permissions &= ~0o070  # what the old group may do is not for another one
    os.chmod(new, permissions)


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
        while chunk := source.read(BLOCK):
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
