"""Roles, and their assignment to users and groups on a project, a domain or the system."""

from ..api.identity import DOMAIN, GROUP, PROJECT, ROLE, USER
from ..errors import Forbidden, HTTPNotFound, OstkError
from ..language import (
    DESCRIPTION,
    NAME,
    NEW_DESCRIPTION,
    OR_SHOW,
    Arg,
    Column,
    Flag,
    Items,
    Json,
    Noun,
    Opt,
    Value,
    exclusive,
    target,
)
from ..owner import GROUP_DOMAIN, NEW_DOMAIN, PROJECT_DOMAIN, RESOURCE_DOMAIN, ROLE_DOMAIN, USER_DOMAIN
from ..record import replace
from ..session.cloud import Cloud, quote
from .options import IMMUTABLE

role = Noun(
    ROLE,
    "Manage roles and assign roles to users and groups.",
    columns=["id name domain"],
    fields=["id name domain_id description"],
    in_order=True,
    admin="create set",
)
role.create(Arg("name", "Name of the role.", domain=NEW_DOMAIN), NEW_DOMAIN, DESCRIPTION, OR_SHOW, IMMUTABLE)
role.show(domain=RESOURCE_DOMAIN)
role.set(NAME, NEW_DESCRIPTION, IMMUTABLE, domain=RESOURCE_DOMAIN)
role.delete(domain=RESOURCE_DOMAIN, help="Delete roles and all assignments of the roles (admin only).")


@role.lister("list", Value("--domain", "Filter by domain.", names=DOMAIN))
def list_roles(cloud: Cloud, domain: str | None) -> tuple[list[Column], Items]:
    """List roles."""
    if not domain:
        return role.columns[:2], cloud.pages(ROLE)
    try:
        found = cloud.get(DOMAIN, domain)
    except Forbidden:  # only the column "Domain" needs the name
        found = {"id": cloud.find(DOMAIN, domain), "name": domain}
    roles = cloud.pages(ROLE, {"domain_id": found["id"]})
    return role.columns, ({**one, "domain": found["name"]} for one in roles)


def assignment(assume_id_if_missing: bool) -> list[Opt | Arg]:
    """Return the parameters of a role assignment: role, user or group, and project, domain or system.

    Args:
        assume_id_if_missing: Take the ID of a user, group, project or domain that was deleted.
    """
    user, group, project, domain = (
        replace(resource, assume_id_if_missing=assume_id_if_missing) for resource in (USER, GROUP, PROJECT, DOMAIN)
    )
    return [
        target(ROLE, domain=ROLE_DOMAIN),
        *exclusive(
            Value("--system", "System of the role assignment; the value is always all.", admin=True, metavar="all"),
            Value("--domain", "Domain of the assignment.", ref=domain),
            Value("--project", "Project of the assignment.", ref=project, domain=PROJECT_DOMAIN),
        ),
        *exclusive(
            Value("--user", "User of the assignment.", ref=user, domain=USER_DOMAIN),
            Value("--group", "Group of the assignment.", ref=group, domain=GROUP_DOMAIN),
        ),
        GROUP_DOMAIN,
        PROJECT_DOMAIN,
        USER_DOMAIN,
        Flag("--inherited", "Apply the assignment to the child projects (OS-INHERIT), not to the target."),
        ROLE_DOMAIN,
    ]


def validate_assignment(
    system: str | None, domain: str | None, project: str | None, user: str | None, group: str | None
) -> None:
    """Reject an assignment without a user or group, or without a project, domain or system."""
    if not (user or group) or not (system or domain or project):
        raise OstkError(
            "A role assignment needs a user or a group, and a project, a domain or the system.",
            "Give --user or --group, and --project, --domain or --system.",
        )


def assignment_path(values: Json) -> str:
    """Return the path of a role assignment, given the IDs in the values of its options."""
    actor = f"users/{quote(values['user'])}" if values["user"] else f"groups/{quote(values['group'])}"
    path = f"{actor}/roles/{quote(values['role'])}"
    if values["system"]:
        return f"/system/{path}"
    scope = f"domains/{quote(values['domain'])}" if values["domain"] else f"projects/{quote(values['project'])}"
    return f"/OS-INHERIT/{scope}/{path}/inherited_to_projects" if values["inherited"] else f"/{scope}/{path}"


@role.action("add", assignment(assume_id_if_missing=False), validate=validate_assignment)
def add(cloud: Cloud, values: Json) -> None:
    """Assign a role to a user or a group on a project, a domain or the system."""
    if values["system"] and values["inherited"]:
        OstkError("--inherited has no effect on a system role assignment (--system).").show()
    cloud.call(ROLE.service, "PUT", assignment_path(values), repeatable=True)


@role.action("remove", assignment(assume_id_if_missing=True), validate=validate_assignment)
def remove(cloud: Cloud, values: Json) -> None:
    """Remove a role assignment from a user or a group."""
    try:
        cloud.call(ROLE.service, "DELETE", assignment_path(values))
    except HTTPNotFound:
        OstkError("The role assignment does not exist: nothing to remove.").show()
