"""Options that several nouns of Cinder share."""

from __future__ import annotations

from ..language import Opt, exclusive

SNAPSHOT_STATES = "available creating deleting error error_deleting"


def privacy(key: str) -> list[Opt]:
    """Return --public and --private, which set the field `key`."""
    return exclusive(
        Opt("--public", "For all projects.", key=key, value=True),
        Opt("--private", "Only for projects that are let in.", key=key, value=False),
    )
