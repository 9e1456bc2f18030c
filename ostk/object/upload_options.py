"""Options of uploads, shared by `object create` and `object sync`."""

import re
import time
from collections.abc import Mapping
from typing import Any

import click

from ..language import FullOpt, Json, properties
from ..record import Record
from .swift import PROGRESS, Name

UNITS = {"": 1, "K": 1024, "M": 1024**2, "G": 1024**3, "T": 1024**4}


class UploadOptions(Record):
    """How files are uploaded.

    Args:
        headers: Headers of the objects: metadata, content type, time of deletion.
        segment_size: Size of segments in bytes; files that are not larger are stored whole. None: as the object
            store requires.
        segment_container: Container of the segments, "" for the name of the container and `_segments`.
        whole: Never use segments.
        skip: Pass over files whose objects have the same "size", or the same size and "checksum"; "" for none.
        leave_segments: Keep the segments of large objects that are replaced.
        progress: Form of the progress display.
        large: Names of large objects that may be replaced, as far as they are known.
    """

    headers: Mapping[str, Any] = {}
    segment_size: int | None = None
    segment_container: str = ""
    whole: bool = False
    skip: str = ""
    leave_segments: bool = False
    progress: str | None = "none"
    large: frozenset[str] = frozenset()

    @property
    def segment_headers(self) -> dict[str, str]:
        """The headers of segments: they are deleted with their object."""
        return {key: value for key, value in self.headers.items() if key == "X-Delete-At"}


class Size(click.ParamType[int]):
    """Parameter type of a size: bytes, or a number with K, M, G or T, which are KiB, MiB, GiB and TiB."""

    name = "size"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number of bytes."""
        found = re.fullmatch(r"(\d+)([KMGT]?)(?:i?B)?", str(value), re.IGNORECASE | re.ASCII)
        size = int(found[1]) * UNITS[found[2].upper()] if found else 0
        if not size:
            self.fail(f"{value!r} is not a size such as 1073741824, 256M or 1G.", param, ctx)
        return size


class Time(click.ParamType[int]):
    """Parameter type of a time: ISO 8601, or seconds since 1970."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the seconds since 1970."""
        from datetime import datetime

        if str(value).isdecimal():
            return int(value)
        try:
            return int(datetime.fromisoformat(str(value).replace("Z", "+00:00")).timestamp())
        except ValueError:
            return self.fail(f"{value!r} is not a time such as 2030-01-31T12:00:00Z.", param, ctx)


def flag(flags: str, help: str) -> FullOpt:
    """Return a flag that `openstack` lacks and that is not sent."""
    return FullOpt(flags, help, is_flag=True, not_sent=True, default=False)


SEGMENT_CONTAINER = FullOpt(
    "--segment-container",
    "Container of the segments of large objects (default: the container and _segments).",
    not_sent=True,
    metavar="CONTAINER",
    type=Name(slash=False),
)
SYMLINKS = FullOpt(
    "--symlinks",
    "Upload what symbolic links below a directory lead to, or skip symbolic links.",
    choices="follow skip",
    default="follow",
    not_sent=True,
)
SEGMENTS = [
    FullOpt(
        "--segment-size",
        "Size of segments, e.g. 1G; larger files are stored in segments (default: as the service requires).",
        not_sent=True,
        type=Size(),
    ),
    SEGMENT_CONTAINER,
    flag("--leave-segments", "Keep the segments of large objects that are replaced."),
]
UPLOAD_OPTIONS = [
    FullOpt("--prefix", "Prefix of the names of the objects.", not_sent=True, default=""),
    SYMLINKS,
    flag("--skip-existing", "Skip files whose object exists with the same size."),
    flag("--checksum", "Skip files whose object has the same size and MD5."),
    *SEGMENTS,
    flag("--no-segments", "Reject files that are too large for a single object."),
    FullOpt(
        "--content-type",
        "Content type of the objects (default: chosen by the object store from the name).",
        not_sent=True,
    ),
    properties("Set a property of the objects: KEY=VALUE.", not_sent=True),
    FullOpt(
        "--delete-after", "Delete the objects after this number of seconds.", not_sent=True, type=click.IntRange(1)
    ),
    FullOpt("--delete-at", "Delete the objects at this time, e.g. 2030-01-31T12:00:00Z.", not_sent=True, type=Time()),
    PROGRESS,
]


def upload_options(values: Json) -> UploadOptions:
    """Return how to upload, from the values of the options of a command, of which it may lack some."""
    given = values.get
    headers: Json = {f"X-Object-Meta-{key}": value.rstrip().encode() for key, value in given("property") or ()}
    if given("content_type"):
        headers["Content-Type"] = values["content_type"]
    if given("delete_after") or given("delete_at"):
        headers["X-Delete-At"] = str(given("delete_at") or int(time.time()) + values["delete_after"])
    return UploadOptions(
        headers=headers,
        segment_size=given("segment_size"),
        segment_container=given("segment_container") or "",
        whole=given("no_segments") or False,
        skip="checksum" if given("checksum") else "size" if given("skip_existing") else "",
        leave_segments=given("leave_segments") or False,
        progress=given("progress"),
    )
