"""Objects saved as files: which file an object becomes, and how its data is verified."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

from ..console import data_output
from ..errors import FileError, OstkError
from ..files import because, whole
from ..language import Json
from ..session.cloud import Cloud
from ..streams import Check, Progress, md5_in, receive, refuse_page
from .swift import SWIFT

if TYPE_CHECKING:
    from ..http.client import Headers

T = TypeVar("T")

# The ETag of an object that is made of others is no hash of its data.
COMPOSITE = ("X-Object-Manifest", "X-Static-Large-Object")
DIRECTORY = "application/directory"


def download(cloud: Cloud, path: str, file: str, listed: Json | None = None, progress: bool = False) -> None:
    """Write an object to a file, whole or not at all, or to standard output.

    Args:
        cloud: The cloud.
        path: The path of the object, as in its URL.
        file: The file to write, "-" for standard output.
        listed: The object as its container lists it, if it was listed.
        progress: Whether a progress bar is shown on a terminal.

    Raises:
        FileError: The file cannot be written.
        OstkError: The data is not what the headers and the listing say.
    """
    url = cloud.endpoint(SWIFT) + path
    with cloud.hinting(SWIFT, "GET", url), cloud.http.stream("GET", url) as answer:
        refuse_page(answer.headers)
        check = check_of(answer.headers, listed or {})
        with contextlib.nullcontext(data_output()) if file == "-" else opened(file) as target:
            # What is compared with size and hash is the data before its Content-Encoding is removed.
            sent: Any = answer.stream
            encoding = answer.headers.get("Content-Encoding", "")
            receive(sent, target, check, Progress(check.length, progress), encoding)


def opened(file: str) -> contextlib.AbstractContextManager[Any]:
    """Create the directory of a file if there is none, and open the file for writing."""
    directory = os.path.dirname(os.path.expanduser(file))
    try:
        os.makedirs(directory or ".", exist_ok=True)
    except (OSError, ValueError) as error:
        raise FileError(f"The directory of {file} cannot be made: {because(error)}.") from None
    return whole(file)


def check_of(headers: Headers, listed: Json) -> Check:
    """Return what the data is compared with: the size and the MD5 in the headers or else in the listing.

    Raises OstkError if the headers contradict the listing.
    """
    length = headers.get("Content-Length", "")
    size = int(length) if length.isdecimal() else None
    if any(name in headers for name in COMPOSITE):
        return Check(size, None, "md5")
    md5 = md5_in(headers.get("Etag"))
    # Of a link to another object, the listing has the size and the hash of the link.
    if "symlink_path" not in listed and "Content-Location" not in headers:
        size = agreed("size", size, listed.get("bytes"))
        md5 = agreed("MD5", md5, md5_in(listed.get("hash")))
    return Check(size, md5, "md5")


def agreed(what: str, found: T | None, listed: T | None) -> T | None:
    """Return what is known of an object, from the headers or from the listing. Raises OstkError if they differ."""
    if None not in (found, listed) and found != listed:
        raise OstkError(
            f"The {what} of the data is {found}, but {listed} in the list of objects: nothing was saved.",
            "If the object was just replaced, try again; else something between here and the service answered.",
        )
    return listed if found is None else found


def is_directory(item: Json) -> bool:
    """Whether an object in a listing only stands for a directory: it is empty, and its name or its type says so."""
    return not item.get("bytes") and (item["name"].endswith("/") or item.get("content_type") == DIRECTORY)


def destinations(items: Iterable[Json]) -> dict[str, str | OstkError]:
    """Return the file in the current directory for each object, or why there is none.

    Objects that would be one file have none, nor has an object whose file would be the directory of others.

    Args:
        items: The objects as their container lists them.

    Returns:
        For the name of each object that is to be saved, the path of its file or the error.
    """
    here = os.path.realpath(".")
    found: dict[str, str | OstkError] = {}
    directories: dict[str, str] = {}
    for item in items:
        name = item["name"]
        path = destination(here, name.rstrip("/") if is_directory(item) else name)
        if not is_directory(item):
            found[name] = path
        elif isinstance(path, str):
            directories[path] = name
    paths = {name: path for name, path in found.items() if isinstance(path, str)}
    same = folding(here, [*paths.values(), *directories]) if len(paths) + len(directories) > 1 else str
    sharing: dict[str, list[str]] = {}
    for name, path in paths.items():
        sharing.setdefault(same(path), []).append(name)
    above = {same(parent) for path in paths.values() for parent in parents(here, path)}
    for path, names in sharing.items():
        for name in names:
            if len(names) > 1:
                others = ", ".join(repr(other) for other in names if other != name)
                found[name] = unsaved(name, f"it would be the same file as {others}")
            elif path in above:
                found[name] = unsaved(name, "its file would be the directory of other objects")
    for path, name in directories.items():
        if same(path) in sharing:
            found[name] = unsaved(name, "the directory would be the file of another object")
    return found


def destination(here: str, name: str) -> str | OstkError:
    """Return the path of the file for an object in the directory `here`, or the error if its name leads out of it."""
    with contextlib.suppress(ValueError):  # a name that no path can hold
        path = os.path.realpath(os.path.join(here, name))
        if not name.endswith("/") and path.startswith(os.path.join(here, "")):
            return path
    return OstkError(f"The object {name!r} has no name for a file in this directory.", "Give --file of object save.")


def unsaved(name: str, reason: str) -> OstkError:
    """Return the error for an object that is not saved because of others."""
    return OstkError(f"The object {name!r} was not saved: {reason}.", "Save it with: object save --file.")


def parents(here: str, path: str) -> Iterator[str]:
    """Yield the directories between `here` and a path inside of it."""
    while len(path := os.path.dirname(path)) > len(here):
        yield path


def folding(here: str, paths: list[str]) -> Any:
    """Return the function whose result is the same for two paths that the file system takes for one file."""
    from unicodedata import normalize

    def folded(path: str) -> str:
        return normalize("NFC", path).casefold()

    several = len({folded(one) for path in paths for one in (path, *parents(here, path))})
    if several == len({one for path in paths for one in (path, *parents(here, path))}) or not ignores_case(here):
        return str
    return folded


def ignores_case(directory: str) -> bool:
    """Whether the file system takes names in upper and lower case for the same; tried with a file of a random name."""
    probe = os.path.join(directory, f".ostk-{os.urandom(6).hex()}-a.part")
    try:
        os.close(os.open(probe, os.O_CREAT | os.O_EXCL, 0o600))
    except OSError:
        return False  # nothing can be saved there anyway
    try:
        return os.path.exists(os.path.join(directory, os.path.basename(probe).upper()))
    finally:
        os.unlink(probe)
