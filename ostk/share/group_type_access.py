"""Access to private share group types: the projects that may use a type."""

from collections.abc import Iterable, Sequence

from ..api.identity import PROJECT
from ..api.shared_file_system import SHARE_GROUP_TYPE
from ..errors import OstkError
from ..language import Arg, Cloud, Json, Noun, each, target
from ..owner import PROJECT_DOMAIN

PROJECTS = [Arg("projects", "Projects.", nargs=-1, required=True, names=PROJECT), PROJECT_DOMAIN]

access = Noun(SHARE_GROUP_TYPE, "Manage project access to private share group types.", columns=["project_id"])


def change_access(cloud: Cloud, type: str, action: str, projects: Sequence[str], domain: str | None, verb: str) -> None:
    """Send an action on a share group type for each project; go on after a failure.

    Args:
        cloud: The cloud.
        type: The ID of the share group type.
        action: "addProjectAccess" or "removeProjectAccess".
        projects: Names or IDs of projects.
        domain: The ID of the domain of the projects.
        verb: What is done to a project, for a message.

    Raises:
        OstkError: At least one request failed.
    """
    query = {"domain_id": domain} if domain else None

    def change(name: str) -> None:
        cloud.act(SHARE_GROUP_TYPE, type, action, {"project": cloud.find(PROJECT, name, query)})

    each(cloud, change, projects, verb, "project")


@access.action("create", target(SHARE_GROUP_TYPE), PROJECTS)
def create(cloud: Cloud, share_group_type: str, projects: Sequence[str], project_domain: str | None) -> None:
    """Add access of projects to a private share group type (admin only)."""
    change_access(cloud, share_group_type, "addProjectAccess", projects, project_domain, "add")


@access.action("delete", target(SHARE_GROUP_TYPE), PROJECTS)
def delete(cloud: Cloud, share_group_type: str, projects: Sequence[str], project_domain: str | None) -> None:
    """Remove access of projects to a private share group type (admin only)."""
    change_access(cloud, share_group_type, "removeProjectAccess", projects, project_domain, "remove")


@access.lister("list", Arg("share_group_type", "Share group type.", names=SHARE_GROUP_TYPE))
def list_access(cloud: Cloud, share_group_type: str) -> Iterable[Json]:
    """List the projects with access to a private share group type (admin only)."""
    item = cloud.get(SHARE_GROUP_TYPE, share_group_type)
    if item["is_public"]:
        raise OstkError(f"The share group type {share_group_type!r} is public: all projects have access.")
    reply = cloud.send(SHARE_GROUP_TYPE, "GET", item["id"], "access")
    found: list[Json] = reply["share_group_type_access"]
    return found
