"""Tables in text: fields with their values, and the selection of fields."""

import json
from typing import Any

from ..text import parse_boolean

Json = dict[str, Any]


def value(text: str) -> Any:
    """Parse a word as JSON; a word that is not JSON is text."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def fields(text: str) -> Json:
    """Parse "a=1 b=word c=" into a dictionary."""
    pairs = (word.partition("=") for word in text.split())
    return {key: value(content) for key, _, content in pairs}


def pick(item: Json, text: str) -> Json:
    """Return some fields of an item: "a b", or "new=old" to rename one; absent fields are left out."""
    pairs = (word.partition("=") for word in text.split())
    return {new: item[old or new] for new, _, old in pairs if (old or new) in item}


def rows(names: str, text: str) -> list[Json]:
    """Parse a table, rows separated by commas, into dictionaries with the keys `names`."""
    return [dict(zip(names.split(), map(value, one.split()), strict=True)) for one in text.split(",")]


def is_true(given: Any) -> bool:
    """Return whether a value of a query or a body means true."""
    return parse_boolean(given) is True
