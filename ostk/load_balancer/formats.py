"""Formats of the fields that the nouns of the Load Balancer service share."""

from typing import Any

from ..render.format import Format


def ids_text(value: Any) -> str:
    """Return the IDs of resources, one a line."""
    return "\n".join(str(one.get("id")) for one in value) if value else "None"


def lines_text(value: Any) -> str:
    """Return texts, one a line."""
    return "\n".join(map(str, value)) if value else "None"


def pairs_text(value: Any) -> str:
    """Return a mapping as KEY=VALUE, one a line."""
    return "\n".join(f"{key}={one}" for key, one in value.items()) if value else "None"


IDS, LINES, PAIRS = Format(ids_text), Format(lines_text), Format(pairs_text)
