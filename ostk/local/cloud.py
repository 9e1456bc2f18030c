"""The clouds that are configured: `ostk cloud list`."""

from __future__ import annotations

from ..language import Json, Noun, Resource
from ..render.format import either
from ..session.cloud import Cloud
from . import LOCAL_SERVICE

cloud = Noun(
    Resource(LOCAL_SERVICE, "cloud", ""),
    "See which clouds are configured.",
    columns=["name is_current=Current file=Source"],
    formats={"is_current": either("*", "")},
)


@cloud.lister("list")
def list_clouds(cloud: Cloud) -> list[Json]:
    """List the clouds that are configured, and where."""
    from ..config.config import configured_clouds

    return [one._asdict() for one in configured_clouds(flags=cloud.flags)]
