"""Deletion of many objects: by bulk delete where the object store has it, else by a request for each object.

https://docs.openstack.org/api-ref/object-store/#bulk-delete
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from typing import Any
from urllib.parse import unquote

from ..errors import HTTPNotFound, OstkError, PartialFailure, ResourceNotFound
from ..http.dry_run import NotSent
from ..language import Cloud, FullOpt, Json, each
from .capabilities import capabilities
from .swift import SWIFT, names_in, naming_missing, pages_of, path_of

BATCH = 10_000  # names that are held at once
# Objects of a request. Swift deletes two of them at once, so that several requests are quicker than one; an overloaded
# one deletes some ten a second, and a request must be over before the time-out of its answer.
LARGEST = 50
Failure = tuple[Any, OstkError]


def segments_option(needs: str = "") -> FullOpt:
    """Return the option --segments of commands that delete objects; `needs` is an option that is required beside it."""
    help = "Delete the segments of large objects too, even if other objects share the segments."
    return FullOpt("--segments", help, is_flag=True, not_sent=True, default=False, needs=needs)


def delete_objects(cloud: Cloud, container: str, names: Iterable[str]) -> None:
    """Delete objects of a container; one that does not exist counts as deleted.

    Args:
        cloud: The cloud.
        container: Name of the container.
        names: Names of the objects, from a listing.

    Raises:
        PartialFailure: Some were not deleted; each error has been printed.
        OstkError: None of them was deleted, all for the same reason.
    """
    with cloud.force_send():
        limits = capabilities(cloud).get("bulk_delete") or {}
    size = min(LARGEST, int(limits.get("max_deletes_per_request") or 0))

    def delete(name: str) -> None:
        delete_listed(cloud, container, name)

    def delete_batch(batch: Sequence[str]) -> list[Failure]:
        left = in_bulk(cloud, container, batch, size) if size else batch
        return failures(cloud, delete, left)

    in_batches(names, delete_batch)


def delete_with_segments(cloud: Cloud, container: str, name: str) -> None:
    """Delete an object and, if it is large, its segments: those of a dynamic manifest after the manifest.

    Raises:
        HTTPNotFound: The object does not exist.
        PartialFailure: Segments were not deleted; each error has been printed.
        OstkError: Swift did not delete all segments of a static large object.
    """
    path = path_of(container, name)
    with cloud.force_send():
        headers = cloud.request(SWIFT, "HEAD", path).headers
    if headers.get("X-Static-Large-Object", "").lower() == "true":
        answer = cloud.request(
            SWIFT, "DELETE", path, params={"multipart-manifest": "delete"}, headers={"Accept": "application/json"}
        )
        told = cloud.http.json(answer)
        refused = told.get("Errors") if isinstance(told, dict) else None
        if refused:
            named = ", ".join(f"{unquote(path).lstrip('/')} ({status})" for path, status in refused)
            raise OstkError(f"Segments of {name} were not deleted: {named}.", "Run the command again.")
        return
    cloud.request(SWIFT, "DELETE", path)
    where, _, prefix = unquote(headers.get("X-Object-Manifest", "")).partition("/")
    if prefix:
        delete_objects(cloud, where, names_in(cloud, where, prefix))


def delete_large_objects(cloud: Cloud, container: str) -> None:
    """Delete the large objects of a container with their segments. Raises as `delete_objects` does."""
    with cloud.force_send():
        rows = pages_of(cloud, path_of(container), {}, all_pages=True)
        # A dynamic large object is listed without a size, as an empty object is.
        names = [row["name"] for row in rows if "slo_etag" in row or not row.get("bytes", 1)]
    each(cloud, lambda name: delete_with_segments(cloud, container, name), names, "delete", "object")


def matching_names(cloud: Cloud, container: str, patterns: Sequence[str]) -> Iterator[str]:
    """Yield the names of the objects that match one of several patterns, each once.

    Raises:
        ResourceNotFound: No object matches one of the patterns.
    """
    from fnmatch import translate

    matches = [re.compile(translate(pattern)).match for pattern in patterns]
    for index, pattern in enumerate(patterns):
        found = False
        with naming_missing(cloud, container):
            for name in names_in(cloud, container, re.split(r"[*?[]", pattern)[0]):
                if matches[index](name):
                    found = True
                    if not any(match(name) for match in matches[:index]):
                        yield name
        if not found:
            raise ResourceNotFound(f"No Object found for {pattern} in container {container}.")


@contextmanager
def hinting_pattern(name: str) -> Iterator[None]:
    """Add a hint on --pattern to the error for a missing object whose name looks like a pattern."""
    try:
        yield
    except ResourceNotFound as error:
        if re.search(r"[*?[]", name):
            error.hint = f"{error.hint} The name is taken literally: add --pattern to delete what matches it.".strip()
        raise


def delete_versions(cloud: Cloud, container: str) -> None:
    """Delete all versions of all objects in a container with object versioning. Raises as `delete_objects` does."""

    def delete(version: tuple[str, str]) -> None:
        delete_listed(cloud, container, version[0], {"version-id": version[1]})

    rows = pages_of(cloud, path_of(container), {"versions": "true"}, all_pages=True)
    in_batches(((row["name"], row["version_id"]) for row in rows), lambda batch: failures(cloud, delete, batch))


def delete_listed(cloud: Cloud, container: str, name: str, query: Json | None = None) -> None:
    """Delete an object of a listing, which may be out of date: Swift is eventually consistent."""
    with suppress(HTTPNotFound):
        cloud.request(SWIFT, "DELETE", path_of(container, name, listed=True), params=query or {})


def in_batches(items: Iterable[Any], delete: Callable[[Sequence[Any]], Sequence[Failure]]) -> None:
    """Delete items, a bounded number of which are held at once; print the errors. Raises as `delete_objects` does."""
    remaining, failed, total = iter(items), 0, 0
    while batch := [*islice(remaining, BATCH)]:
        found = delete(batch)
        total += len(batch)
        failed += len(found)
        if len(found) == len(batch) and len({error.message for _, error in found}) == 1:
            raise found[0][1]
        for item, error in found:
            name = item if isinstance(item, str) else item[0]
            OstkError(f"Failed to delete object {name!r}: {error.message}", error.hint).show()
    if failed:
        raise PartialFailure(f"{failed} of {total} objects failed to delete.")


def failures(cloud: Cloud, work: Callable[[Any], None], items: Sequence[Any]) -> list[Failure]:
    """Call a function for each item, several at once; return the items for which it failed, and their errors."""

    def failure(item: Any) -> OstkError | None:
        try:
            work(item)
        except OstkError as error:
            return error
        return None

    errors = cloud.map_concurrent(failure, items)
    return [(item, error) for item, error in zip(items, errors, strict=True) if error]


def in_bulk(cloud: Cloud, container: str, names: Sequence[str], size: int) -> list[str]:
    """Delete objects by bulk delete, `size` of them a request; return the names of those that may still exist."""
    chunks = [names[first : first + size] for first in range(0, len(names), size)]
    found = cloud.map_concurrent(lambda chunk: not_deleted(cloud, container, chunk), chunks)
    return [name for chunk in found for name in chunk]


def not_deleted(cloud: Cloud, container: str, names: Sequence[str]) -> Sequence[str]:
    """Send a bulk delete, and return the names of objects that may still exist.

    Swift answers 200 before it deletes anything. The body tells what became of it: the objects with an error, and the
    numbers of the others. Where they do not add up, the request ended before its end, and all names are returned.
    """
    paths = "\n".join(path_of(container, name, listed=True) for name in names)
    headers = {"Content-Type": "text/plain", "Accept": "application/json"}
    try:
        answer = cloud.request(
            SWIFT, "POST", "", params={"bulk-delete": "true"}, headers=headers, content=paths, repeatable=True
        )
        told = cloud.http.json(answer)
    except OstkError:
        return names  # deleted one by one, each object has an error of its own
    if isinstance(told, NotSent):
        return []
    try:
        refused = [unquote(path).removeprefix(f"/{container}/") for path, _ in told["Errors"]]
        done = told["Number Deleted"] + told["Number Not Found"]
    except (LookupError, TypeError, ValueError):
        return names
    return refused if done + len(refused) == len(names) and {*refused} <= {*names} else names
