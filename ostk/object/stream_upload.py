"""Upload of data of unknown size: standard input, or a pipe."""

import hashlib
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext
from typing import IO, Any

from ..errors import FileError, OstkError
from ..files import because
from ..language import Json
from .file_part import PIECE, opened_raw
from .large_object import Segment
from .local_files import STANDARD_INPUT, LocalFile
from .put import put, verified
from .segmented_upload import segment_prefix, write_manifest
from .swift import SWIFT, naming_missing, path_of
from .upload_target import UploadTarget

IN_MEMORY = 4 * 1024**2  # data that is not larger is an object without segments
SEGMENT_SIZE = 1024**3


class Stream:
    """Data that can be read once.

    Args:
        file: The file to read.
        name: Its name, for errors.
        add: Called with the number of bytes taken.
    """

    def __init__(self, file: IO[bytes], name: str, add: Callable[[int], None]) -> None:
        self.file, self.name, self.add = file, name, add
        self.ahead: deque[bytes] = deque()  # pieces that were read and not taken

    def has_more(self) -> bool:
        """Return whether there is more data, which may take until it comes."""
        if not self.ahead and (data := self.read()):
            self.ahead.append(data)
        return bool(self.ahead)

    def ends_within(self, size: int) -> bool:
        """Read ahead; return whether the data ends within so many bytes."""
        while sum(map(len, self.ahead)) <= size:
            if not (data := self.read()):
                return True
            self.ahead.append(data)
        return False

    def read(self) -> bytes:
        """Read the next bytes, b"" at the end. Raises FileError."""
        try:
            return self.file.read(PIECE) or b""
        except OSError as error:
            raise FileError(f"{self.name} cannot be read: {because(error)}.") from None

    def pieces(self, size: int) -> Iterator[bytes]:
        """Yield the next bytes, up to a size."""
        while size > 0 and self.has_more():
            data = self.ahead.popleft()
            if len(data) > size:
                self.ahead.appendleft(data[size:])
                data = data[:size]
            size -= len(data)
            self.add(len(data))
            yield data


class StreamUpload:
    """The upload of data of unknown size.

    Little data is one object. More goes into segments, one after another, because the object store takes no object
    of any size; with `whole`, it is one object all the same.
    """

    skipped = False

    def __init__(self, target: UploadTarget, file: LocalFile) -> None:
        self.target, self.file = target, file
        self.row: Json | None = None
        self.error: OstkError | None = None
        self.stored: list[Segment] = []

    def tasks(self) -> list[Callable[[], None]]:
        """Return the only task."""
        return [self.send]

    def send(self) -> None:
        """Upload the data."""
        target, standard = self.target, self.file.path == STANDARD_INPUT
        source = nullcontext(sys.stdin.buffer) if standard else opened_raw(self.file.path)
        try:
            with source as file, target.transfers.file(self.file.name) as transfer:
                stream = Stream(file, "Standard input" if standard else self.file.path, transfer.add)
                with naming_missing(target.cloud, target.container):
                    self.row = target.row(self.file, self.store(stream))
        except OstkError as error:
            self.error = error
            self.discard()

    def store(self, stream: Stream) -> str | None:
        """Store the data of a stream; return the ETag of the object."""
        target, options = self.target, self.target.options
        url = target.url(self.file.name)
        if options.whole:
            return self.put(stream, url, target.limits.file_size, options.headers, last=True)[0]
        if stream.ends_within(min(IN_MEMORY, options.segment_size or IN_MEMORY)):
            data = b"".join(stream.pieces(IN_MEMORY))
            md5 = hashlib.md5(data, usedforsecurity=False).hexdigest()
            return put(target.cloud, url, data, {**options.headers, "Etag": md5}, lambda: md5)
        return self.store_segments(stream)

    def store_segments(self, stream: Stream) -> str | None:
        """Store the data of a stream in segments; return the ETag of the large object."""
        target, name = self.target, self.file.name
        size = min(target.options.segment_size or SEGMENT_SIZE, target.limits.file_size)
        prefix = segment_prefix(target, name, f"{time.time():.6f}", size)
        target.segments.create()
        old = [] if target.options.leave_segments else target.old_segments(self.file, target.head(name))
        headers = {"Content-Type": "application/octet-stream", **target.options.segment_headers}
        while stream.has_more():
            if len(self.stored) == target.limits.segments and target.limits.static:
                raise OstkError(f"More than {target.limits.segments} segments of {size} bytes: use --segment-size.")
            target.segments.is_there()  # renews a token that has expired: a stream cannot be sent again
            segment = f"{prefix}{len(self.stored):08}"
            url = target.base + path_of(target.segments.name, segment, listed=True)
            _, md5, sent = self.put(stream, url, size, headers)
            offset = sum(one.size for one in self.stored)
            self.stored.append(Segment(target.segments.name, segment, offset, sent, md5, 0, sent))
        etag = write_manifest(target, name, prefix, self.stored)
        target.remove(old, self.stored)
        return etag

    def put(
        self, stream: Stream, url: str, limit: int, headers: Mapping[str, Any], last: bool = False
    ) -> tuple[str | None, str, int]:
        """Store the next data of a stream as an object; return its ETag, its MD5 and its size.

        Args:
            stream: The stream.
            url: The URL of the object.
            limit: Size to take from the stream, in bytes.
            headers: Headers of the request.
            last: Fail, so that nothing is stored, if the stream has more than that.
        """
        digest, sent = hashlib.md5(usedforsecurity=False), 0

        def taken() -> Iterator[bytes]:
            nonlocal sent
            for data in stream.pieces(limit):
                digest.update(data)
                sent += len(data)
                yield data
            if last and stream.has_more():
                raise OstkError(f"More than {limit} bytes do not fit into one object: nothing was stored.")

        answer = self.target.cloud.request(SWIFT, "PUT", url, headers=headers, content=taken())
        md5 = digest.hexdigest()
        return verified(answer.headers.get("Etag"), md5), md5, sent

    def discard(self) -> None:
        """Delete the segments of an upload that failed: it cannot continue."""
        if self.row is None:
            self.target.remove(self.stored)

    def left(self) -> str:
        """Return a sentence about the segments that are stored, "" if there are none."""
        if not self.stored or self.row:
            return ""
        container = self.target.container
        return (
            f"{len(self.stored)} segments are left in {self.target.segments.name}: "
            f"object segment delete --orphaned {container} deletes the segments."
        )
