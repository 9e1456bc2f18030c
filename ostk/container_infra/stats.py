"""Statistics of Magnum: the number of clusters and nodes of a project."""

from __future__ import annotations

from ..api.container_infra import CLUSTER_STATISTICS
from ..api.identity import PROJECT
from ..language import Arg, Json, Noun
from ..session.cloud import Cloud
from .options import PROPERTIES, found_project

stats = Noun(CLUSTER_STATISTICS, "Show the number of clusters and nodes of a project.")


@stats.shower("list", Arg("project_id", "Project.", names=PROJECT, not_sent=True), parse=lambda: PROPERTIES)
def list_statistics(cloud: Cloud, project_id: str) -> Json:
    """Show the number of clusters and nodes of a project."""
    return cloud.send(CLUSTER_STATISTICS, "GET", params={"project_id": found_project(cloud, project_id)})
