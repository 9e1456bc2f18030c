"""Export locations: the paths that shares are mounted from."""

from __future__ import annotations

from ..api.shared_file_system import SHARE, SHARE_EXPORT_LOCATION
from ..language import ALL_FIELDS_IN_API_ORDER, Column, Json, Noun, target
from ..render.format import DICT
from . import metadata

location = Noun(
    SHARE_EXPORT_LOCATION,
    "Manage the paths that shares are mounted from.",
    columns=["id path preferred"],
    fields=[ALL_FIELDS_IN_API_ORDER, Column("properties", format=DICT)],
    parent=target(SHARE),
)
location.list()


def shown(item: Json) -> Json:
    """An export location with its metadata under the name that people know it by."""
    held = item.pop("metadata", None) or {}
    return {**item, "properties": held}


location.show(prepare=shown)
location.set(metadata.setting("2.87"))
location.unset(metadata.unsetting("2.87"))
