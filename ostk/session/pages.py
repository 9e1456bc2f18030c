"""The ways OpenStack services page a list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from ..errors import ConnectionFailed

Json = dict[str, Any]
Fetch = Callable[[Json], Any]


def pages(
    fetch: Fetch, plural: str, next_link: str, query: Json, limit: int | None = None, by_offset: bool = False
) -> Iterator[Json]:
    """Return the items of all pages, or the first `limit` of them; a limit of 0 is none.

    `fetch` gets a query and answers with a page. A page names the next one under (a word of) `next_link`: a list
    of links with `rel` (Nova, Neutron, Cinder), an object with `next` (Keystone) or an address (Glance).
    Only the query of that address is used: behind a proxy its host is often wrong. With `by_offset` (Manila, whose
    links name a marker that it does not look at) the next page begins after what there was so far.
    """
    left, seen, before = limit or None, int(query.get("offset") or 0), None
    while True:
        page = fetch(query)
        if isinstance(page, list):  # Swift's lists have no envelope
            page = {plural: page}
        items = page.get(plural) if isinstance(page, dict) else None
        if not isinstance(items, list):
            raise ConnectionFailed(f"The service did not answer with a list of {plural}.")
        if by_offset and items == before:  # it does not go on
            return
        before = items
        for item in items:
            if left is not None and left <= 0:
                return
            left = left if left is None else left - 1
            yield item
        address = next(filter(None, (next_address(page.get(word)) for word in next_link.split())), "")
        if not address or left == 0 or not items:
            return
        seen += len(items)
        following = next_query(address, query, seen if by_offset else None)
        if following == query:
            return
        query = {**following, **{k: v for k, v in query.items() if isinstance(v, list | tuple)}}


def next_query(address: str, query: Json, seen: int | None) -> Json:
    """The query of the next page: that of its address or, where lists go on by offset, what was `seen` so far."""
    return query_of(address) if seen is None else {**query, "offset": str(seen)}


def query_of(address: str) -> Json:
    """The query of an address."""
    return dict(parse_qsl(urlsplit(address).query))


def next_address(link: Any) -> str:
    """The address of the next page, "" where there is none."""
    if isinstance(link, list):
        link = next((x.get("href") for x in link if isinstance(x, dict) and x.get("rel") == "next"), "")
    elif isinstance(link, dict):
        link = link.get("next")
    return link if isinstance(link, str) else ""
