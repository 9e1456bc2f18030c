"""Large pages: bodies with long lists, decoded piece by piece.

Neutron answers with all ports and Keystone with all users in one page: 7 MB for 20,000 ports, which take ten times that
once they are decoded. Asking Neutron for pages (`limit`) would not give the same list: it hides what a policy forbids
after the page was cut, and a page that has become short has no link to the next one (`GET /v2.0/segments?limit=1` of
a project user: no segment, no link); a marker that was deleted in the meantime is a 404; and plug-ins that do not page
read all rows for each page, or fail (`GET /v2.0/qos/rule-types?limit=1` of Neutron 29: 500).
"""

import re
from collections.abc import Iterator
from typing import Any

from ..errors import OstkError

LARGE = 1 << 20  # bytes: a smaller body is decoded at once
PIECE = 1 << 17  # bytes of a body that are decoded at once


class LargePage:
    """A page whose list is decoded piece by piece.

    Attributes:
        key: The key of the list.
        latest: The piece that was decoded last.
        envelope: The other fields of the page, once all pieces are decoded.
    """

    def __init__(self, body: bytes, key: str, start: int, boundary: bytes, damaged: OstkError) -> None:
        self.body, self.key, self.start, self.boundary, self.damaged = body, key, start, boundary, damaged
        self.latest: list[Any] = []
        self.envelope: dict[str, Any] = {}

    def pieces(self) -> Iterator[list[Any]]:
        """Yield the resources, some at a time; once only.

        Raises:
            OstkError: The body is not valid JSON.
        """
        body, position, size = self.body, self.start, PIECE
        while position + size < len(body):
            end = body.rfind(self.boundary, position, position + size) + 1
            found = decoded(b"[%b]" % body[position:end]) if end else None
            if found is None:  # the piece ends inside a resource: one that is longer, or has such objects itself
                size *= 2
                continue
            self.latest = found
            yield found
            position, size = end + self.boundary.index(b"{") - 1, PIECE
        page = decoded(b'{"%b": [%b' % (self.key.encode(), body[position:]))
        if page is None:
            raise self.damaged
        self.body = b""
        self.latest = page.pop(self.key)
        self.envelope = page
        yield self.latest

    def get(self, key: str) -> Any:
        """Return another field of the page, once all pieces are decoded."""
        return self.envelope.get(key)

    @property
    def decoded(self) -> dict[str, Any]:
        """What is decoded of the page at the moment."""
        return {self.key: self.latest, **self.envelope}


def decoded(body: bytes) -> Any:
    """Return the value of a JSON text, None if it is not valid."""
    import json

    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def large_page(body: bytes, key: str, damaged: OstkError) -> LargePage | None:
    """Return the page with this body, None if it is to be decoded at once.

    Args:
        body: The body.
        key: The key of the list.
        damaged: The error for a body that turns out not to be valid JSON.
    """
    if len(body) < LARGE:
        return None
    first = re.match(rb'\s*\{\s*"%b"\s*:\s*\[\s*(?=(\{\s*"[^"\\]*"\s*:))' % re.escape(key.encode()), body)
    # The resources of a list begin with the same field.
    boundary = first and re.search(rb"\},\s*%b" % re.escape(first[1]), body)
    return LargePage(body, key, first.end(), boundary[0], damaged) if first and boundary else None
