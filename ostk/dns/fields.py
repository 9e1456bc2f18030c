"""Columns and fields that the nouns of the DNS service share."""

from functools import partial
from typing import Any

from ..language import Column, Json


def failed(item: Json, values: Json) -> str:
    """Return why an import or export of a zone failed, "" if it did not."""
    return f"failed: {str(item.get('message') or 'no message').rstrip('.')}" if item.get("status") == "ERROR" else ""


def cells(keys: str, given: str = "") -> list[Column]:
    """Return the columns of a list, titled as the fields of the API; null is an empty text."""
    return [Column(key, key, value=partial(cell, key), given=given) for key in keys.split()]


def cell(key: str, item: Json) -> Any:
    """Return the value of a field for a list."""
    return "" if item.get(key) is None else item[key]


def joined(key: str, separator: str = "\n") -> Column:
    """Return the column of a list of texts as one text, in every format."""
    return Column(key, key, value=lambda item: separator.join(map(str, item.get(key) or ())))


OF_PROJECT = cells("project_id", given="all_projects")
