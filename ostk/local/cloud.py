"""The clouds in clouds.yaml, secure.yaml and the environment: `ostk cloud list`."""

from __future__ import annotations

from ..language import Json, Noun, Resource
from ..render.format import boolean_format
from ..session.cloud import Cloud
from . import LOCAL_SERVICE

cloud = Noun(
    Resource(LOCAL_SERVICE, "cloud", ""),
    "List configured clouds.",
    columns=["name is_current=Current file=Source"],
    formats={"is_current": boolean_format("*", "")},
)


@cloud.lister("list")
def list_clouds(cloud: Cloud) -> list[Json]:
    """List configured clouds and the files that define each cloud."""
    from ..config.config import configured_clouds

    return [configured._asdict() for configured in configured_clouds(flags=cloud.flags)]
