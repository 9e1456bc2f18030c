"""How resources are found by name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..api.resource import Resource

Json = dict[str, Any]


def matching(resource: Resource, name: str, items: Iterable[Json]) -> list[Json]:
    """Those with this ID or name; else those with it in the other field that may name them."""
    items = list(items)
    matches = [x for x in items if name in (x.get(resource.id), x.get(resource.name))]
    return matches or [x for x in items if resource.other_name and x.get(resource.other_name) == name]


def escape(text: str) -> str:
    """A text as a regular expression that matches itself, as it stands where it can: some clouds compare."""
    return "".join(f"\\{c}" if c in "\\^$*+?()[]{}|" else c for c in text)


def looks_like_id(text: str) -> bool:
    """Return whether a text has the form of an ID that services make: a UUID or a hash."""
    digits = text.replace("-", "")
    return len(digits) in (32, 64) and all(c in "0123456789abcdef" for c in digits)
