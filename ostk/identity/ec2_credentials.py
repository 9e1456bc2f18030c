"""EC2 credentials: keys for programs that speak Amazon's APIs."""

from __future__ import annotations

from collections.abc import Iterator

from ..api.identity import EC2_CREDENTIALS, PROJECT
from ..language import Arg, Column, Json, Noun, Opt, each
from ..owner import PROJECT_DOMAIN
from ..session.cloud import Cloud
from .options import FOR_USER, owned

credentials = Noun(
    EC2_CREDENTIALS,
    "Manage keys for programs that speak Amazon's APIs.",
    columns=["access secret", Column("tenant_id", "Project ID"), "user_id"],
    fields=["access links tenant_id=project_id secret trust_id user_id"],
)


@credentials.shower(
    "create",
    Opt("--project", "Project, if not yours.", ref=PROJECT, domain=PROJECT_DOMAIN, key="tenant_id"),
    FOR_USER,
    PROJECT_DOMAIN,
)
def create(cloud: Cloud, body: Json, user: str) -> Json:
    """Create EC2 credentials."""
    body.setdefault("tenant_id", cloud.access.project_id)
    answer = cloud.call(EC2_CREDENTIALS.service, "POST", owned(EC2_CREDENTIALS, cloud, user).path, json=body)
    return cloud.unwrap(EC2_CREDENTIALS, answer)


@credentials.shower("show", Arg("access_key", not_sent=True), FOR_USER)
def show(cloud: Cloud, access_key: str, user: str) -> Json:
    """Show EC2 credentials."""
    return cloud.get(owned(EC2_CREDENTIALS, cloud, user), access_key)


@credentials.lister("list", FOR_USER)
def list_credentials(cloud: Cloud, user: str) -> Iterator[Json]:
    """List EC2 credentials."""
    return cloud.pages(owned(EC2_CREDENTIALS, cloud, user))


@credentials.action("delete", Arg("access_key", nargs=-1, required=True, not_sent=True), FOR_USER)
def delete(cloud: Cloud, access_key: tuple[str, ...], user: str) -> None:
    """Delete EC2 credentials."""
    resource = owned(EC2_CREDENTIALS, cloud, user)
    each(cloud, lambda key: cloud.delete(resource, key), access_key, "delete", "EC2 key")
