"""The files of objects: below a directory, one for each object."""

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

from ..errors import OstkError
from ..language import Json

DIRECTORY_TYPE = "application/directory"


def is_directory(item: Json) -> bool:
    """Return True if an object is a directory marker: it is empty, and has a name or type of a directory."""
    return not item.get("bytes") and (item["name"].endswith("/") or item.get("content_type") == DIRECTORY_TYPE)


def destinations(items: Iterable[Json], below: str = ".") -> dict[str, str | OstkError]:
    """Return the file below a directory for each object, or an error if it has none.

    Several objects with the same file have none, nor has an object whose file would be the directory of others.

    Args:
        items: The rows of the objects in the listing of the container; `name` alone is needed.
        below: The directory.

    Returns:
        For the name of each object to save, the path of its file or the error.
    """
    directory = os.path.realpath(os.path.expanduser(below))
    found: dict[str, str | OstkError] = {}
    directories: dict[str, str] = {}
    real = cache(os.path.realpath)
    for item in items:
        name = item["name"]
        path = destination(directory, name.rstrip("/") if is_directory(item) else name, real)
        if not is_directory(item):
            found[name] = path
        elif isinstance(path, str):
            directories[path] = name
    paths = {name: path for name, path in found.items() if isinstance(path, str)}
    key_of = path_key(directory, [*paths.values(), *directories]) if len(paths) + len(directories) > 1 else str
    sharing: dict[str, list[str]] = {}
    for name, path in paths.items():
        sharing.setdefault(key_of(path), []).append(name)
    above = {key_of(parent) for path in paths.values() for parent in parents(directory, path)}
    for path, names in sharing.items():
        for name in names:
            if len(names) > 1:
                others = ", ".join(repr(other) for other in names if other != name)
                found[name] = not_saved_error(name, f"it would be the same file as {others}")
            elif path in above:
                found[name] = not_saved_error(name, "its file would be the directory of other objects")
    for path, name in directories.items():
        if key_of(path) in sharing:
            found[name] = not_saved_error(name, "the directory would be the file of another object")
    return found


def destination(directory: str, name: str, real: Callable[[str], str]) -> str | OstkError:
    """Return the path of the file for an object below a directory, or an error if its name is not such a path.

    Args:
        directory: The directory, without symbolic links.
        name: Name of the object.
        real: Returns a path without symbolic links.
    """
    with contextlib.suppress(ValueError):  # a NUL character in the name
        above, last = os.path.split(os.path.join(directory, name))
        path = os.path.join(real(above), last)
        if last in (".", "..") or os.path.islink(path):
            path = real(path)
        if last and path.startswith(os.path.join(directory, "")):
            return path
    return OstkError(
        f"The object {name!r} was not saved: its name is not a path of a file below the directory.",
        "Save the object with: object save --file.",
    )


def not_saved_error(name: str, reason: str) -> OstkError:
    """Return the error for an object that is not saved because of other objects."""
    return OstkError(f"The object {name!r} was not saved: {reason}.", "Save the object with: object save --file.")


def parents(directory: str, path: str) -> Iterator[str]:
    """Yield the directories between a directory and a path below it."""
    while len(path := os.path.dirname(path)) > len(directory):
        yield path


def path_key(directory: str, paths: list[str]) -> Any:
    """Return a function with equal results for two paths that are the same file on the file system of a directory."""
    from unicodedata import normalize

    def folded(path: str) -> str:
        return normalize("NFC", path).casefold()

    all_paths = {one for path in paths for one in (path, *parents(directory, path))}
    if len({folded(path) for path in all_paths}) == len(all_paths) or not ignores_case(directory):
        return str
    return folded


def ignores_case(directory: str) -> bool:
    """Return True if the file system ignores case, which is tried with a file of a random name."""
    while not os.path.isdir(directory):  # it is created with the first file
        directory = os.path.dirname(directory)
    probe = os.path.join(directory, f".ostk-{os.urandom(6).hex()}-a.part")
    try:
        os.close(os.open(probe, os.O_CREAT | os.O_EXCL, 0o600))
    except OSError:
        return False  # the directory is not writable: no object can be saved
    try:
        return os.path.exists(os.path.join(directory, os.path.basename(probe).upper()))
    finally:
        os.unlink(probe)
