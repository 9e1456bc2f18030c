"""What the uploads to a container share: options, limits, the objects that are there."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cached_property

from ..console import write_message
from ..errors import HTTPNotFound, OstkError
from ..language import Cloud, Json
from ..progress import Transfers
from .capabilities import capabilities
from .comparison import is_same
from .large_object import Segment, is_large, segments_of
from .limits import Limits
from .local_files import LocalFile, stored_name
from .segment_container import SegmentContainer
from .segment_names import is_segment_of
from .swift import SWIFT, path_of
from .upload_options import UploadOptions


class UploadTarget:
    """A container to upload to."""

    def __init__(self, cloud: Cloud, container: str, options: UploadOptions, transfers: Transfers) -> None:
        self.cloud, self.container, self.options, self.transfers = cloud, container, options, transfers
        self.segments = SegmentContainer(cloud, container, options.segment_container or f"{container}_segments")

    @cached_property
    def base(self) -> str:
        """The base URL of the object store."""
        return self.cloud.endpoint(SWIFT)

    @cached_property
    def limits(self) -> Limits:
        """The limits of the object store."""
        return Limits(capabilities(self.cloud))

    def url(self, name: str) -> str:
        """Return the URL of an object."""
        return self.base + path_of(self.container, name)

    def head(self, name: str) -> Mapping[str, str] | None:
        """Return the headers of an object, None if it does not exist."""
        try:
            with self.cloud.force_send():
                return self.cloud.request(SWIFT, "HEAD", self.url(name)).headers
        except HTTPNotFound:
            return None

    def row(self, file: LocalFile, etag: str | None) -> Json:
        """Return the row of an object for the result."""
        return {"object": file.name, "container": self.container, "etag": etag}

    def is_unchanged(self, file: LocalFile, headers: Mapping[str, str]) -> bool:
        """Return whether an object is what a file is, as far as `skip` says that they are compared.

        Args:
            file: The file.
            headers: The headers of the object.
        """
        path = path_of(self.container, file.name)
        return is_same(self.cloud, path, file, headers, self.options.skip == "checksum")

    def old_segments(self, file: LocalFile, headers: Mapping[str, str] | None) -> list[Segment]:
        """Return the segments of the object that an upload replaces, made for it by an upload, to be removed after.

        Others may belong to further objects: they are kept, and a message says so.

        Args:
            file: The file that is uploaded.
            headers: The headers of the object, None if there is none.
        """
        if self.options.leave_segments or headers is None or not is_large(headers):
            return []
        found = segments_of(self.cloud, path_of(self.container, file.name), headers)
        name = stored_name(file.name)
        own = [one for one in found if is_segment_of(name, one.name)]
        if len(own) < len(found) or not found:
            write_message(f"Segments of the replaced large object {name!r} were kept: other objects may use them.")
        return own

    def remove(self, segments: Sequence[Segment], kept: Sequence[Segment] = ()) -> None:
        """Remove segments of a replaced object, except those that the new one has too. A failure is told."""
        places = {(one.container, one.name) for one in kept}
        paths = sorted({one.path for one in segments if (one.container, one.name) not in places})

        def remove_segment(path: str) -> None:
            with suppress(HTTPNotFound):
                self.cloud.request(SWIFT, "DELETE", self.base + path)

        try:
            self.cloud.map_concurrent(remove_segment, paths)
        except OstkError as error:
            message = f"Segments of the replaced large object were not deleted: {error.message}"
            OstkError(message, f"Delete the segments: object segment delete --orphaned {self.container}").show()
