"""Application credentials: secrets with which a program logs in instead of its user."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..errors import OstkError
from ..files import read_text
from ..kinds import APPLICATION_CREDENTIAL, USER
from ..language import DESCRIPTION, Arg, Column, Json, Kind, Noun, Opt, each
from ..owner import USER_DOMAIN
from ..render.format import Format
from ..session.cloud import Cloud, looks_like_id
from .moment import moment

ROLES = Format(lambda roles: ", ".join(sorted(role["name"] for role in roles or ())))
COLUMNS = [
    Column("id", "ID"),
    Column("name", "Name"),
    Column("description", "Description"),
    Column("project_id", "Project ID"),
    Column("roles", "Roles", format=ROLES),
    Column("unrestricted", "Unrestricted"),
    Column("access_rules", "Access Rules"),
    Column("expires_at", "Expires At"),
]
credential = Noun(
    APPLICATION_CREDENTIAL, "Manage secrets programs log in with.", columns=COLUMNS, fields=COLUMNS, in_order=True
)


def of(cloud: Cloud, user: str = "") -> Kind:
    """The application credentials of a user, by default of the one who asks."""
    return APPLICATION_CREDENTIAL.under(user or cloud.access.user_id)


def identified(roles: tuple[str, ...]) -> list[Json]:
    """Roles as Keystone wants them: by ID or by name."""
    return [{"id" if looks_like_id(role) else "name": role} for role in roles]


def access(text: str) -> Any:
    """Access rules from JSON, or from a file of it."""
    import json

    try:
        return json.loads(text)
    except ValueError:
        pass
    try:
        return json.loads(read_text(text, "file of access rules"))
    except ValueError:
        raise OstkError(f"{text} does not hold access rules as JSON.") from None


def sound(expiration: str | None, access_rules: str | None) -> None:
    """Refuse a time that is none and rules that are no JSON."""
    if expiration:
        moment(expiration)
    if access_rules:
        access(access_rules)


@credential.shower(
    "create",
    Arg("name"),
    Opt("--secret", "Secret; made by Keystone unless given."),
    Opt(
        "--role",
        "Role it has; may be repeated; all of yours unless given.",
        key="roles",
        multiple=True,
        convert=identified,
    ),
    Opt("--expiration", "When it ends, as 2030-12-31T23:59:59 in UTC.", key="expires_at", convert=moment),
    DESCRIPTION,
    Opt("--unrestricted/--restricted", "Whether it may make others like it."),
    Opt("--access-rules", "The only requests it may make: JSON, or a file.", convert=access),
    fields=[*COLUMNS, Column("secret", "Secret")],
    refuse=sound,
)
def create(cloud: Cloud, body: Json) -> Json:
    """Create an application credential for yourself."""
    body = {"roles": [], "access_rules": [], "unrestricted": False, **body}
    return {"access_rules": body["access_rules"], **cloud.create(of(cloud), body)}


@credential.shower("show", Arg("application_credential", local=True))
def show(cloud: Cloud, application_credential: str) -> Json:
    """Show one of your application credentials."""
    return cloud.get(of(cloud), application_credential)


@credential.lister(
    "list", Opt("--user", "Those of this user, not yours.", ref=USER, domain=USER_DOMAIN, local=True), USER_DOMAIN
)
def list_credentials(cloud: Cloud, user: str) -> Iterator[Json]:
    """List your application credentials."""
    return cloud.pages(of(cloud, user))


@credential.action("delete", Arg("application_credential", nargs=-1, required=True, local=True))
def delete(cloud: Cloud, application_credential: tuple[str, ...]) -> None:
    """Delete application credentials of yours."""
    kind = of(cloud)
    each(cloud, lambda name: cloud.delete(kind, cloud.find(kind, name)), application_credential, "delete", kind.noun)
