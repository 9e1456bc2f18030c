"""Database instances: servers of databases that Trove runs."""

from ..api.database import ADMIN_INSTANCE, CONFIGURATION, DATABASE_FLAVOR, INSTANCE
from ..api.image import IMAGE
from ..errors import HTTPError, OstkError
from ..language import NULL, Arg, Cloud, Flag, Items, Json, Noun, Opt, Wait, exclusive, target
from .instance_fields import COLUMNS, flat
from .options import PAGING, READY, of_project, spelled

# The status of an instance that was reset is ERROR, also while Trove deletes the instance: about a minute and a half.
GONE = Wait("deleted", polls_in_error=20)
PUBLIC = "access.is_public"
instance = Noun(INSTANCE, "Manage database instances: database servers.", COLUMNS, present=flat)


@instance.lister(
    "list",
    PAGING,
    Opt(spelled("--include-clustered"), "Include instances that belong to clusters.", value=True),
    Flag("--all-projects", "List instances of all projects.", admin=True),
    of_project("Filter by project."),
)
def list_instances(cloud: Cloud, body: Json, limit: int | None, all_projects: bool, project_id: str | None) -> Items:
    """List database instances."""
    if all_projects or project_id:
        return cloud.pages(ADMIN_INSTANCE, {"deleted": False, **body}, limit=limit)
    return cloud.pages(INSTANCE, body, limit=limit)


instance.show()


def remove(cloud: Cloud, name: str, force: bool) -> str:
    """Delete an instance; with `force`, first reset the status, as Trove refuses to delete a busy instance."""
    instance_id = cloud.find(INSTANCE, name)
    if force:
        cloud.act(INSTANCE, instance_id, "reset_status", {})
    try:
        cloud.delete(INSTANCE, instance_id)
    except HTTPError as error:
        if "not ready" in error.message:
            error.hint = "An instance in any state is deleted with: --force."
        raise
    return instance_id


@instance.each(
    "delete", Flag("--force", "Delete instances in any state: reset the status before the deletion."), wait=GONE
)
def delete(cloud: Cloud, database_instance: str, force: bool) -> str:
    """Delete database instances."""
    return remove(cloud, database_instance, force)


@instance.each("force delete", wait=GONE)
def force_delete(cloud: Cloud, database_instance: str) -> str:
    """Delete database instances in any state: reset the status before the deletion."""
    return remove(cloud, database_instance, True)


def validate_update(configuration: str | None, remove_configuration: object) -> None:
    """Reject a configuration group that is attached and detached at once."""
    if configuration and remove_configuration:
        raise OstkError("--configuration and --remove-configuration exclude each other.")


@instance.action(
    "update",
    target(INSTANCE),
    Opt("--name", "New name."),
    Opt("--configuration", "Configuration group to attach.", ref=CONFIGURATION, key="configuration"),
    Opt(spelled("--detach-replica-source"), "Detach the replica from the source.", key="replica_of", value=NULL),
    Opt(spelled("--remove-configuration"), "Detach the configuration group.", key="configuration", value=NULL),
    exclusive(
        Opt("--is-public public", "Make the instance accessible from outside of the cloud.", key=PUBLIC, value=True),
        Opt(
            "--is-private private", "Make the instance inaccessible from outside of the cloud.", key=PUBLIC, value=False
        ),
    ),
    Opt("--allowed-cidr...", "CIDR of clients that may connect.", key="access.allowed_cidrs"),
    validate=validate_update,
    wait=READY,
)
def update(cloud: Cloud, database_instance: str, body: Json) -> None:
    """Update a database instance: the name, configuration group, replica source or access."""
    if body:
        cloud.update(INSTANCE, database_instance, body)


@instance.action("detach", target(INSTANCE), wait=READY)
def detach(cloud: Cloud, database_instance: str) -> None:
    """Detach a replica from the source of replication."""
    cloud.update(INSTANCE, database_instance, {"replica_of": None})


@instance.action("promote", target(INSTANCE), wait=READY)
def promote(cloud: Cloud, database_instance: str) -> None:
    """Promote a replica to the source of replication."""
    cloud.act(INSTANCE, database_instance, "promote_to_replica_source", {})


@instance.action("eject", target(INSTANCE), wait=READY)
def eject(cloud: Cloud, database_instance: str) -> None:
    """Eject the source of replication: a replica replaces an instance that does not respond."""
    cloud.act(INSTANCE, database_instance, "eject_replica_source", {})


@instance.action("restart", target(INSTANCE), wait=READY)
def restart(cloud: Cloud, database_instance: str) -> None:
    """Restart the database of an instance."""
    cloud.act(INSTANCE, database_instance, "restart", {})


@instance.action("reboot", target(INSTANCE), wait=READY)
def reboot(cloud: Cloud, database_instance: str) -> None:
    """Reboot the server of an instance (admin only)."""
    cloud.act(ADMIN_INSTANCE, database_instance, "reboot", {})


@instance.action("rebuild", target(INSTANCE), Arg("image", "New image.", ref=IMAGE), wait=READY)
def rebuild(cloud: Cloud, database_instance: str, image: str) -> None:
    """Rebuild the server of an instance from another image (admin only). Data on the volume is kept."""
    cloud.act(ADMIN_INSTANCE, database_instance, "rebuild", {"image_id": image})


@instance.action("reset status", target(INSTANCE))
def reset_status(cloud: Cloud, database_instance: str) -> None:
    """Reset the status of an instance to ERROR, and the status of running backups to FAILED."""
    cloud.act(INSTANCE, database_instance, "reset_status", {})


@instance.action("resize flavor", target(INSTANCE), Arg("flavor", "New flavor.", ref=DATABASE_FLAVOR), wait=READY)
def resize_flavor(cloud: Cloud, database_instance: str, flavor: str) -> None:
    """Resize an instance to another flavor."""
    cloud.act(INSTANCE, database_instance, "resize", {"flavorRef": flavor})


@instance.action(
    "resize volume", target(INSTANCE), Arg("size", "New size of the volume, in GiB.", type=int), wait=READY
)
def resize_volume(cloud: Cloud, database_instance: str, size: int) -> None:
    """Resize the volume of an instance."""
    cloud.act(INSTANCE, database_instance, "resize", {"volume": {"size": size}})


@instance.action(
    "upgrade", target(INSTANCE), Arg("datastore_version", "New datastore version (name or ID)."), wait=READY
)
def upgrade(cloud: Cloud, database_instance: str, datastore_version: str) -> None:
    """Upgrade an instance to another datastore version."""
    content = {"instance": {"datastore_version": datastore_version}}
    cloud.send(INSTANCE, "PATCH", database_instance, json=content)
