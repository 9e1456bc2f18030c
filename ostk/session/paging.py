"""Paging: the pages of a list, by the links, markers or offsets of the OpenStack services."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import parse_qsl, urlsplit

from ..api.service import LINK_HEADER
from ..errors import ConnectionFailed
from ..http.large_page import LargePage

if TYPE_CHECKING:
    from ..http.client import Response

Json = dict[str, Any]
Fetch = Callable[[Json], Any]
T = TypeVar("T")


class MalformedPage(ConnectionFailed):
    """A page is not a list of resources: `problem` says why, `page` is the answer."""

    def __init__(self, problem: str, page: Any) -> None:
        super().__init__(f"An answer has an unexpected shape: {problem}.")
        self.problem, self.page = problem, page


def pages(
    fetch: Fetch, plural: str, next_link: str, query: Json, limit: int | None = None, by_offset: bool = False
) -> Iterator[Json]:
    """Yield the items of all pages, or the first `limit` items; a limit of 0 is no limit.

    Only the query of the link to the next page is used: behind a proxy, the host of the link is often wrong.

    Args:
        fetch: Returns the page for a query.
        plural: The key of the list in a page.
        next_link: The keys of the link to the next page, separated by blanks. The value is a list of links with `rel`
            (Nova, Neutron, Cinder), an object with `next` (Keystone) or a URL (Glance).
        query: The query of the first page.
        limit: The maximum number of items.
        by_offset: Request the next page by offset (Manila ignores the marker in its own links).

    Raises:
        MalformedPage: A page is not a list of resources.
        ConnectionFailed: The list does not end.
    """
    left, count, previous = limit or None, int(query.get("offset") or 0), None
    asked, found = Markers([fingerprint(query)]), Markers()
    while True:
        page = fetch(query)
        ends: list[Any] = []  # the first and the last item
        for items in pieces(page, plural):
            if by_offset and items == previous:  # some lists of Manila, such as share types, ignore the offset
                return
            previous = items if by_offset else None
            for item in items:
                if left is not None and left <= 0:
                    return
                if not isinstance(item, dict):
                    raise MalformedPage(f"its list {plural!r} holds something that is not an object", page)
                left = left if left is None else left - 1
                yield item
            count += len(items)
            ends = [*ends[:1], *items[:1], *items[-1:]]
        links = [] if isinstance(page, list) else [next_url(page.get(word)) for word in next_link.split()]
        url = next(filter(None, links), "")
        if not url or left == 0 or not ends:
            return
        found.advance(fingerprint(ends))
        following = next_query(url, query, count if by_offset else None)
        query = {**following, **{k: v for k, v in query.items() if isinstance(v, list | tuple)}}
        asked.advance(fingerprint(query))


def linked_page(page: Any, plural: str, response: Response) -> Any:
    """Return a page with the link to the next one, for a service that has the link in a header.

    Args:
        page: The decoded body: a list of resources (Gnocchi).
        plural: The key to put the list under.
        response: The response.
    """
    url = response.links.get("next", {}).get("url")
    return {plural: page, LINK_HEADER: url} if url and isinstance(page, list) else page


def pieces(page: Any, plural: str) -> Iterator[list[Any]]:
    """Yield the items of a page, at once or, if it is large, some at a time.

    Raises:
        MalformedPage: The page is not a list of resources.
    """
    if isinstance(page, LargePage):
        yield from page.pieces()
        return
    # Swift's lists have no envelope.
    items = page if isinstance(page, list) else page.get(plural) if isinstance(page, dict) else None
    if not isinstance(items, list):
        raise MalformedPage(f"it has no list {plural!r}", page)
    if not all(isinstance(item, dict | str) for item in items):
        raise MalformedPage(f"the list {plural!r} holds something that is no resource", page)
    yield items


class Markers:
    """The markers that a list has used: queries, pages, names or IDs."""

    def __init__(self, known: Iterable[Any] = ()) -> None:
        self.known = set(known)

    def advance(self, marker: T) -> T:
        """Add a marker and return it.

        Raises:
            ConnectionFailed: The marker is empty or was used before: the list would not end.
        """
        if marker in self.known or marker in (None, ""):
            raise ConnectionFailed(
                "The list does not end: the service repeats a page.",
                "A proxy may cache responses; --limit requests a part of the list.",
            )
        self.known.add(marker)
        return marker


def fingerprint(value: Any) -> int:
    """Return a number that is the same for equal JSON values."""
    import json

    return hash(json.dumps(value, sort_keys=True, default=str))


def name_pages(fetch: Fetch, query: Json) -> Iterator[list[Json]]:
    """Yield the pages of a list of Swift: the next page begins after the last name of the page before.

    Args:
        fetch: Gets a query and returns a page.
        query: The query of the first page.

    Raises:
        ConnectionFailed: A page is no list of objects, or the list does not end.
    """
    markers = Markers([query.get("marker")])
    while (page := fetch(query)) not in ([], None):
        if not isinstance(page, list) or not all(isinstance(one, dict) for one in page):
            raise ConnectionFailed("The object store did not answer with a list.")
        last = page[-1]
        version = {"version_marker": last["version_id"]} if "version_id" in last else {}  # a page may end between two
        marker = last.get("name") or last.get("subdir")
        markers.advance((marker, *version.values()) if marker and version else marker)
        yield page
        del page, last  # two pages at once would need twice the memory
        query = {**query, "marker": marker, **version}


def next_query(url: str, query: Json, count: int | None) -> Json:
    """Return the query of the next page: the query of its URL, or an offset of `count`."""
    return url_query(url) if count is None else {**query, "offset": str(count)}


def url_query(url: str) -> Json:
    """Return the query of a URL: name → value, or a list of values for a repeated name."""
    found: dict[str, list[str]] = {}
    for name, value in parse_qsl(urlsplit(url).query, keep_blank_values=True):
        found.setdefault(name, []).append(value)
    return {name: values if values[1:] else values[0] for name, values in found.items()}


def next_url(link: Any) -> str:
    """Return the URL of the next page, "" if there is none."""
    if isinstance(link, list):
        link = next((x.get("href") for x in link if isinstance(x, dict) and x.get("rel") == "next"), "")
    elif isinstance(link, dict):
        link = link.get("next")
    return link if isinstance(link, str) else ""
