"""The build of the Orchestration service."""

from __future__ import annotations

from typing import Any

from ..api.orchestration import BUILD_INFO, HEAT
from ..language import Column, Noun
from ..session.cloud import Cloud
from .stacks import JSON

orchestration = Noun(BUILD_INFO, "Show the build of the Orchestration service.")


@orchestration.shower("build info")
def build_info(cloud: Cloud) -> Any:
    """Show the build of the API and of the engine."""
    item = cloud.call(HEAT, "GET", BUILD_INFO.path)
    return [Column(key, format=JSON if key in ("api", "engine") else None) for key in sorted(item)], item
