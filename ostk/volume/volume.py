"""Volumes: disks that stay when their servers go."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ..api.block_storage import CONSISTENCY_GROUP, VOLUME, VOLUME_BACKUP, VOLUME_SNAPSHOT, VOLUME_TYPE
from ..api.compute import SERVER
from ..api.image import IMAGE
from ..errors import OstkError
from ..language import (
    DESCRIPTION,
    LONG,
    MARKER,
    NAME,
    UNLIMITED_PAGE_SIZE,
    Arg,
    Column,
    Flag,
    Json,
    KeyValue,
    Noun,
    Opt,
    exclusive,
    properties,
    target,
)
from ..owner import OF_PROJECT, OF_USER
from ..render.format import DICT
from ..session.cloud import Cloud
from . import metadata
from .lists import ALL_PROJECTS, names, read_as, widen

CINDER = VOLUME.service
STATES = "attaching available creating deleting detaching error error_deleting in-use maintenance"
OPTIONAL = ("consistencygroup_id", "encryption_key_id", "volume_image_metadata")  # shown where they are told
SOURCES = {"snapshot_id": VOLUME_SNAPSHOT, "source_volid": VOLUME, "backup_id": VOLUME_BACKUP}
SEVERAL = ("same_host", "different_host")  # hints that may have several values


def bootable(item: Json) -> bool:
    """Whether servers can start from it, which Cinder tells as a text."""
    return str(item.get("bootable")).lower() == "true"


volume = Noun(
    VOLUME,
    "Manage volumes: disks that stay when their servers go.",
    columns=[
        "id name status size",
        Column("volume_type", "Type", long=True),
        Column("bootable", long=True, value=bootable),
        Column("attachments", "Attached to"),
    ],
    long=["metadata=Properties"],
    fields=[
        "attachments availability_zone backup_id cluster_name consumes_quota created_at description encrypted group_id",
        "id metadata=properties multiattach name os-vol-host-attr:host os-vol-mig-status-attr:migstat",
        "os-vol-mig-status-attr:name_id os-vol-tenant-attr:tenant_id provider_id replication_status service_uuid",
        "shared_targets size snapshot_id source_volid status updated_at user_id volume_type=type volume_type_id",
        Column("bootable", value=bootable),
        *OPTIONAL,
    ],
    formats={"metadata": DICT},
)


def told(item: Json) -> tuple[list[Column], Json]:
    """A volume with the fields that it has."""
    return [one for one in volume.fields if one.key not in OPTIONAL or item.get(one.key) is not None], item


@volume.lister(
    "list",
    OF_PROJECT,
    OF_USER,
    Opt("--name", "Only those of this name."),
    Opt("--status", "Only those in this state."),
    properties("Only those with this property; may be repeated.", key="metadata", convert=lambda held: str(dict(held))),
    ALL_PROJECTS,
    LONG,
    UNLIMITED_PAGE_SIZE,
    MARKER,
)
def list_volumes(
    cloud: Cloud, body: Json, values: Json, columns: Sequence[Column]
) -> tuple[list[Column], Iterator[Json]]:
    """List volumes."""
    widen(body, values)
    return read_as(columns, "attachments", attached(names(cloud, SERVER))), cloud.pages(VOLUME, body)


def attached(name: Callable[[str], str]) -> Callable[[list[Json]], str]:
    """Where a volume is, in words; the servers by name."""
    return lambda attachments: "".join(
        f"Attached to {name(one['server_id'])} on {one['device']} " for one in attachments
    )


@volume.shower("show", Arg("volume", names=VOLUME, not_sent=True))
def show(cloud: Cloud, volume: str) -> tuple[list[Column], Json]:
    """Show a volume."""
    return told(cloud.get(VOLUME, volume))


# -- create ----------------------------------------------------------------------------------------------


def coherent(values: Json) -> None:
    """Refuse a volume of no size, and what does not go with one that a backend has already."""
    given = {key for key, value in values.items() if value not in (None, (), False)}
    if not given & {"size", "snapshot", "source", "backup", "remote_source"}:
        raise OstkError(
            "The size is missing.", "Give --size, or one of --snapshot, --source, --backup, --remote-source."
        )
    if "remote_source" not in given:
        return
    if given & {"size", "consistency_group", "hint"} or values["read_only"] is not None:
        raise OstkError("--remote-source excludes --size, --consistency-group, --hint, --read-only and --read-write.")
    if len(given & {"host", "cluster"}) != 1:
        raise OstkError("--remote-source needs either --host or --cluster.")


@volume.shower(
    "create",
    Arg("name", required=False),
    Opt("--size", "Size, in GB.", type=int),
    Opt("--type", "Volume type.", names=VOLUME_TYPE, key="volume_type"),
    exclusive(
        Opt("--image", "Image to fill it from.", ref=IMAGE, key="imageRef"),
        Opt("--snapshot", "Snapshot to fill it from.", ref=VOLUME_SNAPSHOT),
        Opt("--source", "Volume to copy.", ref=VOLUME, key="source_volid"),
        Opt("--source-replicated", "Accepted and passed over.", hidden=True, not_sent=True),
        Opt("--backup", "Backup to restore.", ref=VOLUME_BACKUP, since="3.47"),
        properties("Where its backend has it: KEY=VALUE; repeatable.", "--remote-source", not_sent=True),
    ),
    DESCRIPTION,
    Opt("--availability-zone", "Availability zone to keep it in."),
    Opt("--consistency-group", "Consistency group to put it in.", ref=CONSISTENCY_GROUP, key="consistencygroup_id"),
    metadata.NEW,
    Opt("--hint", "Hint for the scheduler; may be repeated.", type=KeyValue(), multiple=True, not_sent=True),
    Opt("--bootable/--non-bootable", "Whether servers can start from it.", not_sent=True),
    Opt("--read-only/--read-write", "Whether it can only be read.", not_sent=True),
    Opt("--host", "Host that has it already: host@backend#pool.", not_sent=True, needs="--remote-source"),
    Opt("--cluster", "Cluster that has it already.", not_sent=True, since="3.16", needs="--remote-source"),
    validate=coherent,
)
def create(cloud: Cloud, body: Json, values: Json) -> tuple[list[Column], Json]:
    """Create a volume."""
    if values["remote_source"]:
        return told(manage(cloud, body, values))
    for key, resource in SOURCES.items():
        if body.get("size") and key in body:  # it cannot be smaller than what it is made of
            body["size"] = max(body["size"], cloud.fetch(resource, body[key])["size"])
    content: Json = {"volume": body}
    if values["hint"]:
        hints: dict[str, Any] = dict(values["hint"])
        several = {key: [held for word, held in values["hint"] if word == key] for key in SEVERAL if key in hints}
        content["OS-SCH-HNT:scheduler_hints"] = hints | several
    item = cloud.call(CINDER, "POST", VOLUME.path, json=content, microversion=VOLUME.microversion)["volume"]
    actions = {
        "os-set_bootable": {"bootable": values["bootable"]},
        "os-update_readonly_flag": {"readonly": values["read_only"]},
    }
    wanted = {action: flag for action, flag in actions.items() if None not in flag.values()}
    try:
        if wanted:
            cloud.wait(VOLUME, item, "available", "error")
        for action, flag in wanted.items():
            cloud.act(VOLUME, item["id"], action, flag)
    except OstkError as error:
        message = f"The volume was created ({item['id']}), but not marked as you said: {error.message}"
        raise OstkError(message, error.hint) from error
    return told(item)


def manage(cloud: Cloud, body: Json, values: Json) -> Json:
    """Take over a volume that a backend has already."""
    where = {key: values[key] for key in ("host", "cluster") if values[key]}
    content = {"volume": {**body, **where, "ref": dict(values["remote_source"]), "bootable": bool(values["bootable"])}}
    path = "/manageable_volumes" if cloud.supports(CINDER, "3.8") else "/os-volume-manage"
    reply: Json = cloud.call(CINDER, "POST", path, json=content, microversion=VOLUME.microversion)
    return cloud.unwrap(VOLUME, reply)


# -- change and delete -----------------------------------------------------------------------------------


def without_policy(values: Json) -> Json:
    """Warn about --migration-policy without --type, and leave it out: there is no retype to apply it to."""
    if values["migration_policy"] and not values["type"]:
        OstkError("--migration-policy does nothing without --type.").show()
        return {"migration_policy": None}
    return {}


def unset_image_properties(cloud: Cloud, item: Json, body: Json) -> None:
    """Take properties from the image that is in a volume."""
    for key in dict.fromkeys(body["key"]):
        cloud.act(VOLUME, item["id"], "os-unset_image_metadata", {"key": key})


RESET, RETYPE = "os-reset_status", "os-retype"
volume.set(
    NAME,
    Opt("--size", "Its new size, in GB; larger than before.", type=int, key="new_size", action="os-extend"),
    DESCRIPTION,
    metadata.SET,
    properties(
        "Property of the image in it; may be repeated.",
        "--image-property",
        key="metadata",
        action="os-set_image_metadata",
    ),
    Opt("--state", "State to set it to by hand.", choices=STATES, key="status", action=RESET),
    exclusive(
        Opt("--attached", "Set by hand that it is attached.", key="attach_status", value="attached", action=RESET),
        Opt("--detached", "Set by hand that it is detached.", key="attach_status", value="detached", action=RESET),
    ),
    Opt("--type", "Its new volume type.", names=VOLUME_TYPE, key="new_type", action=RETYPE),
    Opt(
        "--migration-policy --retype-policy migration_policy",
        "Whether a new type may move it.",
        choices="never on-demand",
        action=RETYPE,
    ),
    Opt("--bootable/--non-bootable", "Whether servers can start from it.", action="os-set_bootable"),
    Opt("--read-only/--read-write", "Whether it can only be read.", key="readonly", action="os-update_readonly_flag"),
    parse=without_policy,
)
volume.unset(
    metadata.UNSET,
    Opt(
        "--image-property",
        "Property of the image in it to remove; repeatable.",
        key="key",
        multiple=True,
        action=unset_image_properties,
    ),
)


def ways(values: Json) -> None:
    """Refuse to be rid of a volume and to leave it to its backend."""
    if values["remote"] and (values["force"] or values["cascade"] or values["purge"]):
        raise OstkError("--remote excludes --force and --cascade.")


@volume.each(
    "delete",
    exclusive(
        Flag("--force", "Whatever state it is in."),
        Flag("--cascade", "With its snapshots."),
        Flag("--purge", "With its snapshots.", hidden=True),
    ),
    Flag("--remote", "Forget it, and leave it to its backend."),
    validate=ways,
)
def delete(cloud: Cloud, volume: str, force: bool, cascade: bool, purge: bool, remote: bool) -> None:
    """Delete volumes."""
    id = cloud.find(VOLUME, volume)
    if force or remote:
        cloud.act(VOLUME, id, "os-force_delete" if force else "os-unmanage")
    else:
        cloud.delete(VOLUME, id, {"cascade": "True"} if cascade or purge else None)


@volume.action(
    "migrate",
    target(VOLUME),
    exclusive(
        Opt("--host", "Host to move it to: host@backend#pool."),
        Opt("--cluster", "Cluster to move it to.", since="3.16"),
        required=True,
    ),
    Opt("--force-host-copy", "Copy it through the host, not by the backend.", is_flag=True),
    Opt("--lock-volume", "Let nothing else be done to it meanwhile.", is_flag=True),
)
def migrate(cloud: Cloud, volume: str, body: Json) -> None:
    """Move a volume to another host."""
    cloud.act(VOLUME, volume, "os-migrate_volume", body)


@volume.action("revert", Arg("snapshot", names=VOLUME_SNAPSHOT, not_sent=True), since="3.40")
def revert(cloud: Cloud, snapshot: str) -> None:
    """Take a volume back to its latest snapshot."""
    item = cloud.get(VOLUME_SNAPSHOT, snapshot)
    cloud.act(VOLUME, item["volume_id"], "revert", {"snapshot_id": item["id"]})
