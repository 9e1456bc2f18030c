"""EC2 credentials: access keys for programs that use the EC2 and S3 APIs."""

from ..api.identity import EC2_CREDENTIALS, PROJECT
from ..language import Arg, Cloud, Column, Items, Json, Noun, Opt, each
from ..owner import PROJECT_DOMAIN
from .options import USER_OPTIONS, user_subresource

credentials = Noun(
    EC2_CREDENTIALS,
    "Manage EC2 credentials.",
    columns=["access secret", Column("tenant_id", "Project ID"), "user_id"],
    fields=["access links tenant_id=project_id secret trust_id user_id"],
)


@credentials.shower(
    "create",
    Opt(
        "--project",
        "Project of the credentials (default: the current project).",
        ref=PROJECT,
        domain=PROJECT_DOMAIN,
        key="tenant_id",
    ),
    USER_OPTIONS,
    PROJECT_DOMAIN,
)
def create(cloud: Cloud, body: Json, user: str | None) -> Json:
    """Create EC2 credentials for a user in a project."""
    path = user_subresource(EC2_CREDENTIALS, cloud, user).path
    sent = {"tenant_id": cloud.access.project_id, **body}
    return cloud.unwrap(EC2_CREDENTIALS, cloud.call(EC2_CREDENTIALS.service, "POST", path, json=sent))


@credentials.shower("show", Arg("access_key", "Access key of the credentials.", not_sent=True), USER_OPTIONS)
def show(cloud: Cloud, access_key: str, user: str | None) -> Json:
    """Show EC2 credentials of a user."""
    return cloud.get(user_subresource(EC2_CREDENTIALS, cloud, user), access_key)


@credentials.lister("list", USER_OPTIONS)
def list_credentials(cloud: Cloud, user: str | None) -> Items:
    """List the EC2 credentials of a user."""
    return cloud.pages(user_subresource(EC2_CREDENTIALS, cloud, user))


@credentials.action(
    "delete", Arg("access_key", "Access keys of the credentials.", nargs=-1, required=True, not_sent=True), USER_OPTIONS
)
def delete(cloud: Cloud, access_key: tuple[str, ...], user: str | None) -> None:
    """Delete EC2 credentials of a user."""
    resource = user_subresource(EC2_CREDENTIALS, cloud, user)
    each(cloud, lambda key: cloud.delete(resource, key), access_key, "delete", "EC2 key")
