"""Role assignments: which user or group has which role on which project, domain or system."""

from collections.abc import Callable, Iterator

from ..api.identity import DOMAIN, GROUP, PROJECT, ROLE, ROLE_ASSIGNMENT, USER
from ..language import MERGE_INTO_BODY, Cloud, Flag, Json, Noun, Opt, exclusive
from ..owner import GROUP_DOMAIN, PROJECT_DOMAIN, ROLE_DOMAIN, USER_DOMAIN

assignment = Noun(
    ROLE_ASSIGNMENT, "List role assignments.", columns=["role user group project domain system inherited"]
)


def dotted_key(key: str) -> Json:
    """Return the attributes of an option whose key holds dots that do not nest: `scope.project.id`."""
    return {"key": MERGE_INTO_BODY, "convert": lambda value: {key: value}}


@assignment.lister(
    "list",
    Opt(
        "--effective",
        "List effective assignments: expand group membership, inherited roles and implied roles.",
        value="True",
    ),
    Opt("--role", "Filter by role.", ref=ROLE, **dotted_key("role.id"), domain=ROLE_DOMAIN),
    ROLE_DOMAIN,
    Opt("--names", "Show names instead of IDs.", key="include_names", value="True"),
    exclusive(
        Opt("--user", "Filter by user.", ref=USER, **dotted_key("user.id"), domain=USER_DOMAIN),
        Opt("--group", "Filter by group.", ref=GROUP, **dotted_key("group.id"), domain=GROUP_DOMAIN),
    ),
    USER_DOMAIN,
    GROUP_DOMAIN,
    exclusive(
        Opt("--domain", "Filter by domain.", ref=DOMAIN, **dotted_key("scope.domain.id")),
        Opt("--project", "Filter by project.", ref=PROJECT, domain=PROJECT_DOMAIN, **dotted_key("scope.project.id")),
        Opt(
            "--system",
            "List system role assignments only; the value is always all.",
            metavar="all",
            **dotted_key("scope.system"),
        ),
    ),
    PROJECT_DOMAIN,
    Opt(
        "--inherited",
        "Filter by inheritance: assignments that child projects inherit.",
        value="projects",
        **dotted_key("scope.OS-INHERIT:inherited_to"),
    ),
    Flag("--auth-user", "Filter by the current user."),
    Flag("--auth-project", "Filter by the current project."),
)
def list_assignments(
    cloud: Cloud, body: Json, names: str | None, auth_user: bool, auth_project: bool
) -> Iterator[Json]:
    """List role assignments."""
    own = {"user.id": cloud.access.user_id} if auth_user else {}
    own |= {"scope.project.id": cloud.access.project_id} if auth_project else {}
    format_part = part_name if names else part_id
    return (assignment_row(one, format_part) for one in cloud.pages(ROLE_ASSIGNMENT, own | body))


def assignment_row(assignment: Json, format_part: Callable[[Json | None], str]) -> Json:
    """Return an assignment as a row of the list; `format_part` formats its role, user, group, project and domain."""
    scope = assignment.get("scope") or {}
    return {
        **{part: format_part(assignment.get(part)) for part in ("role", "user", "group")},
        **{part: format_part(scope.get(part)) for part in ("project", "domain")},
        "system": "all" if scope.get("system") else "",
        "inherited": scope.get("OS-INHERIT:inherited_to") == "projects",
    }


def part_id(part: Json | None) -> str:
    """Return the ID of a part of an assignment, "" if the assignment does not have the part."""
    return str(part.get("id") or "") if part else ""


def part_name(part: Json | None) -> str:
    """Return NAME@DOMAIN of a part of an assignment, or NAME where the part has no domain."""
    if not part:
        return ""
    domain = part.get("domain")
    return f"{part.get('name')}@{domain['name']}" if domain else str(part.get("name") or "")
