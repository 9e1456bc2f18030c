"""The build of the Orchestration service."""

from typing import Any

from ..api.orchestration import BUILD_INFO
from ..language import Cloud, Column, Noun
from .stacks import JSON

orchestration = Noun(BUILD_INFO, "Show the build of the Orchestration service.")


@orchestration.shower("build info")
def build_info(cloud: Cloud) -> Any:
    """Show the build of the API and of the engine."""
    item = cloud.send(BUILD_INFO, "GET")
    return [Column(key, format=JSON if key in ("api", "engine") else None) for key in sorted(item)], item
