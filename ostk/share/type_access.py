"""Access to private share types: the projects that may use a type."""

from ..api.identity import PROJECT
from ..api.shared_file_system import SHARE_TYPE
from ..errors import OstkError
from ..language import Arg, Cloud, Items, Json, Noun, target

PROJECT_ARG = Arg("project_id", "Project.", ref=PROJECT, key="project")

access = Noun(SHARE_TYPE, "Manage project access to private share types.", columns=["project_id"])


@access.action("create", target(SHARE_TYPE), PROJECT_ARG)
def create(cloud: Cloud, share_type: str, body: Json) -> None:
    """Add access of a project to a private share type (admin only)."""
    cloud.act(SHARE_TYPE, share_type, "addProjectAccess", body)


@access.action("delete", target(SHARE_TYPE), PROJECT_ARG)
def delete(cloud: Cloud, share_type: str, body: Json) -> None:
    """Remove access of a project to a private share type (admin only)."""
    cloud.act(SHARE_TYPE, share_type, "removeProjectAccess", body)


@access.lister("list", Arg("share_type", "Share type.", names=SHARE_TYPE))
def list_access(cloud: Cloud, share_type: str) -> Items:
    """List the projects with access to a private share type (admin only)."""
    item = cloud.get(SHARE_TYPE, share_type)
    if item["share_type_access:is_public"]:
        raise OstkError(f"The share type {share_type!r} is public: all projects have access.")
    reply = cloud.send(SHARE_TYPE, "GET", item["id"], "share_type_access")
    found: list[Json] = reply["share_type_access"]
    return found
