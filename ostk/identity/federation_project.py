"""Projects that the one who asks may log in to."""

from __future__ import annotations

from collections.abc import Iterator

from ..api.identity import PROJECT
from ..language import Json, Noun
from ..session.cloud import Cloud

project = Noun(PROJECT, "Look at the projects you may log in to.", columns=["id domain_id enabled name"])


@project.lister("list")
def list_projects(cloud: Cloud) -> Iterator[Json]:
    """List the projects you may log in to."""
    return cloud.pages(PROJECT, path="/auth/projects")
