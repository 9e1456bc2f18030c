"""Backup strategies: the container for the backups of a project or of an instance."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..api.database import BACKUP_STRATEGY, INSTANCE
from ..api.identity import PROJECT
from ..errors import OstkError
from ..language import Json, Noun, Opt
from ..session.cloud import Cloud
from .options import id_or_name, instance_filter, project_filter

strategy = Noun(
    BACKUP_STRATEGY,
    "Manage backup strategies: containers for the backups of a project or an instance.",
    columns=["project_id instance_id swift_container"],
)
OF_INSTANCE = instance_filter("--instance-id", "Instance (default: all instances of the project).")


def query_of(cloud: Cloud, project_id: str | None, instance_id: str | None) -> Json:
    """Return the query that names a project and an instance."""
    query = {
        "instance_id": id_or_name(cloud, INSTANCE, instance_id),
        "project_id": id_or_name(cloud, PROJECT, project_id),
    }
    return {key: value for key, value in query.items() if value}


@strategy.lister("list", instance_filter("--instance-id", "Filter by instance."), project_filter("Filter by project."))
def list_strategies(cloud: Cloud, project_id: str | None, instance_id: str | None) -> Iterator[Json]:
    """List backup strategies."""
    return cloud.pages(BACKUP_STRATEGY, query_of(cloud, project_id, instance_id))


@strategy.shower(
    "create",
    project_filter("Project, which must be the current project."),
    OF_INSTANCE,
    Opt("--swift-container", "Container for the backups.", required=True),
)
def create(cloud: Cloud, body: Json, project_id: str | None, instance_id: str | None) -> Json:
    """Create or replace the backup strategy of a project or of an instance."""
    owner = id_or_name(cloud, PROJECT, project_id)
    if owner and owner != cloud.access.project_id:  # Trove would create that of the current project
        raise OstkError(
            f"A backup strategy can be created for the current project only, and not for {project_id}.",
            "Select the other project with: --os-project-name.",
        )
    instance = id_or_name(cloud, INSTANCE, instance_id)
    return cloud.create(BACKUP_STRATEGY, {**body, **({"instance_id": instance} if instance else {})})


@strategy.action("delete", project_filter("Project (default: the current project)."), OF_INSTANCE)
def delete(cloud: Cloud, project_id: str | None, instance_id: str | None) -> Any:
    """Delete the backup strategy of a project or of an instance."""
    query = query_of(cloud, project_id, instance_id)
    cloud.request(BACKUP_STRATEGY.service, "DELETE", BACKUP_STRATEGY.path, params=query)
