"""Volume backups: copies of volumes or snapshots in a backup store."""

from collections.abc import Iterator, Sequence

from ..api.block_storage import VOLUME, VOLUME_BACKUP, VOLUME_SNAPSHOT
from ..errors import OstkError, ResourceNotFound
from ..language import (
    DESCRIPTION,
    LONG,
    MAX_ITEMS,
    PAGE_SIZE,
    Arg,
    Column,
    Flag,
    Json,
    Noun,
    Opt,
    Value,
    Wait,
    properties,
    without,
)
from ..owner import ADMIN_PROJECT_FILTER
from ..session.cloud import Cloud
from .list_options import ALL_PROJECTS, name_lookup, of_all_tenants, with_format

STATES = "available creating deleting error error_restoring restoring"

backup = Noun(
    VOLUME_BACKUP,
    "Manage volume backups.",
    columns=["id name description status size is_incremental=Incremental", Column("created_at", "Created At")],
    long=["availability_zone volume_id=Volume container"],
    fields=[
        "availability_zone container created_at data_timestamp description encryption_key_id fail_reason",
        "has_dependent_backups id is_incremental metadata name object_count size snapshot_id status",
        "os-backup-project-attr:project_id=project_id",
        "updated_at user_id volume_id",
    ],
)


@backup.shower(
    "create",
    Arg("volume", "Volume to back up.", ref=VOLUME),
    Opt("--name", "Name of the backup."),
    DESCRIPTION,
    Opt("--container", "Container of the backup store to save the backup in."),
    Opt("--snapshot", "Snapshot of the volume to back up instead of the current data.", ref=VOLUME_SNAPSHOT),
    Opt("--force", "Allow the backup of a volume that is in use.", is_flag=True),
    Opt("--incremental/--no-incremental", "Create an incremental or a full backup (default: full)."),
    properties("Set a property: KEY=VALUE.", key="metadata", since="3.43"),
    Opt("--availability-zone", "Availability zone to save the backup in.", since="3.51"),
    fields=["id name volume_id"],
    wait=Wait("available"),
)
def create(cloud: Cloud, body: Json) -> Json:
    """Create a volume backup."""
    return {"volume_id": body["volume_id"], **cloud.create(VOLUME_BACKUP, body)}


@backup.lister(
    "list",
    ADMIN_PROJECT_FILTER,
    LONG,
    Opt("--name", "Filter by name."),
    Opt("--status", "Filter by status.", choices=STATES),
    Value("--volume", "Filter by volume; an ID also finds backups of a deleted volume.", names=VOLUME),
    PAGE_SIZE,
    Opt("--marker", "Last backup of the previous page.", ref=VOLUME_BACKUP, key="marker"),
    MAX_ITEMS,
    ALL_PROJECTS,
)
def list_backups(
    cloud: Cloud, body: Json, values: Json, columns: Sequence[Column], result_limit: int | None
) -> tuple[list[Column], Iterator[Json]]:
    """List volume backups."""
    query = of_all_tenants(body, values)
    if volume := values["volume"]:
        try:
            query["volume_id"] = cloud.find(VOLUME, volume)
        except ResourceNotFound:
            if not cloud.like_id(VOLUME, volume):
                raise
            query["volume_id"] = volume  # Cinder keeps backups of deleted volumes.
    columns = with_format(columns, "volume_id", name_lookup(cloud, VOLUME))
    return columns, cloud.pages(VOLUME_BACKUP, query, limit=result_limit)


backup.show()


def merge_metadata(item: Json, body: Json, values: Json) -> Json:
    """Return a backup's update request with `metadata`: the properties it has and those of the command line.

    PUT /backups/{id} replaces the metadata as a whole.
    """
    if not (values["no_property"] or values["property"]):
        return body
    current = {} if values["no_property"] else item.get("metadata") or {}
    return {**body, "metadata": {**current, **dict(values["property"] or ())}}


backup.set(
    Opt("--name", "New name.", since="3.9"),
    Opt("--description", "New description.", since="3.9"),
    Opt(
        "--state",
        "Reset the status of the backup, in Cinder's database only.",
        choices="available error",
        key="status",
        action="os-reset_status",
        admin=True,
    ),
    Flag("--no-property", "Properties: remove all; with --property, replace the properties.", since="3.43"),
    properties("Set a property: KEY=VALUE.", not_sent=True, since="3.43"),
    prepare=merge_metadata,
)


def remove_metadata(item: Json, body: Json, values: Json) -> Json:
    """Return a backup's update request with `metadata`: the properties it has, but for the removed keys."""
    removed = values["property"]
    return {**body, "metadata": without(item.get("metadata") or {}, *removed)} if removed else body


backup.unset(Value("--property...", "Key of the property to remove.", since="3.43"), prepare=remove_metadata)
backup.delete(
    Flag("--force", "Delete the backup in any status.", action="os-force_delete", admin=True), wait=Wait("deleted")
)


@backup.shower(
    "restore",
    Arg("backup", "Backup to restore.", ref=VOLUME_BACKUP, not_sent=True),
    Arg("volume", "New volume to create, or existing volume with --force.", required=False, names=VOLUME),
    Flag("--force", "Overwrite an existing volume. All data on that volume is lost."),
    fields=["id volume_id volume_name"],
    wait=Wait("available in-use", resource=VOLUME, id="volume_id"),
)
def restore(cloud: Cloud, backup: str, volume: str | None, force: bool) -> Json:
    """Restore a volume backup to a new volume or, with --force, to an existing volume."""
    try:
        existing_id = cloud.find(VOLUME, volume) if volume else ""
    except ResourceNotFound:
        existing_id = ""
    if existing_id and not force:
        raise OstkError(
            f"A volume {volume!r} exists already.",
            "Give --force to overwrite the volume, or another name to create a new volume.",
        )
    target: Json = {"volume_id": existing_id} if existing_id else {"name": volume} if volume else {}
    reply: Json = cloud.send(VOLUME_BACKUP, "POST", backup, "restore", json={"restore": target})
    return {"id": backup, **reply["restore"]}
