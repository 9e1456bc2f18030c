"""Segments of large objects: those that uploads left, and their deletion."""

from collections.abc import Iterator, Sequence
from contextlib import suppress

from ..api.object_store import OBJECT_SEGMENT
from ..console import write_message
from ..errors import HTTPNotFound, OstkError
from ..language import Arg, Cloud, Column, Flag, Json, Noun
from .bulk_delete import delete_objects
from .large_object import DYNAMIC, STATIC, dlo_segments, manifest_of
from .segment_names import object_of
from .swift import CONTAINER_ARGUMENT, OBJECT_NAME, SWIFT, naming_missing, pages_of, path_of
from .upload_options import SEGMENT_CONTAINER

segment = Noun(
    OBJECT_SEGMENT,
    "Manage segments of large objects.",
    ["name", "bytes", Column("object", value=lambda row: object_of(row["name"]))],
    long=["hash", "last_modified"],
)
ORPHANED = "that no large object of the account refers to, e.g. of failed or running uploads"


@segment.lister(
    "list",
    CONTAINER_ARGUMENT,
    SEGMENT_CONTAINER,
    Flag("--orphaned", f"List segments {ORPHANED}."),
    Flag("--long", "Show additional columns."),
)
def list_segments(cloud: Cloud, container: str, segment_container: str | None, orphaned: bool) -> Iterator[Json]:
    """List the segments of the large objects in a container."""
    place = segment_container or f"{container}_segments"
    if orphaned:
        yield from orphans(cloud, container, place)
    else:
        yield from rows_of(cloud, place)


def validate_deletion(segments: Sequence[str], orphaned: bool) -> None:
    """Reject a deletion of nothing, and one of segments both by name and as orphans."""
    if bool(segments) == orphaned:
        raise OstkError("Give either the names of segments or --orphaned.")


@segment.action(
    "delete",
    CONTAINER_ARGUMENT,
    Arg("segments", "Names of the segments.", nargs=-1, not_sent=True, metavar="[SEGMENT...]", type=OBJECT_NAME),
    SEGMENT_CONTAINER,
    Flag("--orphaned", f"Delete segments {ORPHANED}."),
    validate=validate_deletion,
)
def delete(
    cloud: Cloud, container: str, segments: Sequence[str], segment_container: str | None, orphaned: bool
) -> None:
    """Delete segments of large objects. A large object that lacks a segment cannot be read any more."""
    place = segment_container or f"{container}_segments"
    found = [*orphans(cloud, container, place)] if orphaned else []
    delete_objects(cloud, place, [row["name"] for row in found] if orphaned else segments)
    if orphaned:
        write_message(f"{len(found)} segments ({sum(row['bytes'] for row in found)} bytes) were deleted.")


def rows_of(cloud: Cloud, place: str) -> list[Json]:
    """Return the rows of the segments in a container of segments, [] if it does not exist."""
    with suppress(HTTPNotFound), cloud.force_send():
        return [*pages_of(cloud, path_of(place), {}, True)]
    return []


def orphans(cloud: Cloud, container: str, place: str) -> list[Json]:
    """Return the rows of segments that no large object of the account has.

    A segment whose name does not tell its object is no orphan: an upload by another program may have made it. A copy of
    a manifest may be in any container.

    Args:
        cloud: The cloud.
        container: The container of the large objects.
        place: The container of the segments.
    """
    found = [row for row in rows_of(cloud, place) if object_of(row["name"])]
    with naming_missing(cloud, container), cloud.force_send():
        cloud.request(SWIFT, "HEAD", path_of(container))
        containers = [row["name"] for row in pages_of(cloud, "", {}, True)] if found else []
    named = {object_of(row["name"]) for row in found}
    used = cloud.map_concurrent(lambda one: used_in(cloud, one, named if one == container else set()), containers)
    return [row for row in found if not any((place, row["name"]) in names for names in used)]


def used_in(cloud: Cloud, container: str, named: set[str]) -> set[tuple[str, str]]:
    """Return the container and the name of each segment of the large objects in a container.

    Static large objects have `slo_etag` in the listing (since Swift 2.18), dynamic ones have no data of their own.
    Those in `named` are looked at in any case.
    """
    objects = rows_of(cloud, container)
    large = [row["name"] for row in objects if "slo_etag" in row or may_be_dynamic(row) or row["name"] in named]
    return {name for one in large for name in used_by(cloud, container, one)}


def may_be_dynamic(row: Json) -> bool:
    """Return whether an object in a listing may be the manifest of a dynamic large object."""
    return not row.get("bytes") and row.get("content_type") != "application/directory" and "subdir" not in row


def used_by(cloud: Cloud, container: str, name: str) -> set[tuple[str, str]]:
    """Return the container and the name of each object that the manifest of a large object names."""
    path = path_of(container, name, listed=True)
    try:
        with cloud.force_send():
            headers = cloud.request(SWIFT, "HEAD", path).headers
    except HTTPNotFound:
        return set()  # the listing is behind
    if headers.get(STATIC, "").lower() == "true":
        return {place for item in manifest_of(cloud, path) for place in places_in(cloud, item)}
    if DYNAMIC in headers:
        return {(one.container, one.name) for one in dlo_segments(cloud, headers[DYNAMIC])}
    return set()


def places_in(cloud: Cloud, item: Json) -> set[tuple[str, str]]:
    """Return the container and the name of the object that an item of a manifest names, and of its segments."""
    container, _, name = str(item.get("name") or "").lstrip("/").partition("/")
    if not name:
        return set()
    return {(container, name)} | (used_by(cloud, container, name) if item.get("sub_slo") else set())
