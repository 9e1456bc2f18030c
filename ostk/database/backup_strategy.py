"""Backup strategies: the container for the backups of a project or of an instance."""

from ..api.database import BACKUP_STRATEGY, FORMER_PROJECT
from ..errors import OstkError
from ..language import Cloud, Json, Noun, Opt
from .options import of_instance, of_project

strategy = Noun(
    BACKUP_STRATEGY,
    "Manage backup strategies: containers for the backups of a project or an instance.",
    columns=["project_id instance_id swift_container"],
)
OF_INSTANCE = of_instance("--instance-id", "Instance (default: all instances of the project).")


strategy.list(
    of_instance("--instance-id", "Filter by instance."),
    of_project("Filter by project."),
    help="List backup strategies.",
)


@strategy.shower(
    "create",
    of_project("Project, which must be the current project.", names=FORMER_PROJECT, ref=None, not_sent=True),
    OF_INSTANCE,
    Opt("--swift-container", "Container for the backups.", required=True),
)
def create(cloud: Cloud, body: Json, project_id: str | None) -> Json:
    """Create or replace the backup strategy of a project or of an instance."""
    # Trove would create the strategy of the current project.
    if project_id and cloud.find(FORMER_PROJECT, project_id) != cloud.access.project_id:
        raise OstkError(
            f"A backup strategy can be created for the current project only, and not for {project_id}.",
            "Select the other project with: --os-project-name.",
        )
    return cloud.create(BACKUP_STRATEGY, body)


@strategy.action("delete", of_project("Project (default: the current project)."), OF_INSTANCE)
def delete(cloud: Cloud, body: Json) -> None:
    """Delete the backup strategy of a project or of an instance."""
    cloud.request(BACKUP_STRATEGY.service, "DELETE", BACKUP_STRATEGY.path, params=body)
