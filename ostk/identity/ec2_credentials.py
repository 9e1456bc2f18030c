"""EC2 credentials: keys for programs that speak Amazon's APIs."""

from __future__ import annotations

from collections.abc import Iterator

from ..kinds import EC2_CREDENTIALS, PROJECT, USER
from ..language import Arg, Column, Json, Kind, Noun, Opt, each
from ..owner import PROJECT_DOMAIN, USER_DOMAIN
from ..session.cloud import Cloud

credentials = Noun(
    EC2_CREDENTIALS,
    "Manage keys for programs that speak Amazon's APIs.",
    columns=["access secret", Column("tenant_id", "Project ID"), "user_id"],
    fields=["access links project_id secret trust_id user_id"],
)
OF_USER = [Opt("--user", "User, if not you.", ref=USER, domain=USER_DOMAIN, local=True), USER_DOMAIN]


def of(cloud: Cloud, user: str | None) -> Kind:
    """The EC2 credentials of a user, by default of the one who asks."""
    return EC2_CREDENTIALS.under(user or cloud.access.user_id)


def renamed(item: Json) -> Json:
    """One with its project under today's name."""
    return {"project_id" if key == "tenant_id" else key: value for key, value in item.items()}


@credentials.shower(
    "create",
    Opt("--project", "Project, if not yours.", ref=PROJECT, domain=PROJECT_DOMAIN, local=True),
    OF_USER,
    PROJECT_DOMAIN,
)
def create(cloud: Cloud, project: str, user: str) -> Json:
    """Create EC2 credentials."""
    body = {"tenant_id": project or cloud.access.project_id}
    answer = cloud.call(EC2_CREDENTIALS.service, "POST", of(cloud, user).path, json=body)
    return renamed(cloud.unwrap(EC2_CREDENTIALS, answer))


@credentials.shower("show", Arg("access_key", local=True), OF_USER)
def show(cloud: Cloud, access_key: str, user: str) -> Json:
    """Show EC2 credentials."""
    return renamed(cloud.get(of(cloud, user), access_key))


@credentials.lister("list", OF_USER)
def list_credentials(cloud: Cloud, user: str) -> Iterator[Json]:
    """List EC2 credentials."""
    return cloud.pages(of(cloud, user))


@credentials.action("delete", Arg("access_key", nargs=-1, required=True, local=True), OF_USER)
def delete(cloud: Cloud, access_key: tuple[str, ...], user: str) -> None:
    """Delete EC2 credentials."""
    kind = of(cloud, user)
    each(cloud, lambda key: cloud.delete(kind, key), access_key, "delete", "EC2 key")
