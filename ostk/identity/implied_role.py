"""Implied roles: roles that come with another one."""

from __future__ import annotations

from collections.abc import Iterator

from ..api.identity import IMPLIED_ROLE, ROLE
from ..language import Json, Noun, Opt, target
from ..session.cloud import Cloud

role = Noun(
    IMPLIED_ROLE,
    "Manage roles that come with another one.",
    columns=["prior_role_id prior_role_name implied_role_id implied_role_name"],
)
BOTH = [target(ROLE), Opt("--implied-role", "Role that comes with it.", ref=ROLE, not_sent=True, required=True)]


@role.shower("create", BOTH)
def create(cloud: Cloud, role: str, implied_role: str) -> Json:
    """Have a role come with another one."""
    made = cloud.call(ROLE.service, "PUT", ROLE.at(role, "implies", implied_role))["role_inference"]
    return {part: made[part]["id"] for part in ("implies", "prior_role")}


@role.action("delete", BOTH)
def delete(cloud: Cloud, role: str, implied_role: str) -> None:
    """Have a role come with another one no more."""
    cloud.call(ROLE.service, "DELETE", ROLE.at(role, "implies", implied_role))


@role.lister("list")
def list_implied(cloud: Cloud) -> Iterator[Json]:
    """List which roles come with which."""
    for rule in cloud.pages(IMPLIED_ROLE):
        prior = {f"prior_role_{key}": rule["prior_role"][key] for key in ("id", "name")}
        for implied in rule["implies"]:
            yield {**prior, **{f"implied_role_{key}": implied[key] for key in ("id", "name")}}
