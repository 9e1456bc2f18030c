"""Comparison of objects with files: the size and the MD5, or those of the segments of a large object."""

import os
import stat
from collections.abc import Iterator, Mapping

from ..language import Cloud, Json
from ..streams import md5_in
from .large_object import is_large, segments_of
from .swift import SWIFT

BLOCK = 1 << 20


def is_identical(cloud: Cloud, path: str, file: str, listed: Json) -> bool:
    """Return whether a file has the data of an object, False if that is unknown.

    Args:
        cloud: The cloud.
        path: The path of the object, as in its URL.
        file: The file, which need not exist.
        listed: The row of the object in the listing of its container, {} if there is none. It is enough unless the
            object is large or a symlink.
    """
    named = os.path.expanduser(file)
    try:
        state = os.stat(named)
        if not stat.S_ISREG(state.st_mode):
            return False
        md5 = md5_in(listed.get("hash"))
        if listed.get("bytes") and md5 and not {"slo_etag", "symlink_path"} & listed.keys():
            return state.st_size == listed["bytes"] and md5_of(named, [state.st_size]) == [md5]
        return has_data(cloud, path, named, state.st_size, cloud.request(SWIFT, "HEAD", path).headers)
    except (OSError, ValueError):
        return False


def has_data(cloud: Cloud, path: str, file: str, size: int, headers: Mapping[str, str]) -> bool:
    """Return whether a file has the data of an object with these headers; the manifest of a large one is requested."""
    if headers.get("Content-Length") != str(size):
        return False
    if not is_large(headers):
        md5 = md5_in(headers.get("Etag"))
        return md5 is not None and md5_of(file, [size]) == [md5]
    segments = segments_of(cloud, path, headers)
    etags = [one.etag for one in segments]
    return bool(etags) and all(etags) and md5_of(file, [one.size for one in segments]) == etags


def md5_of(file: str, sizes: list[int]) -> list[str]:
    """Return the MD5s of the parts of a file that have these sizes, in order. Raises OSError."""
    import hashlib

    def parts() -> Iterator[str]:
        with open(file, "rb", buffering=0) as opened:
            for size in sizes:
                md5 = hashlib.md5(usedforsecurity=False)
                while size > 0 and (block := opened.read(min(size, BLOCK))):
                    md5.update(block)
                    size -= len(block)
                yield md5.hexdigest()

    return [*parts()]
