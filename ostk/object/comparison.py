"""Comparison of local files with objects, by size, MD5 and time."""

from collections.abc import Mapping
from datetime import UTC

from ..errors import FileError
from ..files import because
from ..language import Cloud, Json
from .file_part import md5_of
from .identical import has_data
from .large_object import DYNAMIC
from .local_files import LocalFile
from .swift import SWIFT


def is_same(cloud: Cloud, path: str, file: LocalFile, headers: Mapping[str, str], checksum: bool) -> bool:
    """Return whether an object has the size and, with `checksum`, the MD5s of a file.

    Args:
        cloud: The cloud.
        path: Path of the object, as in its URL.
        file: The file.
        headers: The headers of the object.
        checksum: Whether to compare the MD5, or the MD5s of the segments of a large object.
    """
    if not checksum:
        return headers.get("Content-Length") == str(file.size)
    try:
        return has_data(cloud, path, file.path, file.size or 0, headers)
    except OSError as error:
        raise FileError(f"The file {file.path!r} cannot be read: {because(error)}.") from None


def difference(cloud: Cloud, path: str, file: LocalFile, row: Json, checksum: bool) -> str:
    """Return how a file and an object differ: "size", "content", or "" for not at all.

    Args:
        cloud: The cloud.
        path: Path of the object, as in its URL.
        file: The file.
        row: The row of the object in the listing of its container.
        checksum: Whether to compare MD5s too.
    """
    dynamic = not row["bytes"] and file.size  # the listing has no size of a dynamic large object
    if row["bytes"] != file.size and not dynamic:
        return "size"
    if "slo_etag" not in row and not dynamic:
        return "content" if checksum and row["hash"] != md5_of(file) else ""
    with cloud.force_send():
        headers = cloud.request(SWIFT, "HEAD", path).headers
    if dynamic and DYNAMIC not in headers:
        return "size"
    return "" if is_same(cloud, path, file, headers, checksum) else "content"


def seconds_of(row: Json) -> float:
    """Return the time of the last change of an object, in seconds since 1970, from its row in a listing."""
    from datetime import datetime

    return datetime.fromisoformat(row["last_modified"]).replace(tzinfo=UTC).timestamp()
