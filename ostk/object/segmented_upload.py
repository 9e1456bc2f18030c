"""Upload of a file in segments, and of their manifest. An upload that was interrupted continues from its segments."""

import threading
from collections.abc import Callable, Sequence
from functools import partial
from io import BytesIO
from typing import Any
from urllib.parse import quote

from ..console import write_message
from ..errors import OstkError
from ..language import Json
from ..language.bulk import failure
from .file_part import changed, md5_of
from .large_object import DYNAMIC, Segment, joined_md5
from .limits import Limits
from .local_files import LocalFile, local_file, stored_name
from .put import patiently, put, put_part
from .swift import SWIFT, path_of
from .upload_target import UploadTarget

SEGMENT_SIZE = 128 * 1024**2  # bytes, if no other size is asked for


def segment_size_for(size: int, limits: Limits, wanted: int | None) -> int:
    """Return the size of the segments of a file: `wanted`, or the smallest that makes few enough of them.

    Args:
        size: Size of the file in bytes.
        limits: The limits of the object store.
        wanted: The size that the user asks for.

    Raises:
        OstkError: The file does not fit.
    """
    if wanted and not limits.segment_size <= wanted <= limits.file_size:
        raise OstkError(f"A segment has {limits.segment_size} to {limits.file_size} bytes in this object store.")
    found = wanted or max(min(SEGMENT_SIZE, limits.file_size), limits.segment_size)
    while not wanted and found < limits.file_size and size > found * limits.segments:
        found = min(found * 2, limits.file_size)
    if limits.static and size > found * limits.segments:
        raise OstkError(
            f"{size} bytes do not fit into {limits.segments} segments of {found} bytes, the most of this object store.",
            "Use larger segments: --segment-size." if found < limits.file_size else "",
        )
    return found


def segment_prefix(target: UploadTarget, name: str, *parts: object) -> str:
    """Return the start of the names of an object's segments, as `swift` makes it: the same file has the same again.

    The segments of an object that will be deleted have other names: they are deleted at the same time.

    Args:
        target: The container.
        name: Name of the object.
        parts: What else is in the names: time, size, size of the segments.
    """
    first = [stored_name(name), *(["slo"] if target.limits.static else []), *parts]
    return "/".join(map(str, [*first, *(["expires"] if target.options.segment_headers else []), ""]))


def write_manifest(target: UploadTarget, name: str, prefix: str, segments: Sequence[Segment]) -> str | None:
    """Write the manifest of a large object; return the ETag of the object.

    The manifest is refused if a segment is not what it says; an object store that does not know static large objects
    refuses it because of its ETag.
    """
    headers, md5 = target.options.headers, joined_md5(one.etag for one in segments)
    if not target.limits.static:
        place = f"{quote(target.segments.name)}/{quote(prefix)}"
        put(target.cloud, target.url(name), b"", {**headers, DYNAMIC: place}, lambda: joined_md5(()))
        return check_dynamic(target, name, segments, md5)
    import json

    items = [{"path": f"/{one.container}/{one.name}", "etag": one.etag, "size_bytes": one.size} for one in segments]
    content, query = BytesIO(json.dumps(items).encode()), {"multipart-manifest": "put"}
    return put(target.cloud, target.url(name), content, {**headers, "Etag": md5}, lambda: md5, query)


def check_dynamic(target: UploadTarget, name: str, segments: Sequence[Segment], md5: str) -> str | None:
    """Return the ETag of a new dynamic large object; say so if the listing of its segments is not complete yet."""
    etag = (target.head(name) or {}).get("Etag", "")
    if etag.strip('"') != md5 and len(segments) < 10000:  # a longer listing has no ETag
        write_message(f"The object {name!r} is not complete yet: the listing of its segments is behind.")
    return etag or None


class SegmentedUpload:
    """The upload of a file in segments: a task for each segment; the last one that ends writes the manifest."""

    def __init__(self, target: UploadTarget, file: LocalFile, segment_size: int) -> None:
        self.target, self.file, self.segment_size = target, file, segment_size
        seconds, nanoseconds = divmod(file.modified, 10**9)
        time = f"{seconds + 1e-9 * nanoseconds:.6f}"
        self.prefix = segment_prefix(target, file.name, time, file.size, segment_size)
        self.lock = threading.Lock()
        self.prepared = self.skipped = False
        self.error: OstkError | None = None
        self.row: Json | None = None
        self.stored: dict[int, Segment] = {}  # by number
        self.existing: dict[str, Json] = {}  # rows of the listing, by name
        self.old: list[Segment] = []
        self.transfer: Any = None

    @property
    def count(self) -> int:
        """The number of segments."""
        return -(-(self.file.size or 0) // self.segment_size)

    def tasks(self) -> list[Callable[[], None]]:
        """Return a task for each segment."""
        return [partial(self.send, number) for number in range(self.count)]

    def send(self, number: int) -> None:
        """Upload a segment. After a failure of one, the others are left out."""
        try:
            with self.lock:
                if not self.prepared:
                    self.error = failure(patiently, self.target.cloud, self.prepare)
                    self.prepared = True
            if self.skipped or self.error:
                return
            segment = self.upload(number)
            with self.lock:
                self.stored[number] = segment
                complete = len(self.stored) == self.count
            if complete:
                self.finish()
        except OstkError as error:
            with self.lock:
                self.error = self.error or error
                self.end(self.error)

    def prepare(self) -> None:
        """Look at what is there: the object, and segments of an earlier run."""
        target, file = self.target, self.file
        options = target.options
        old = target.head(file.name) if options.skip or not options.leave_segments else None
        if options.skip and old and target.is_unchanged(file, old):
            self.skipped, self.row = True, target.row(file, old.get("Etag"))
            target.transfers.skip(file.name, file.size or 0)
            return
        target.segments.create()
        self.old = target.old_segments(file, old)
        self.existing = {row["name"]: row for row in target.segments.rows(self.prefix)}
        self.transfer = target.transfers.file(file.name, file.size)

    def upload(self, number: int) -> Segment:
        """Upload a segment unless it is there; return it."""
        target, file, cloud = self.target, self.file, self.target.cloud
        name, start = f"{self.prefix}{number:08}", number * self.segment_size
        size = min(self.segment_size, (file.size or 0) - start)
        url = target.base + path_of(target.segments.name, name, listed=True)
        headers = {"Content-Type": "application/octet-stream", **target.options.segment_headers}
        row, md5, add = self.existing.get(name), "", self.transfer.add
        if row and row.get("bytes") == size and row.get("hash") == (md5 := md5_of(file, start, size)):
            self.transfer.found(size)
            if target.options.segment_headers:  # an earlier run may have set an earlier time of deletion
                cloud.request(SWIFT, "POST", url, headers=headers)
        else:
            _, md5 = patiently(cloud, lambda: put_part(cloud, url, file, start, size, headers, add))
        return Segment(target.segments.name, name, start, size, md5, 0, size)

    def finish(self) -> None:
        """Write the manifest, and remove the segments of the object that it replaces."""
        target, file = self.target, self.file
        now = local_file(file.path, file.name)
        if now != file:
            raise changed(file.path)
        segments = [self.stored[number] for number in sorted(self.stored)]
        etag = patiently(target.cloud, lambda: write_manifest(target, file.name, self.prefix, segments))
        self.row = target.row(file, etag)
        self.end(None)
        target.remove(self.old, segments)

    def end(self, error: OstkError | None) -> None:
        """End the progress display of the file."""
        transfer, self.transfer = self.transfer, None
        if transfer:
            transfer.__exit__(type(error) if error else None, error, None)

    def left(self) -> str:
        """Return a sentence about the segments that are stored, "" if there are none."""
        if not self.stored or self.row:
            return ""
        return (
            f"{len(self.stored)} of {self.count} segments are stored in {self.target.segments.name}: the same command "
            f"continues from there, and object segment delete --orphaned {self.target.container} deletes the segments."
        )
