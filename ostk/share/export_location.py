"""Export locations: the paths that shares are mounted from."""

from __future__ import annotations

from ..kinds import SHARE, SHARE_EXPORT_LOCATION
from ..language import Arg, Column, Json, Noun, target
from ..render.format import DICT
from ..session.cloud import Cloud
from . import metadata
from .told import as_told

location = Noun(
    SHARE_EXPORT_LOCATION,
    "Manage the paths that shares are mounted from.",
    columns=["id path preferred"],
    inside=target(SHARE),
)
location.list()


@location.shower("show", target(SHARE), Arg("export_location", local=True), fields=())
def show(cloud: Cloud, share: str, export_location: str) -> tuple[list[Column], Json]:
    """Show a path that a share is mounted from."""
    item = cloud.get(SHARE_EXPORT_LOCATION.under(share), export_location)
    held = item.pop("metadata", None) or {}
    return as_told({**item, "properties": held}, {"properties": DICT})


location.set(metadata.setting("2.87"))
location.unset(metadata.unsetting("2.87"))
