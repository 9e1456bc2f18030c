"""Export locations of share instances: the paths that they are mounted from."""

from __future__ import annotations

from ..kinds import SHARE_INSTANCE, SHARE_INSTANCE_EXPORT_LOCATION
from ..language import Arg, Column, Json, Noun, target
from ..session.cloud import Cloud
from .told import as_told

location = Noun(
    SHARE_INSTANCE_EXPORT_LOCATION,
    "See the paths of share instances.",
    columns=["id path is_admin_only preferred"],
    inside=target(SHARE_INSTANCE, "instance"),
)
location.list()


@location.shower("show", target(SHARE_INSTANCE, "instance"), Arg("export_location", local=True), fields=())
def show(cloud: Cloud, instance: str, export_location: str) -> tuple[list[Column], Json]:
    """Show a path that a share instance is mounted from."""
    return as_told(cloud.get(SHARE_INSTANCE_EXPORT_LOCATION.under(instance), export_location))
