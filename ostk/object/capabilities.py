"""What an object store supports, from its /info: limits, and the features of its proxy."""

from __future__ import annotations

import re
from typing import Any

from ..errors import HTTPError
from ..language import Json
from ..session.cloud import Cloud
from .swift import SWIFT

MAX_FILE_SIZE = 5 * 1024**3 + 2  # the default of Swift
MAX_SEGMENTS = 1000


def capabilities(cloud: Cloud) -> Json:
    """Return the capabilities of the object store: `swift` with its limits, and the limits of each middleware by name.

    {} if the object store does not tell them (expose_info=false).
    """
    # .../v1/AUTH_p of Swift, .../swift/v1 of Ceph
    url = re.sub(r"/v1(/.*)?$", "", cloud.endpoint(SWIFT).rstrip("/")) + "/info"
    try:
        with cloud.force_send():
            found: Any = cloud.call(SWIFT, "GET", url)
    except HTTPError:
        return {}
    return found if isinstance(found, dict) else {}


class Limits:
    """The limits of objects: `file_size` in bytes, and the `segments` of a static large object, of `segment_size`.

    `static` says whether there are static large objects. An object store that does not tell its limits is taken for
    one with the defaults of Swift.
    """

    def __init__(self, found: Json) -> None:
        swift, static = found.get("swift") or {}, found.get("slo") or {}
        self.file_size = int(swift.get("max_file_size") or MAX_FILE_SIZE)
        self.static = "slo" in found or not found
        self.segments = int(static.get("max_manifest_segments") or MAX_SEGMENTS)
        self.segment_size = int(static.get("min_segment_size") or 1)
