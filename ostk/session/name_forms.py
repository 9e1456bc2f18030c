"""Names and IDs: matching, escaping, and what looks like an ID."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..api.resource import Resource

Json = dict[str, Any]


def matching(resource: Resource, name: str, items: Iterable[Json]) -> list[Json]:
    """Return the resources with this ID or name, else those with the name in `other_name`.

    Names that are the same in upper and lower case (`any_case`) follow those that are the same to the letter.
    """
    items = list(items)
    matches = [x for x in items if name in (x.get(resource.id), x.get(resource.name))]
    if resource.any_case and not matches:
        matches = [x for x in items if str(x.get(resource.name)).casefold() == name.casefold()]
    return matches or [x for x in items if resource.other_name and x.get(resource.other_name) == name]


def escape(text: str) -> str:
    """Return a regular expression that matches a text; escapes are few, as some clouds compare the text itself."""
    return "".join(f"\\{c}" if c in "\\^$*+?()[]{}|" else c for c in text)


def looks_like_id(text: str) -> bool:
    """Return whether a text has the form of an ID that services make: a UUID or a hash."""
    digits = text.replace("-", "")
    return len(digits) in (32, 64) and all(c in "0123456789abcdef" for c in digits)
