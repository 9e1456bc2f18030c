"""Statistics of Magnum: the number of clusters and nodes of a project."""

from ..api.container_infra import CLUSTER_STATISTICS
from ..api.identity import PROJECT
from ..language import Arg, Cloud, Json, Noun
from .options import PROPERTIES, found_project

stats = Noun(CLUSTER_STATISTICS, "Show the number of clusters and nodes of a project.")


@stats.shower("list", Arg("project_id", "Project.", names=PROJECT), parse=lambda: PROPERTIES)
def list_statistics(cloud: Cloud, project_id: str) -> Json:
    """Show the number of clusters and nodes of a project."""
    return cloud.send(CLUSTER_STATISTICS, "GET", params={"project_id": found_project(cloud, project_id)})
