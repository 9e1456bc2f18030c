"""Data as text: the fields of a thing with what they hold, and the choice of some of them."""

from __future__ import annotations

import json
from typing import Any

Json = dict[str, Any]


def value(text: str) -> Any:
    """What a word says: JSON, or the text that it is."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def fields(text: str) -> Json:
    """The fields in "a=1 b=word c="."""
    pairs = (word.partition("=") for word in text.split())
    return {key: value(content) for key, _, content in pairs}


def pick(item: Json, text: str) -> Json:
    """Those fields of a thing that it has: "a b", or "new=old" under another name."""
    pairs = (word.partition("=") for word in text.split())
    return {new: item[old or new] for new, _, old in pairs if (old or new) in item}


def rows(names: str, text: str) -> list[Json]:
    """Things of the same fields, with commas between: first the names, then what they hold."""
    return [dict(zip(names.split(), map(value, one.split()), strict=True)) for one in text.split(",")]


def is_true(given: Any) -> bool:
    """What a query or a field means as a boolean."""
    return given is True or str(given).lower() in ("1", "true", "t", "yes", "y", "on")
