"""Download of objects to files: the file of each object, and verification of the data."""

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

# The ETag of a large object, which is made of segments, is not the MD5 of its data.
LARGE_OBJECT_HEADERS = ("X-Object-Manifest", "X-Static-Large-Object")
DIRECTORY_TYPE = "application/directory"


def download(cloud: Cloud, path: str, file: str, listed: Json | None = None, progress: bool = False) -> None:
    """Write an object to a file, completely or not at all, or to standard output.

    Args:
        cloud: The cloud.
        path: The path of the object, as in its URL.
        file: The file to write, "-" for standard output.
        listed: The row of the object in the listing of its container, if there is one.
        progress: Show a progress bar on a terminal.

    Raises:
        FileError: The file cannot be written.
        OstkError: The size or the MD5 of the data differs from the headers or the listing.
    """
    url = cloud.endpoint(SWIFT) + path
    with cloud.add_hint(SWIFT, "GET", url), cloud.http.stream("GET", url) as answer:
        refuse_page(answer.headers)
        check = check_of(answer.headers, listed or {})
        with contextlib.nullcontext(data_output()) if file == "-" else open_for_writing(file) as target:
            # Content-Length and ETag are those of the data as sent, before its Content-Encoding is decoded.
            sent: Any = answer.stream
            encoding = answer.headers.get("Content-Encoding", "")
            receive(sent, target, check, Progress(check.length, progress), encoding)


def open_for_writing(file: str) -> contextlib.AbstractContextManager[Any]:
    """Create the directory of a file if it does not exist, and open the file for writing.

    Raises:
        FileError: The directory cannot be created, or the file cannot be written.
    """
    directory = os.path.dirname(os.path.expanduser(file))
    try:
        os.makedirs(directory or ".", exist_ok=True)
    except (OSError, ValueError) as error:
        raise FileError(f"The directory of {file} cannot be created: {because(error)}.") from None
    return whole(file)


def check_of(headers: Headers, listed: Json) -> Check:
    """Return the size and MD5 to verify data with, from the headers or else from the listing.

    Raises:
        OstkError: The headers and the listing differ.
    """
    length = headers.get("Content-Length", "")
    size = int(length) if length.isdecimal() else None
    if any(name in headers for name in LARGE_OBJECT_HEADERS):
        return Check(size, None, "md5")
    md5 = md5_in(headers.get("Etag"))
    # The listing of a symlink has the size and the hash of the symlink, not of its target.
    if "symlink_path" not in listed and "Content-Location" not in headers:
        size = compare_with_listing("size", size, listed.get("bytes"))
        md5 = compare_with_listing("MD5", md5, md5_in(listed.get("hash")))
    return Check(size, md5, "md5")


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


def is_directory(item: Json) -> bool:
    """Return True if an object is a directory marker: it is empty, and has a name or type of a directory."""
    return not item.get("bytes") and (item["name"].endswith("/") or item.get("content_type") == DIRECTORY_TYPE)


def destinations(items: Iterable[Json]) -> dict[str, str | OstkError]:
    """Return the file below the current directory for each object, or an error if it has none.

    Several objects with the same file have none, nor has an object whose file would be the directory of others.

    Args:
        items: The rows of the objects in the listing of the container.

    Returns:
        For the name of each object to save, the path of its file or the error.
    """
    directory = os.path.realpath(".")
    found: dict[str, str | OstkError] = {}
    directories: dict[str, str] = {}
    for item in items:
        name = item["name"]
        path = destination(directory, name.rstrip("/") if is_directory(item) else name)
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


def destination(directory: str, name: str) -> str | OstkError:
    """Return the path of the file for an object below a directory, or an error if its name is not such a path."""
    with contextlib.suppress(ValueError):  # a NUL character in the name
        path = os.path.realpath(os.path.join(directory, name))
        if not name.endswith("/") and path.startswith(os.path.join(directory, "")):
            return path
    return OstkError(
        f"The object {name!r} was not saved: its name is not a path of a file below the current directory.",
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
    probe = os.path.join(directory, f".ostk-{os.urandom(6).hex()}-a.part")
    try:
        os.close(os.open(probe, os.O_CREAT | os.O_EXCL, 0o600))
    except OSError:
        return False  # the directory is not writable: no object can be saved
    try:
        return os.path.exists(os.path.join(directory, os.path.basename(probe).upper()))
    finally:
        os.unlink(probe)
