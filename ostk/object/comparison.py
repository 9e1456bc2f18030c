"""Comparison of local files with objects, by size, MD5 and time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC

from ..language import Json
from ..session.cloud import Cloud
from ..streams import md5_in
from .file_part import md5_of
from .large_object import DYNAMIC, is_large, segments_of
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
    if headers.get("Content-Length") != str(file.size):
        return False
    if not checksum:
        return True
    if not is_large(headers):
        return md5_in(headers.get("Etag")) == md5_of(file)
    parts = segments_of(cloud, path, headers)
    return bool(parts) and all(one.etag and one.etag == md5_of(file, one.offset, one.size) for one in parts)


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
