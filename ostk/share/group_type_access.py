"""Which projects may use share group types that are not public."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..api.identity import PROJECT
from ..api.shared_file_system import SHARE_GROUP_TYPE
from ..errors import OstkError
from ..language import Arg, Json, Noun, each, target
from ..owner import PROJECT_DOMAIN
from ..session.cloud import Cloud

MANILA, VERSION = SHARE_GROUP_TYPE.service, SHARE_GROUP_TYPE.microversion
PROJECTS = [Arg("projects", nargs=-1, required=True, names=PROJECT, not_sent=True), PROJECT_DOMAIN]

access = Noun(SHARE_GROUP_TYPE, "Manage which projects may use a share group type.", columns=["project_id"])


def change(cloud: Cloud, type: str, action: str, projects: Sequence[str], domain: str | None, verb: str) -> None:
    """Change what each of some projects may do with a share group type."""
    within = {"domain_id": domain} if domain else None

    def one(name: str) -> None:
        cloud.act(SHARE_GROUP_TYPE, type, action, {"project": cloud.find(PROJECT, name, within)})

    each(cloud, one, projects, verb, "project")


@access.action("create", target(SHARE_GROUP_TYPE), PROJECTS)
def create(cloud: Cloud, share_group_type: str, projects: Sequence[str], project_domain: str | None) -> None:
    """Let projects use a share group type."""
    change(cloud, share_group_type, "addProjectAccess", projects, project_domain, "let in")


@access.action("delete", target(SHARE_GROUP_TYPE), PROJECTS)
def delete(cloud: Cloud, share_group_type: str, projects: Sequence[str], project_domain: str | None) -> None:
    """Let projects use a share group type no more."""
    change(cloud, share_group_type, "removeProjectAccess", projects, project_domain, "shut out")


@access.lister("list", Arg("share_group_type", names=SHARE_GROUP_TYPE, not_sent=True))
def list_access(cloud: Cloud, share_group_type: str) -> Iterable[Json]:
    """List the projects that may use a share group type that is not public."""
    item = cloud.get(SHARE_GROUP_TYPE, share_group_type)
    if item["is_public"]:
        raise OstkError(f"The share group type {share_group_type!r} is public: all projects may use it.")
    reply = cloud.call(MANILA, "GET", SHARE_GROUP_TYPE.at(item["id"], "access"), microversion=VERSION)
    found: list[Json] = reply["share_group_type_access"]
    return found
