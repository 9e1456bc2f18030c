"""The root user of an instance or a cluster."""

from typing import cast

from ..api.database import CLUSTER, INSTANCE
from ..language import Arg, Cloud, Json, Noun, Opt
from .options import OF_INSTANCE, spelled

root = Noun(INSTANCE, "Manage the root user of database instances.")
OWNER = Arg("instance_or_cluster", "Database instance or cluster.", names=INSTANCE)


def path_of(cloud: Cloud, instance_or_cluster: str) -> str:
    """Return the path of the root user of an instance or, if there is no such instance, of a cluster.

    Raises:
        ResourceNotFound: There is neither.
    """
    if instance := cloud.find_or_none(INSTANCE, instance_or_cluster):
        return INSTANCE.at(instance["id"], "root")
    if cluster := cloud.find_or_none(CLUSTER, instance_or_cluster):
        return CLUSTER.at(cluster["id"], "root")
    raise cloud.not_found_error(INSTANCE, instance_or_cluster)


@root.shower("show", OWNER, fields=())
def show(cloud: Cloud, instance_or_cluster: str) -> Json:
    """Show whether the root user was ever enabled."""
    found = cloud.call(INSTANCE.service, "GET", path_of(cloud, instance_or_cluster))
    return {"is_root_enabled": found["rootEnabled"]}


@root.shower(
    "enable",
    OWNER,
    Opt(spelled("--root_password"), "Password of the root user (default: generated).", key="password"),
    fields=(),
)
def enable(cloud: Cloud, instance_or_cluster: str, body: Json) -> Json:
    """Enable the root user, or set a new password, and show the password."""
    content = {"json": body} if body else {}
    found = cloud.call(INSTANCE.service, "POST", path_of(cloud, instance_or_cluster), **content)
    return cast(Json, {key: found["user"][key] for key in ("name", "password")})


@root.action("disable", OF_INSTANCE)
def disable(cloud: Cloud, instance: str) -> None:
    """Disable the root user of an instance."""
    cloud.request(INSTANCE.service, "DELETE", INSTANCE.at(instance, "root"))
