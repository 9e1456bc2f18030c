"""Application credentials: secrets with which a program logs in instead of its user."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from ..api.identity import APPLICATION_CREDENTIAL
from ..errors import OstkError
from ..files import read_text
from ..language import DESCRIPTION, Arg, Column, Json, Noun, Opt, each
from ..render.format import Format
from ..session.cloud import Cloud
from ..session.name_forms import looks_like_id
from .options import EXPIRATION, FOR_USER, owned

COLUMNS: list[Column | str] = [
    "id=ID name=Name description=Description",
    Column("project_id", "Project ID"),
    "roles=Roles unrestricted=Unrestricted",
    Column("access_rules", "Access Rules"),
    Column("expires_at", "Expires At"),
]
credential = Noun(
    APPLICATION_CREDENTIAL,
    "Manage secrets programs log in with.",
    columns=COLUMNS,
    fields=COLUMNS,
    formats={"roles": Format(lambda roles: ", ".join(sorted(role["name"] for role in roles or ())))},
    in_order=True,
)


def identified(roles: tuple[str, ...]) -> list[Json]:
    """Roles as Keystone wants them: by ID or by name."""
    return [{"id" if looks_like_id(role) else "name": role} for role in roles]


def access(text: str) -> Any:
    """Access rules from JSON, or from a file of it."""
    import json

    with suppress(ValueError):
        return json.loads(text)
    try:
        return json.loads(read_text(text, "file of access rules"))
    except ValueError:
        raise OstkError(f"{text} does not hold access rules as JSON.") from None


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
    EXPIRATION,
    DESCRIPTION,
    Opt("--unrestricted/--restricted", "Whether it may make others like it."),
    Opt("--access-rules", "The only requests it may make: JSON, or a file.", type=access, metavar="JSON"),
    fields=[*COLUMNS, "secret=Secret"],
)
def create(cloud: Cloud, body: Json) -> Json:
    """Create an application credential for yourself."""
    body = {"roles": [], "access_rules": [], "unrestricted": False, **body}
    resource = owned(APPLICATION_CREDENTIAL, cloud)
    if cloud.token_from_cache:  # Keystone gives it the roles that the token tells of; those of a kept one may be gone
        cloud.authenticate()
    return {"access_rules": body["access_rules"], **cloud.create(resource, body)}


@credential.shower("show", Arg("application_credential", not_sent=True))
def show(cloud: Cloud, application_credential: str) -> Json:
    """Show one of your application credentials."""
    return cloud.get(owned(APPLICATION_CREDENTIAL, cloud), application_credential)


@credential.lister("list", FOR_USER)
def list_credentials(cloud: Cloud, user: str) -> Iterator[Json]:
    """List your application credentials."""
    return cloud.pages(owned(APPLICATION_CREDENTIAL, cloud, user))


@credential.action("delete", Arg("application_credential", nargs=-1, required=True, not_sent=True))
def delete(cloud: Cloud, application_credential: tuple[str, ...]) -> None:
    """Delete application credentials of yours."""
    resource = owned(APPLICATION_CREDENTIAL, cloud)
    each(
        cloud,
        lambda name: cloud.delete(resource, cloud.find(resource, name)),
        application_credential,
        "delete",
        resource.noun,
    )
