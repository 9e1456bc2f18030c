"""Large objects: an object whose data is the data of its segments, named by a static (SLO) or dynamic (DLO) manifest.

https://docs.openstack.org/swift/latest/overview_large_objects.html
"""

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import unquote

from ..language import Cloud, Json
from ..record import Record, replace
from ..streams import md5_in
from .swift import SWIFT, pages_of, path_of

STATIC, DYNAMIC = "X-Static-Large-Object", "X-Object-Manifest"
MAX_DEPTH = 10  # manifests in manifests; Swift reads as many


class Segment(Record):
    """A segment of a large object: a range of bytes that another object holds.

    Args:
        container: Name of the container of the segment object.
        name: Name of the segment object.
        offset: Where the data of the segment begins in the large object.
        size: Size of the segment, in bytes.
        etag: MD5 of the data of the segment, "" if it is unknown.
        start: Where the data of the segment begins in the segment object.
        size_bytes: Size of the segment object, in bytes.
    """

    container: str
    name: str
    offset: int
    size: int
    etag: str
    start: int = 0
    size_bytes: int = 0

    @property
    def path(self) -> str:
        """The path of the segment object, as in its URL."""
        return path_of(self.container, self.name, listed=True)


def is_large(headers: Mapping[str, str]) -> bool:
    """Return whether the headers of an object say that it has a manifest."""
    return headers.get(STATIC, "").lower() == "true" or DYNAMIC in headers


def segments_of(cloud: Cloud, path: str, headers: Mapping[str, str] | None = None) -> list[Segment]:
    """Return the segments of a large object, in order; those of manifests in the manifest in their place.

    Args:
        cloud: The cloud.
        path: Path of the object, as in its URL.
        headers: The headers of a GET or HEAD of the object, if the caller has them.

    Returns:
        The segments: their sizes add up to the size of the object. [] if the object has no manifest, or if its data
        cannot be requested from segments: a part is in the manifest itself, or the manifest and the headers differ,
        because the object was replaced or a listing is behind.
    """
    if headers is None:
        headers = cloud.request(SWIFT, "HEAD", path).headers
    if headers.get(STATIC, "").lower() == "true":
        items = manifest_of(cloud, path)
        etag: str | None = slo_etag(items)
        found = slo_segments(cloud, items)
    elif DYNAMIC in headers:
        found = dlo_segments(cloud, headers[DYNAMIC])
        etag = joined_md5(one.etag for one in found) if all(one.etag for one in found) else None
    else:
        return []
    length, expected = headers.get("Content-Length"), md5_in(headers.get("Etag"))
    agree = sum(one.size for one in found) == int(length) if length else bool(found)
    return in_order(found) if agree and (None in (expected, etag) or expected == etag) else []


def manifest_of(cloud: Cloud, path: str) -> list[Json]:
    """Return the items of a static manifest: `name` ("/container/object"), `hash`, `bytes`, and `range` or `data`."""
    with cloud.force_send():
        found = cloud.call(SWIFT, "GET", path, params={"multipart-manifest": "get"})
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def slo_segments(cloud: Cloud, items: Sequence[Json], depth: int = 1) -> list[Segment]:
    """Return the segments that the items of a static manifest name, [] if some have no object of their own."""
    found: list[Segment] = []
    for item in items:
        parts = item_segments(cloud, item, depth)
        if not parts:
            return []
        found += parts
    return found


def item_segments(cloud: Cloud, item: Json, depth: int) -> list[Segment]:
    """Return the segments that an item of a static manifest stands for; several if it is a manifest itself."""
    container, _, name = str(item.get("name", "")).lstrip("/").partition("/")
    if not name or depth > MAX_DEPTH:
        return []
    size = int(item["bytes"])
    start, end = range_of(str(item.get("range") or ""), size)
    if item.get("sub_slo"):
        path = path_of(container, name, listed=True)
        return cut(slo_segments(cloud, manifest_of(cloud, path), depth + 1), start, end)
    return cut([Segment(container, name, 0, size, md5_in(item.get("hash")) or "", 0, size)], start, end)


def range_of(text: str, size: int) -> tuple[int, int]:
    """Return the first byte and the byte after the last of a range such as `0-99`, `100-`, `-100` or "" (all)."""
    first, _, last = text.partition("-")
    if not first and last:
        return max(0, size - int(last)), size
    return int(first or 0), min(int(last) + 1, size) if last else size


def cut(segments: Sequence[Segment], start: int, end: int) -> list[Segment]:
    """Return what is between two positions of the data of segments; the MD5 of a part of a segment is unknown."""
    found: list[Segment] = []
    position = 0
    for one in segments:
        first, last = max(start - position, 0), min(end - position, one.size)
        position += one.size
        if first < last:
            whole = last - first == one.size
            etag = one.etag if whole else ""
            found.append(replace(one, size=last - first, start=one.start + first, etag=etag))
    return found


def dlo_segments(cloud: Cloud, manifest: str) -> list[Segment]:
    """Return the segments of a dynamic manifest: the objects whose names begin with its prefix.

    Args:
        cloud: The cloud.
        manifest: The header X-Object-Manifest: `container/prefix`, percent-encoded.
    """
    container, _, prefix = unquote(manifest).partition("/")
    with cloud.force_send():
        rows = [*pages_of(cloud, path_of(container), {"prefix": prefix}, True)]
    # A segment that is a static large object has the MD5 of its manifest in `hash`, and its ETag in `slo_etag`.
    return [
        Segment(container, row["name"], 0, row["bytes"], "" if "slo_etag" in row else row["hash"], 0, row["bytes"])
        for row in rows
    ]


def in_order(segments: Iterable[Segment]) -> list[Segment]:
    """Return segments with their offsets: each begins where the one before ends."""
    found: list[Segment] = []
    position = 0
    for one in segments:
        found.append(replace(one, offset=position))
        position += one.size
    return found


def slo_etag(items: Iterable[Json]) -> str:
    """Return the ETag of a static large object: the MD5 of the MD5s of its segments, and of ranges of them."""
    parts = [(str(item.get("hash") or ""), item.get("range")) for item in items]
    return joined_md5(f"{hash}:{part};" if part else hash for hash, part in parts)


def joined_md5(texts: Iterable[str]) -> str:
    """Return the MD5 of texts that are joined."""
    import hashlib

    return hashlib.md5("".join(texts).encode(), usedforsecurity=False).hexdigest()
