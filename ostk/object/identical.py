"""Comparison of objects with the files that they are to be saved to."""

from __future__ import annotations

import os

from ..errors import FileError
from ..language import Json
from ..session.cloud import Cloud
from .comparison import difference, is_same
from .local_files import local_file
from .swift import SWIFT


def is_identical(cloud: Cloud, path: str, file: str, listed: Json) -> bool:
    """Return whether a file has the data of an object: its size and MD5, or those of the segments of a large object.

    Args:
        cloud: The cloud.
        path: The path of the object, as in its URL.
        file: The file, which need not exist.
        listed: The row of the object in the listing of its container, {} if there is none. It is enough unless the
            object is large or a symlink.
    """
    named = os.path.expanduser(file)
    if not os.path.isfile(named):
        return False
    try:
        local = local_file(named, "")
        if listed.get("bytes") and "symlink_path" not in listed:
            return difference(cloud, path, local, listed, checksum=True) == ""
        return is_same(cloud, path, local, cloud.request(SWIFT, "HEAD", path).headers, checksum=True)
    except FileError:
        return False
