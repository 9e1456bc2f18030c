"""Volume backups: copies of volumes that are kept elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..api.block_storage import VOLUME, VOLUME_BACKUP, VOLUME_SNAPSHOT
from ..errors import OstkError, ResourceNotFound
from ..language import DESCRIPTION, LONG, MAX_ITEMS, PAGE_SIZE, Arg, Column, Flag, Json, Noun, Opt, properties
from ..owner import OF_PROJECT
from ..session.cloud import Cloud
from .lists import ALL_PROJECTS, names, read_as, widen

STATES = "available creating deleting error error_restoring restoring"

backup = Noun(
    VOLUME_BACKUP,
    "Manage volume backups: copies of volumes that are kept elsewhere.",
    columns=["id name description status size is_incremental=Incremental", Column("created_at", "Created At")],
    long=["availability_zone volume_id=Volume container"],
    fields=[
        "availability_zone container created_at data_timestamp description encryption_key_id fail_reason",
        "has_dependent_backups id is_incremental metadata name object_count project_id size snapshot_id status",
        "updated_at user_id volume_id",
    ],
)


@backup.shower(
    "create",
    Arg("volume", ref=VOLUME),
    Opt("--name", "Its name."),
    DESCRIPTION,
    Opt("--container", "Container to keep it in."),
    Opt("--snapshot", "Snapshot to copy, in the place of the volume.", ref=VOLUME_SNAPSHOT),
    Opt("--force", "Even if the volume is in use.", is_flag=True),
    Opt("--incremental/--no-incremental", "Only what is not in the last one."),
    properties("Property to give it; may be repeated.", key="metadata", since="3.43"),
    Opt("--availability-zone", "Availability zone to keep it in.", since="3.51"),
    fields=["id name volume_id"],
)
def create(cloud: Cloud, body: Json) -> Json:
    """Back a volume up."""
    return {"volume_id": body["volume_id"], **cloud.create(VOLUME_BACKUP, body)}


@backup.lister(
    "list",
    OF_PROJECT,
    LONG,
    Opt("--name", "Only those of this name."),
    Opt("--status", "Only those in this state.", choices=STATES),
    Opt("--volume", "Only those of this volume, or of a gone one's ID.", names=VOLUME, not_sent=True),
    PAGE_SIZE,
    Opt("--marker", "Those after this one, by name or ID.", ref=VOLUME_BACKUP, key="marker"),
    MAX_ITEMS,
    ALL_PROJECTS,
)
def list_backups(
    cloud: Cloud, body: Json, values: Json, columns: Sequence[Column], result_limit: int | None
) -> tuple[list[Column], Iterator[Json]]:
    """List volume backups."""
    widen(body, values)
    if volume := values["volume"]:
        try:
            body["volume_id"] = cloud.find(VOLUME, volume)
        except ResourceNotFound:
            if not cloud.like_id(VOLUME, volume):
                raise
            body["volume_id"] = volume  # a backup outlives its volume
    return read_as(columns, "volume_id", names(cloud, VOLUME)), cloud.pages(VOLUME_BACKUP, body, limit=result_limit)


backup.show()


def merge(item: Json, body: Json, values: Json) -> None:
    """Set properties beside those that there are, or in their place."""
    if values["no_property"] or values["property"]:
        kept = {} if values["no_property"] else item.get("metadata") or {}
        body["metadata"] = {**kept, **dict(values["property"] or ())}


backup.set(
    Opt("--name", "Its new name.", since="3.9"),
    Opt("--description", "What it is for.", since="3.9"),
    Opt("--state", "State to set it to by hand.", choices="available error", key="status", action="os-reset_status"),
    Flag("--no-property", "Remove all others.", since="3.43"),
    properties("Property to set; may be repeated.", not_sent=True, since="3.43"),
    prepare=merge,
)


def part(item: Json, body: Json, values: Json) -> None:
    """Leave properties out."""
    if gone := values["property"]:
        body["metadata"] = {key: held for key, held in (item.get("metadata") or {}).items() if key not in gone}


backup.unset(
    Opt("--property", "Property to remove; may be repeated.", multiple=True, not_sent=True, since="3.43"), prepare=part
)


@backup.each("delete", Flag("--force", "Whatever state it is in."))
def delete(cloud: Cloud, volume_backup: str, force: bool) -> None:
    """Delete volume backups."""
    id = cloud.find(VOLUME_BACKUP, volume_backup)
    if force:
        cloud.act(VOLUME_BACKUP, id, "os-force_delete")
    else:
        cloud.delete(VOLUME_BACKUP, id)


@backup.shower(
    "restore",
    Arg("backup", ref=VOLUME_BACKUP, not_sent=True),
    Arg("volume", required=False, names=VOLUME, not_sent=True),
    Flag("--force", "Even if a volume of that name is there; it is overwritten."),
    fields=["id volume_id volume_name"],
)
def restore(cloud: Cloud, backup: str, volume: str | None, force: bool) -> Json:
    """Put a backup back: into a new volume, or over one that is there."""
    into: Json = {"name": volume} if volume else {}
    try:
        there = cloud.find(VOLUME, volume) if volume else ""
    except ResourceNotFound:
        there = ""
    if there and not force:
        raise OstkError(
            f"There is a volume {volume!r} already.", "--force overwrites it; another name makes a new one."
        )
    path, content = VOLUME_BACKUP.at(backup, "restore"), {"restore": {"volume_id": there} if there else into}
    reply: Json = cloud.call(VOLUME.service, "POST", path, json=content, microversion=VOLUME_BACKUP.microversion)
    return {"id": backup, **reply["restore"]}
