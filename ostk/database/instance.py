"""Database instances: servers of databases that Trove runs."""

from __future__ import annotations

from typing import Any

from ..api.database import ADMIN_INSTANCE, CONFIGURATION, DATABASE_FLAVOR, INSTANCE
from ..api.identity import PROJECT
from ..api.image import IMAGE
from ..errors import HTTPError, OstkError, WaitError
from ..language import Arg, Flag, Json, Noun, Opt, exclusive, target
from ..language.waiting import FULL_WAIT
from ..session.cloud import Cloud
from .instance_fields import ADMIN_COLUMNS, COLUMNS, flat
from .options import PAGING, READY, id_or_name, project_filter

MAX_POLLS_IN_ERROR = 20  # about a minute and a half
instance = Noun(INSTANCE, "Manage database instances: servers of databases.", COLUMNS, present=flat)


@instance.lister(
    "list",
    PAGING,
    Opt(
        "--include-clustered --include_clustered include_clustered",
        "Include instances that belong to clusters.",
        value=True,
    ),
    Flag("--all-projects", "List instances of all projects.", admin=True),
    project_filter("Filter by project."),
    also=ADMIN_COLUMNS,
)
def list_instances(
    cloud: Cloud, body: Json, columns: Any, limit: int | None, all_projects: bool, project_id: str | None
) -> Any:
    """List database instances."""
    if not (all_projects or project_id):
        return cloud.pages(INSTANCE, body, limit=limit)
    owner = id_or_name(cloud, PROJECT, project_id)
    query = {"deleted": False, **({"project_id": owner} if owner else {}), **body}
    return [*columns, *ADMIN_COLUMNS], cloud.pages(ADMIN_INSTANCE, query, limit=limit)


instance.show()


def remove(cloud: Cloud, name: str, force: bool, wait: bool) -> None:
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
    if wait:
        wait_until_gone(cloud, instance_id)


def wait_until_gone(cloud: Cloud, instance_id: str) -> None:
    """Poll an instance until it is deleted.

    The status of an instance that was reset is ERROR, also while Trove deletes the instance.

    Raises:
        WaitError: The status was ERROR for more than MAX_POLLS_IN_ERROR polls.
    """
    statuses: list[str] = []

    def reached(item: Json) -> bool:
        statuses.append(str(item.get("status")))
        if statuses.count("ERROR") > MAX_POLLS_IN_ERROR:
            raise WaitError(f"The database instance {item.get('name')} went into ERROR.")
        return not item

    cloud.poll(lambda: cloud.find_by_id(INSTANCE, instance_id) or {}, reached, noun=INSTANCE.noun)


@instance.each(
    "delete", Flag("--force", "Delete instances in any state: reset the status before the deletion."), FULL_WAIT
)
def delete(cloud: Cloud, database_instance: str, force: bool, wait: bool) -> None:
    """Delete database instances."""
    remove(cloud, database_instance, force, wait)


@instance.each("force delete", FULL_WAIT)
def force_delete(cloud: Cloud, database_instance: str, wait: bool) -> None:
    """Delete database instances in any state: reset the status before the deletion."""
    remove(cloud, database_instance, True, wait)


def validate_update(configuration: str | None, remove_configuration: bool) -> None:
    """Reject a configuration group that is attached and detached at once."""
    if configuration and remove_configuration:
        raise OstkError("--configuration and --remove-configuration exclude each other.")


@instance.action(
    "update",
    target(INSTANCE),
    Opt("--name", "New name."),
    Opt("--configuration", "Configuration group to attach.", ref=CONFIGURATION, key="configuration"),
    Flag(
        "--detach-replica-source --detach_replica_source detach_replica_source", "Detach the replica from the source."
    ),
    Flag("--remove-configuration --remove_configuration remove_configuration", "Detach the configuration group."),
    exclusive(
        Opt(
            "--is-public public",
            "Make the instance accessible from outside of the cloud.",
            key="access.is_public",
            value=True,
        ),
        Opt(
            "--is-private private",
            "Make the instance inaccessible from outside of the cloud.",
            key="access.is_public",
            value=False,
        ),
    ),
    Opt("--allowed-cidr", "CIDR of clients that may connect.", key="access.allowed_cidrs", multiple=True),
    validate=validate_update,
    wait=READY,
)
def update(
    cloud: Cloud, database_instance: str, body: Json, detach_replica_source: bool, remove_configuration: bool
) -> str:
    """Update a database instance: the name, configuration group, replica source or access."""
    detached = {"replica_of": None} if detach_replica_source else {}
    changes = {**body, **detached, **({"configuration": None} if remove_configuration else {})}
    if changes:
        cloud.update(INSTANCE, database_instance, changes)
    return database_instance


@instance.action("detach", target(INSTANCE), wait=READY)
def detach(cloud: Cloud, database_instance: str) -> str:
    """Detach a replica from the source of replication."""
    cloud.update(INSTANCE, database_instance, {"replica_of": None})
    return database_instance


@instance.action("promote", target(INSTANCE), wait=READY)
def promote(cloud: Cloud, database_instance: str) -> str:
    """Promote a replica to the source of replication."""
    cloud.act(INSTANCE, database_instance, "promote_to_replica_source", {})
    return database_instance


@instance.action("eject", target(INSTANCE), wait=READY)
def eject(cloud: Cloud, database_instance: str) -> str:
    """Eject the source of replication: a replica replaces an instance that does not respond."""
    cloud.act(INSTANCE, database_instance, "eject_replica_source", {})
    return database_instance


@instance.action("restart", target(INSTANCE), wait=READY)
def restart(cloud: Cloud, database_instance: str) -> str:
    """Restart the database of an instance."""
    cloud.act(INSTANCE, database_instance, "restart", {})
    return database_instance


@instance.action("reboot", target(INSTANCE), wait=READY)
def reboot(cloud: Cloud, database_instance: str) -> str:
    """Reboot the server of an instance (admin only)."""
    cloud.act(ADMIN_INSTANCE, database_instance, "reboot", {})
    return database_instance


@instance.action("rebuild", target(INSTANCE), Arg("image", "New image.", ref=IMAGE), wait=READY)
def rebuild(cloud: Cloud, database_instance: str, image: str) -> str:
    """Rebuild the server of an instance from another image (admin only). Data on the volume is kept."""
    cloud.act(ADMIN_INSTANCE, database_instance, "rebuild", {"image_id": image})
    return database_instance


@instance.action("reset status", target(INSTANCE))
def reset_status(cloud: Cloud, database_instance: str) -> None:
    """Set the status of an instance to ERROR, and that of running backups to FAILED."""
    cloud.act(INSTANCE, database_instance, "reset_status", {})


@instance.action("resize flavor", target(INSTANCE), Arg("flavor", "New flavor.", ref=DATABASE_FLAVOR), wait=READY)
def resize_flavor(cloud: Cloud, database_instance: str, flavor: str) -> str:
    """Resize an instance to another flavor."""
    cloud.act(INSTANCE, database_instance, "resize", {"flavorRef": flavor})
    return database_instance


@instance.action(
    "resize volume", target(INSTANCE), Arg("size", "New size of the volume, in GiB.", type=int), wait=READY
)
def resize_volume(cloud: Cloud, database_instance: str, size: int) -> str:
    """Resize the volume of an instance."""
    cloud.act(INSTANCE, database_instance, "resize", {"volume": {"size": size}})
    return database_instance


@instance.action(
    "upgrade", target(INSTANCE), Arg("datastore_version", "New datastore version (name or ID)."), wait=READY
)
def upgrade(cloud: Cloud, database_instance: str, datastore_version: str) -> str:
    """Upgrade an instance to another datastore version."""
    content = {"instance": {"datastore_version": datastore_version}}
    cloud.call(INSTANCE.service, "PATCH", INSTANCE.at(database_instance), json=content)
    return database_instance
