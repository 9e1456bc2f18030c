"""Limits of an object store on the size and the segments of objects."""

from ..language import Json

MAX_FILE_SIZE = 5 * 1024**3 + 2  # the default of Swift
MAX_SEGMENTS = 1000


class Limits:
    """The limits of objects: `file_size` in bytes, and the `segments` of a static large object, of `segment_size`.

    `static` says whether there are static large objects. An object store that does not tell its limits is taken for
    one with the defaults of Swift.

    Args:
        found: The capabilities of the object store.
    """

    def __init__(self, found: Json) -> None:
        swift, static = found.get("swift") or {}, found.get("slo") or {}
        self.file_size = int(swift.get("max_file_size") or MAX_FILE_SIZE)
        self.static = "slo" in found or not found
        self.segments = int(static.get("max_manifest_segments") or MAX_SEGMENTS)
        self.segment_size = int(static.get("min_segment_size") or 1)
