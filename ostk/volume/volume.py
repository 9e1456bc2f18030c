"""Volumes: block devices that can be attached to servers."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ..api.block_storage import CONSISTENCY_GROUP, VOLUME, VOLUME_BACKUP, VOLUME_SNAPSHOT, VOLUME_TYPE
from ..api.compute import SERVER
from ..api.image import IMAGE
from ..errors import OstkError, WaitTimeout
from ..language import (
    DESCRIPTION,
    LONG,
    MARKER,
    NAME,
    UNLIMITED_PAGE_SIZE,
    Arg,
    Cloud,
    Column,
    Flag,
    Json,
    KeyValue,
    Noun,
    Opt,
    Value,
    Wait,
    exclusive,
    properties,
    target,
)
from ..owner import ADMIN_PROJECT_FILTER, ADMIN_USER_FILTER
from ..render.format import DICT
from .list_options import ALL_PROJECTS, name_lookup, of_all_tenants, with_format
from .metadata import CREATE_PROPERTIES, SET_PROPERTIES, UNSET_PROPERTIES

CINDER = VOLUME.service
STATES = "attaching available creating deleting detaching error error_deleting in-use maintenance"
# Shown only where Cinder's answer has a value for them.
OPTIONAL_FIELDS = ("consistencygroup_id", "encryption_key_id", "volume_image_metadata")
SOURCES = {"snapshot_id": VOLUME_SNAPSHOT, "source_volid": VOLUME, "backup_id": VOLUME_BACKUP}
LIST_HINTS = ("same_host", "different_host")  # scheduler hints that are sent as lists


def bootable(item: Json) -> bool:
    """Return whether a volume is bootable; Cinder's field is the text "true" or "false"."""
    return str(item.get("bootable")).lower() == "true"


volume = Noun(
    VOLUME,
    "Manage volumes.",
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
        *OPTIONAL_FIELDS,
    ],
    formats={"metadata": DICT},
)


def with_fields(item: Json) -> tuple[list[Column], Json]:
    """Return the columns to show for a volume, without the optional fields that have no value, and the volume."""
    columns = [
        column for column in volume.fields if column.key not in OPTIONAL_FIELDS or item.get(column.key) is not None
    ]
    return columns, item


@volume.lister(
    "list",
    ADMIN_PROJECT_FILTER,
    ADMIN_USER_FILTER,
    Opt("--name", "Filter by name."),
    Opt("--status", "Filter by status, e.g. available."),
    properties("Filter by property: KEY=VALUE.", key="metadata", convert=lambda pairs: str(dict(pairs))),
    ALL_PROJECTS,
    LONG,
    UNLIMITED_PAGE_SIZE,
    MARKER,
)
def list_volumes(
    cloud: Cloud, body: Json, values: Json, columns: Sequence[Column]
) -> tuple[list[Column], Iterator[Json]]:
    """List volumes."""
    query = of_all_tenants(body, values)
    columns = with_format(columns, "attachments", describe_attachments(name_lookup(cloud, SERVER)))
    return columns, cloud.pages(VOLUME, query)


def describe_attachments(server_name: Callable[[str], str]) -> Callable[[list[Json]], str]:
    """Return a function from a volume's attachments to text: "Attached to SERVER on DEVICE "."""
    return lambda attachments: "".join(
        f"Attached to {server_name(attachment['server_id'])} on {attachment['device']} " for attachment in attachments
    )


@volume.shower("show", Arg("volume", "Volume.", names=VOLUME))
def show(cloud: Cloud, volume: str) -> tuple[list[Column], Json]:
    """Show a volume."""
    return with_fields(cloud.get(VOLUME, volume))


# -- create ----------------------------------------------------------------------------------------------


def validate_source(values: Json) -> None:
    """Raise OstkError if the size is missing, or if options exclude or need --remote-source."""
    given = {key for key, value in values.items() if value not in (None, (), False)}
    if not given & {"size", "snapshot", "source", "backup", "remote_source"}:
        raise OstkError(
            "The size of the volume is missing.",
            "Give --size, or one of --snapshot, --source, --backup, --remote-source.",
        )
    if "remote_source" not in given:
        return
    if given & {"size", "consistency_group", "hint"} or values["read_only"] is not None:
        raise OstkError("--remote-source excludes --size, --consistency-group, --hint, --read-only and --read-write.")
    if len(given & {"host", "cluster"}) != 1:
        raise OstkError("--remote-source needs either --host or --cluster.")


@volume.shower(
    "create",
    Arg("name", "Name of the volume.", required=False),
    Opt("--size", "Size of the volume, in GiB.", type=int),
    Opt("--type", "Volume type.", names=VOLUME_TYPE, key="volume_type"),
    exclusive(
        Opt("--image", "Image to create the volume from.", ref=IMAGE, key="imageRef"),
        Opt("--snapshot", "Snapshot to create the volume from.", ref=VOLUME_SNAPSHOT),
        Opt("--source", "Volume to clone.", ref=VOLUME, key="source_volid"),
        Value("--source-replicated", "Ignored (accepted for compatibility).", hidden=True),
        Opt("--backup", "Backup to create the volume from.", ref=VOLUME_BACKUP, since="3.47"),
        properties(
            "Manage an existing volume of the backend: reference as KEY=VALUE, e.g. source-name=VOLUME.",
            "--remote-source",
            not_sent=True,
            admin=True,
        ),
    ),
    DESCRIPTION,
    Opt("--availability-zone", "Availability zone of the volume."),
    Opt("--consistency-group", "Consistency group of the volume.", ref=CONSISTENCY_GROUP, key="consistencygroup_id"),
    CREATE_PROPERTIES,
    Value("--hint...", "Scheduler hint: KEY=VALUE, e.g. same_host=VOLUME_ID.", type=KeyValue()),
    Value("--bootable/--non-bootable", "Mark the volume as bootable or not bootable."),
    Value("--read-only/--read-write", "Set the access mode of the volume."),
    Value("--host", "Backend of the existing volume: HOST@BACKEND#POOL.", needs="--remote-source", admin=True),
    Value(
        "--cluster",
        "Cluster of the existing volume: CLUSTER@BACKEND#POOL.",
        since="3.16",
        needs="--remote-source",
        admin=True,
    ),
    wait=Wait("available"),
    validate=validate_source,
)
def create(cloud: Cloud, body: Json, values: Json) -> tuple[list[Column], Json]:
    """Create a volume."""
    if values["remote_source"]:
        return with_fields(manage(cloud, body, values))
    sent = {**body}
    for key, resource in SOURCES.items():
        if sent.get("size") and key in sent:  # Cinder rejects a volume that is smaller than the source.
            sent["size"] = max(sent["size"], cloud.fetch(resource, sent[key])["size"])
    content: Json = {"volume": sent}
    if values["hint"]:
        hints: dict[str, Any] = dict(values["hint"])
        lists = {key: [value for hint, value in values["hint"] if hint == key] for key in LIST_HINTS if key in hints}
        content["OS-SCH-HNT:scheduler_hints"] = hints | lists
    item = cloud.send(VOLUME, "POST", json=content)["volume"]
    actions = {
        "os-set_bootable": {"bootable": values["bootable"]},
        "os-update_readonly_flag": {"readonly": values["read_only"]},
    }
    given = {action: fields for action, fields in actions.items() if None not in fields.values()}
    try:
        if given:
            cloud.wait(VOLUME, item, "available", "error")
        for action, fields in given.items():
            cloud.act(VOLUME, item["id"], action, fields)
    except WaitTimeout:
        raise
    except OstkError as error:
        message = f"The volume was created ({item['id']}), but bootable or read-only could not be set: {error.message}"
        raise OstkError(message, error.hint) from error
    return with_fields(item)


def manage(cloud: Cloud, body: Json, values: Json) -> Json:
    """Let Cinder manage an existing volume of a backend, and return the volume.

    Before API 3.8 the path is /os-volume-manage.
    """
    location = {key: values[key] for key in ("host", "cluster") if values[key]}
    reference = {"ref": dict(values["remote_source"]), "bootable": bool(values["bootable"])}
    content = {"volume": {**body, **location, **reference}}
    path = "/manageable_volumes" if cloud.supports(CINDER, "3.8") else "/os-volume-manage"
    reply: Json = cloud.call(CINDER, "POST", path, json=content, microversion=VOLUME.microversion)
    return cloud.unwrap(VOLUME, reply)


# -- set, unset and delete -------------------------------------------------------------------------------


def parse_migration_policy(values: Json) -> Json:
    """Return no migration policy, with a warning, for --migration-policy without --type."""
    if values["migration_policy"] and not values["type"]:
        OstkError("--migration-policy is ignored without --type.").show()
        return {"migration_policy": None}
    return {}


def delete_image_properties(cloud: Cloud, item: Json, body: Json) -> None:
    """Delete the keys in `body["key"]` from the image metadata of a volume, one request a key."""
    for key in dict.fromkeys(body["key"]):
        cloud.act(VOLUME, item["id"], "os-unset_image_metadata", {"key": key})


def unchanged(item: Json, values: Json) -> str:
    """Return which change of a volume failed: Cinder tells it only by the old size or type; "" if none did."""
    if values["size"] and item.get("size") != values["size"]:
        return f"was not extended: its size is {item.get('size')} GiB"
    if values["type"] and values["type"] not in (item.get("volume_type"), item.get("volume_type_id")):
        return f"was not retyped: its type is {item.get('volume_type')}"
    return ""


RESET_STATUS, RETYPE = "os-reset_status", "os-retype"
volume.set(
    NAME,
    Opt(
        "--size",
        "New size of the volume, in GiB; must be larger than the current size.",
        type=int,
        key="new_size",
        action="os-extend",
    ),
    DESCRIPTION,
    SET_PROPERTIES,
    properties(
        "Set a property of the image metadata of the volume: KEY=VALUE.",
        "--image-property",
        key="metadata",
        action="os-set_image_metadata",
    ),
    Opt(
        "--state",
        "Reset the status of the volume, in Cinder's database only.",
        choices=STATES,
        key="status",
        action=RESET_STATUS,
        admin=True,
    ),
    exclusive(
        Opt(
            "--attached",
            "Reset the attachment status to attached, in Cinder's database only.",
            key="attach_status",
            value="attached",
            action=RESET_STATUS,
            admin=True,
        ),
        Opt(
            "--detached",
            "Reset the attachment status to detached, in Cinder's database only.",
            key="attach_status",
            value="detached",
            action=RESET_STATUS,
            admin=True,
        ),
    ),
    Opt("--type", "New volume type; retypes the volume.", names=VOLUME_TYPE, key="new_type", action=RETYPE),
    Opt(
        "--migration-policy --retype-policy migration_policy",
        "Migration policy of a retype: never migrate, or migrate on demand (default: never).",
        choices="never on-demand",
        action=RETYPE,
    ),
    Opt("--bootable/--non-bootable", "Mark the volume as bootable or not bootable.", action="os-set_bootable"),
    Opt(
        "--read-only/--read-write",
        "Set the access mode of the volume.",
        key="readonly",
        action="os-update_readonly_flag",
    ),
    wait=Wait("available in-use", problem=unchanged),
    parse=parse_migration_policy,
)
volume.unset(
    UNSET_PROPERTIES,
    Opt(
        "--image-property...",
        "Key of the property to remove from the image metadata of the volume.",
        key="key",
        action=delete_image_properties,
    ),
)


def validate_unmanage(values: Json) -> None:
    """Raise OstkError if a volume is to be both unmanaged and deleted."""
    if values["remote"] and (values["force"] or values["cascade"] or values["purge"]):
        raise OstkError("--remote excludes --force and --cascade.")


CASCADE = "Delete all snapshots of the volume too"
volume.delete(
    exclusive(
        Flag("--force", "Delete the volume in any status.", action="os-force_delete", admin=True),
        Opt("--cascade", f"{CASCADE}.", value="True"),
        Opt("--purge", f"{CASCADE} (deprecated; see --cascade).", key="cascade", value="True", hidden=True),
    ),
    Flag(
        "--remote",
        "Unmanage the volume: remove the record, keep the data on the backend.",
        action="os-unmanage",
        admin=True,
    ),
    wait=Wait("deleted"),
    validate=validate_unmanage,
    help="Delete volumes. All data on the volumes is lost.",
)


# -- migrate and revert ----------------------------------------------------------------------------------


@volume.action(
    "migrate",
    target(VOLUME),
    exclusive(
        Opt("--host", "Destination host: HOST@BACKEND#POOL."),
        Opt("--cluster", "Destination cluster: CLUSTER@BACKEND#POOL.", since="3.16"),
        required=True,
    ),
    Opt("--force-host-copy", "Copy the data through the host, without driver optimizations.", is_flag=True),
    Opt("--lock-volume", "Lock the volume: other operations cannot abort the migration.", is_flag=True),
    wait=Wait("success", key="os-vol-mig-status-attr:migstat"),
)
def migrate(cloud: Cloud, volume: str, body: Json) -> str:
    """Migrate a volume to another host or cluster (admin only)."""
    cloud.act(VOLUME, volume, "os-migrate_volume", body)
    return volume


@volume.action(
    "revert",
    Arg("snapshot", "Latest snapshot of the volume.", names=VOLUME_SNAPSHOT),
    since="3.40",
    wait=Wait("available", resource=VOLUME, id="volume_id"),
)
def revert(cloud: Cloud, snapshot: str) -> Json:
    """Revert a volume to the latest snapshot. All data written since then is lost."""
    item = cloud.get(VOLUME_SNAPSHOT, snapshot)
    cloud.act(VOLUME, item["volume_id"], "revert", {"snapshot_id": item["id"]})
    return item
