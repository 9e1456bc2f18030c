"""What Manila tells of something, shown in the order in which it does."""

from __future__ import annotations

from collections.abc import Mapping

from ..language import Column, Json
from ..render.format import Format

UNSHOWN = ("links", "shares_type")


def as_told(item: Json, formats: Mapping[str, Format] | None = None) -> tuple[list[Column], Json]:
    """Something and all the fields that it has."""
    return [Column(key, key, format=(formats or {}).get(key)) for key in item if key not in UNSHOWN], item
