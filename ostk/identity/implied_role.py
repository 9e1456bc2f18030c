"""Implied roles: roles that come with another one."""

from __future__ import annotations

from collections.abc import Iterator

from ..kinds import IMPLIED_ROLE, ROLE
from ..language import Column, Json, Noun, Opt, target
from ..session.cloud import Cloud, quote

role = Noun(
    IMPLIED_ROLE,
    "Manage roles that come with another one.",
    columns=[
        Column("prior_id", "Prior Role ID"),
        Column("prior_name", "Prior Role Name"),
        Column("implied_id", "Implied Role ID"),
        Column("implied_name", "Implied Role Name"),
    ],
)
BOTH = [target(ROLE), Opt("--implied-role", "Role that comes with it.", ref=ROLE, local=True, required=True)]


def place(role: str, implied_role: str) -> str:
    """Where it is kept that a role implies another."""
    return f"{ROLE.path}/{quote(role)}/implies/{quote(implied_role)}"


@role.shower("create", BOTH)
def create(cloud: Cloud, role: str, implied_role: str) -> Json:
    """Have a role come with another one."""
    made = cloud.call(ROLE.service, "PUT", place(role, implied_role))["role_inference"]
    return {part: made[part]["id"] for part in ("implies", "prior_role")}


@role.action("delete", BOTH)
def delete(cloud: Cloud, role: str, implied_role: str) -> None:
    """Have a role come with another one no more."""
    cloud.call(ROLE.service, "DELETE", place(role, implied_role))


@role.lister("list")
def list_implied(cloud: Cloud) -> Iterator[Json]:
    """List which roles come with which."""
    for rule in cloud.pages(IMPLIED_ROLE):
        prior = rule["prior_role"]
        for implied in rule["implies"]:
            yield {
                "prior_id": prior["id"],
                "prior_name": prior["name"],
                "implied_id": implied["id"],
                "implied_name": implied["name"],
            }
