"""Records that are a part of something, as people read them: each of their fields on a line of its own."""

from __future__ import annotations

from typing import Any

from ..render.format import Format, dict_text


def lines(held: Any) -> str:
    """One record, or several."""
    records = held if isinstance(held, list) else [held or {}]
    return "".join(f"\n{key} = {text(key, value)}" for record in records for key, value in record.items())


def text(key: str, value: Any) -> Any:
    """A field; properties as they are shown elsewhere."""
    return dict_text(value) if key == "properties" else value


PARTS = Format(lines)
