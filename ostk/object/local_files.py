"""Local files to upload: those that arguments name, those below directories, and the names of their objects."""

import os
import stat
import sys
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from posixpath import normpath

from ..errors import FileError, OstkError
from ..files import because
from ..record import Record
from ..streams import readable

STANDARD_INPUT = "-"


class LocalFile(Record):
    """A file to upload.

    Args:
        path: Its path, "-" for standard input.
        name: Name of the object.
        size: Size in bytes, None if it is unknown: of a pipe.
        modified: Time of the last change, in nanoseconds.
    """

    path: str
    name: str
    size: int | None
    modified: int = 0


def files_of(arguments: Sequence[str], name: str | None, prefix: str = "", symlinks: str = "follow") -> list[LocalFile]:
    """Return the files that arguments stand for: files, all files below directories, or standard input.

    Args:
        arguments: Paths of files and directories, "-" for standard input.
        name: Name of the object of the only file, or in place of the path of the only directory; None for the path.
        prefix: Prefix of all names.
        symlinks: "follow" or "skip", for symbolic links below directories.

    Raises:
        FileError: A file or directory does not exist or cannot be read.
        OstkError: The arguments do not go together, or two files would be the same object.
    """
    if name and len(arguments) > 1:
        raise OstkError(f"--name is for a single file, and {len(arguments)} files are given.")
    found: list[LocalFile] = []
    for path in arguments:
        if path == STANDARD_INPUT:
            if not name:
                raise OstkError("Standard input has no name: give the name of the object with --name.")
            if sys.stdin is None:
                raise FileError("Standard input is closed.")
            found.append(LocalFile(path, prefix + name, None))
        elif os.path.isdir(path):
            directory = path.rstrip("/") or path
            base = (directory if name is None else name).rstrip("/")
            start = f"{prefix}{base}/" if base else prefix
            below = files_below(directory, symlinks)
            found += [LocalFile(f.path, f"{start}{f.name}", f.size, f.modified) for f in below]
        else:
            found.append(local_file(readable(path), prefix + (name or path)))
    validate_names(found)
    return found


def local_file(path: str, name: str) -> LocalFile:
    """Return a file with its size and time. Raises FileError."""
    try:
        status = os.stat(path)
    except (OSError, ValueError) as error:
        raise FileError(f"The file {path!r} cannot be read: {because(error)}.") from None
    regular = stat.S_ISREG(status.st_mode)
    return LocalFile(path, name, status.st_size if regular else None, status.st_mtime_ns)


def files_below(directory: str, symlinks: str = "follow") -> Iterator[LocalFile]:
    """Yield the regular files below a directory, in order; the names are their paths below it, with slashes.

    Args:
        directory: The directory.
        symlinks: "follow" or "skip".

    Raises:
        FileError: A file or directory cannot be read, or a symbolic link leads to a directory above itself.
    """
    yield from walk(directory, "", symlinks == "follow", [identity(directory)])


def walk(directory: str, below: str, follow: bool, above: list[tuple[int, int]]) -> Iterator[LocalFile]:
    """Yield the files of a directory and of those in it.

    Args:
        directory: Path of the directory.
        below: The start of the names, "" or with a slash at the end.
        follow: Whether to follow symbolic links.
        above: Device and inode of the directory and of those that it was reached through.
    """
    try:
        with os.scandir(directory) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        raise FileError(f"The directory {directory!r} cannot be read: {because(error)}.") from None
    for entry in entries:
        if entry.is_symlink() and not follow:
            continue
        name = below + entry.name
        if entry.is_dir():
            here = identity(entry.path)
            if here in above:
                raise FileError(
                    f"The symbolic link {entry.path!r} leads to a directory above it.",
                    "Leave symbolic links out with --symlinks skip.",
                )
            yield from walk(entry.path, f"{name}/", follow, [*above, here])
            continue
        file = local_file(entry.path, name)
        if file.size is not None:  # sockets and pipes hold no data of their own
            yield LocalFile(readable(entry.path), name, file.size, file.modified)


def identity(path: str) -> tuple[int, int]:
    """Return the device and the inode of a file."""
    try:
        status = os.stat(path)
    except OSError as error:
        raise FileError(f"The directory {path!r} cannot be read: {because(error)}.") from None
    return status.st_dev, status.st_ino


def validate_names(files: Sequence[LocalFile]) -> None:
    """Raise OstkError if two different files would be the same object."""
    paths: dict[str, str] = {}
    for file in files:
        name = stored_name(file.name)
        other = paths.setdefault(name, file.path)
        if other is not file.path and os.path.realpath(other) != os.path.realpath(file.path):
            raise OstkError(f"The files {other!r} and {file.path!r} would be the same object, {name!r}.")


def stored_name(name: str) -> str:
    """Return the name that an object gets: `.` and `..` in a path are resolved as in a URL, see `swift.path_of`."""
    if normpath(name.lstrip("/")).partition("/")[0] in (".", ".."):
        return name
    parts: list[str] = []
    for part in name.split("/"):
        if part == "..":
            parts = parts if parts in ([], [""]) else parts[:-1]
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


class Patterns(Record):
    """Patterns of names: a name is selected if it matches one of `include` (or there are none) and none of `exclude`.

    A pattern with a slash is compared with the whole name, another one with its last part as well.
    """

    include: Sequence[str] = ()
    exclude: Sequence[str] = ()

    def selects(self, name: str) -> bool:
        """Return whether a name is selected."""
        included = not self.include or any(matches(name, pattern) for pattern in self.include)
        return included and not any(matches(name, pattern) for pattern in self.exclude)


def matches(name: str, pattern: str) -> bool:
    """Return whether a name matches a pattern of the shell."""
    last = "/" not in pattern and fnmatchcase(name.rsplit("/", 1)[-1], pattern)
    return last or fnmatchcase(name, pattern) or (pattern.endswith("/") and f"/{name}".find(f"/{pattern}") >= 0)
