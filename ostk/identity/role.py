"""Roles: what users and groups may do in a project, a domain or the whole system."""

from __future__ import annotations

from collections.abc import Iterator

from ..api.identity import DOMAIN, GROUP, PROJECT, ROLE, USER
from ..errors import Forbidden, HTTPNotFound, OstkError
from ..language import DESCRIPTION, NAME, OR_SHOW, Arg, Column, Flag, Json, Noun, Opt, exclusive, target
from ..owner import GROUP_DOMAIN, ITS_DOMAIN, NEW_DOMAIN, PROJECT_DOMAIN, ROLE_DOMAIN, USER_DOMAIN
from ..record import replace
from ..session.cloud import Cloud, quote
from .options import IMMUTABLE

role = Noun(
    ROLE,
    "Manage roles: what users may do.",
    columns=["id name domain"],
    fields=["id name domain_id description"],
    in_order=True,
)
role.create(Arg("name", domain=NEW_DOMAIN), NEW_DOMAIN, DESCRIPTION, OR_SHOW, IMMUTABLE)
role.show(domain=ITS_DOMAIN)
role.set(NAME, DESCRIPTION, IMMUTABLE, domain=ITS_DOMAIN)
role.delete(domain=ITS_DOMAIN)


@role.lister("list", Opt("--domain", "Only those of this domain.", not_sent=True))
def list_roles(cloud: Cloud, domain: str) -> tuple[list[Column], Iterator[Json]]:
    """List roles."""
    if not domain:
        return role.columns[:2], cloud.pages(ROLE)
    try:
        place = cloud.get(DOMAIN, domain)
    except Forbidden:  # the name only fills a column
        place = {"id": cloud.find(DOMAIN, domain), "name": domain}
    found = cloud.pages(ROLE, {"domain_id": place["id"]})
    return role.columns, ({**one, "domain": place["name"]} for one in found)


def assignment(assume_id_if_missing: bool) -> list[Opt | Arg]:
    """What says who has which role where; `gone` lets each be named that is there no more, by its ID."""
    user, group, project, domain = (
        replace(resource, assume_id_if_missing=assume_id_if_missing) for resource in (USER, GROUP, PROJECT, DOMAIN)
    )
    return [
        target(ROLE, domain=ROLE_DOMAIN),
        *exclusive(
            Opt("--system", "The whole system: all.", not_sent=True),
            Opt("--domain", "Domain.", ref=domain, not_sent=True),
            Opt("--project", "Project.", ref=project, domain=PROJECT_DOMAIN, not_sent=True),
        ),
        *exclusive(
            Opt("--user", "User.", ref=user, domain=USER_DOMAIN, not_sent=True),
            Opt("--group", "Group.", ref=group, domain=GROUP_DOMAIN, not_sent=True),
        ),
        GROUP_DOMAIN,
        PROJECT_DOMAIN,
        USER_DOMAIN,
        Flag("--inherited", "Have the projects below inherit it."),
        ROLE_DOMAIN,
    ]


def complete(system: str, domain: str, project: str, user: str, group: str) -> None:
    """Refuse an assignment that does not say who and where."""
    if not (user or group) or not (system or domain or project):
        raise OstkError(
            "A role is for somebody, somewhere.", "Give --user or --group, and --project, --domain or --system."
        )


def place(values: Json) -> str:
    """Where an assignment is kept."""
    who = f"users/{quote(values['user'])}" if values["user"] else f"groups/{quote(values['group'])}"
    path = f"{who}/roles/{quote(values['role'])}"
    if values["system"]:
        return f"/system/{path}"
    on = f"domains/{quote(values['domain'])}" if values["domain"] else f"projects/{quote(values['project'])}"
    return f"/OS-INHERIT/{on}/{path}/inherited_to_projects" if values["inherited"] else f"/{on}/{path}"


@role.action("add", assignment(assume_id_if_missing=False), validate=complete)
def add(cloud: Cloud, values: Json) -> None:
    """Give a role to a user or a group."""
    if values["system"] and values["inherited"]:
        OstkError("--inherited means nothing for a role in the system.").show()
    cloud.call(ROLE.service, "PUT", place(values), repeatable=True)


@role.action("remove", assignment(assume_id_if_missing=True), validate=complete)
def remove(cloud: Cloud, values: Json) -> None:
    """Take a role from a user or a group."""
    try:
        cloud.call(ROLE.service, "DELETE", place(values))
    except HTTPNotFound:
        OstkError("Nobody had this role there: nothing to remove.").show()
