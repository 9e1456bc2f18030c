"""Role assignments: who has which role where."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..api.identity import DOMAIN, GROUP, PROJECT, ROLE, ROLE_ASSIGNMENT, USER
from ..language import MERGE_INTO_BODY, Flag, Json, Noun, Opt, exclusive
from ..owner import GROUP_DOMAIN, PROJECT_DOMAIN, ROLE_DOMAIN, USER_DOMAIN
from ..session.cloud import Cloud

assignment = Noun(
    ROLE_ASSIGNMENT, "Look at who has which role where.", columns=["role user group project domain system inherited"]
)


def query(key: str) -> Json:
    """What an option needs to be sent under a key with dots in it as they stand."""
    return {"key": MERGE_INTO_BODY, "convert": lambda value: {key: value}}


@assignment.lister(
    "list",
    Opt("--effective", "What follows from the assignments, groups too.", value="True"),
    Opt("--role", "Only those of this role.", ref=ROLE, **query("role.id"), domain=ROLE_DOMAIN),
    ROLE_DOMAIN,
    Opt("--names", "Show names instead of IDs.", key="include_names", value="True"),
    exclusive(
        Opt("--user", "Only those of this user.", ref=USER, **query("user.id"), domain=USER_DOMAIN),
        Opt("--group", "Only those of this group.", ref=GROUP, **query("group.id"), domain=GROUP_DOMAIN),
    ),
    USER_DOMAIN,
    GROUP_DOMAIN,
    exclusive(
        Opt("--domain", "Only those in this domain.", ref=DOMAIN, **query("scope.domain.id")),
        Opt(
            "--project", "Only those in this project.", ref=PROJECT, domain=PROJECT_DOMAIN, **query("scope.project.id")
        ),
        Opt("--system", "Only those in the system: all.", **query("scope.system")),
    ),
    PROJECT_DOMAIN,
    Opt("--inherited", "Only those that projects inherit.", value="projects", **query("scope.OS-INHERIT:inherited_to")),
    Flag("--auth-user", "Only your own."),
    Flag("--auth-project", "Only those in your project."),
)
def list_assignments(cloud: Cloud, body: Json, names: bool, auth_user: bool, auth_project: bool) -> Iterator[Json]:
    """List role assignments."""
    if auth_user:
        body.setdefault("user.id", cloud.access.user_id)
    if auth_project:
        body.setdefault("scope.project.id", cloud.access.project_id)
    shown = named if names else identified
    return (row(one, shown) for one in cloud.pages(ROLE_ASSIGNMENT, body))


def row(one: Json, shown: Callable[[Json | None], str]) -> Json:
    """An assignment as a row."""
    scope = one.get("scope") or {}
    return {
        **{part: shown(one.get(part)) for part in ("role", "user", "group")},
        **{part: shown(scope.get(part)) for part in ("project", "domain")},
        "system": "all" if scope.get("system") else "",
        "inherited": scope.get("OS-INHERIT:inherited_to") == "projects",
    }


def identified(part: Json | None) -> str:
    """The ID of a part of an assignment, "" if it has no such part."""
    return str(part.get("id") or "") if part else ""


def named(part: Json | None) -> str:
    """The name of a part of an assignment and, after @, that of its domain."""
    if not part:
        return ""
    domain = part.get("domain")
    return f"{part.get('name')}@{domain['name']}" if domain else str(part.get("name") or "")
