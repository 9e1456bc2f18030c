"""Shares: shared file systems that several clients mount."""

from collections.abc import Sequence
from typing import Any

from ..api.shared_file_system import (
    SHARE,
    SHARE_EXPORT_LOCATION,
    SHARE_GROUP,
    SHARE_NETWORK,
    SHARE_SERVER,
    SHARE_SNAPSHOT,
    SHARE_TYPE,
)
from ..errors import OstkError
from ..language import (
    ALL_FIELDS_IN_API_ORDER,
    LIMIT,
    LONG,
    WAIT,
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
    properties,
    without,
)
from ..language.sort_keys import sort_items
from ..owner import ADMIN_PROJECT_FILTER, ADMIN_USER_FILTER
from ..render.format import DICT
from . import metadata
from .export_location_details import EXPORT_LOCATION_FILTER, fetch_export_locations
from .field_options import clear_name_options, name_options, rename_options, reset_status_option
from .list_options import ALL_PROJECTS, MARKER, NAME_FILTER, PROPERTY_FILTER, SORT, STATUS_FILTER, of_all_tenants
from .value_types import Boolean, format_records, unique_pairs

SHARE_HINTS = ("same_host", "different_host")  # scheduler hints whose values are shares
REPLICA_FIELDS = ("replica_state", "availability_zone", "share_replica_id")  # the reference client hides these
share = Noun(
    SHARE,
    "Manage shares: shared file systems.",
    columns=["id name size share_proto status is_public share_type_name host availability_zone"],
    long=[
        "id, name, size, share_proto=Share Protocol, status, is_public, share_type_name",
        "availability_zone description share_network_id share_server_id share_type share_group_id host",
        "user_id project_id access_rules_status",
        "snapshot_id=Source Snapshot ID, snapshot_support=Supports Creating Snapshots",
        Column("create_share_from_snapshot_support", "Supports Cloning Snapshots"),
        "mount_snapshot_support=Supports Mounting snapshots, revert_to_snapshot_support=Supports Reverting to Snapshot",
        "task_state=Migration Task Status, source_share_group_snapshot_member_id, replication_type, has_replicas",
        "created_at metadata=Properties encryption_key_ref",
    ],
    fields=[ALL_FIELDS_IN_API_ORDER, Column("properties", format=DICT), Column("shares_type", hidden=True)],
)


# -- list and show ---------------------------------------------------------------------------------------


@share.lister(
    "list",
    NAME_FILTER,
    STATUS_FILTER,
    Opt("--snapshot", "Filter by the share snapshot that a share was created from.", ref=SHARE_SNAPSHOT),
    EXPORT_LOCATION_FILTER,
    Opt(
        "--soft-deleted",
        "List only shares in the recycle bin.",
        is_flag=True,
        key="is_soft_deleted",
        convert=str,
        since="2.69",
    ),
    Opt("--public", "Include public shares of other projects.", is_flag=True, key="is_public", convert=str),
    Opt("--share-network", "Filter by share network.", ref=SHARE_NETWORK),
    Opt("--share-type", "Filter by share type.", ref=SHARE_TYPE),
    Opt("--share-group", "Filter by share group.", ref=SHARE_GROUP),
    Opt("--host", "Filter by host.", admin=True),
    Opt("--share-server", "Filter by share server.", ref=SHARE_SERVER, admin=True),
    ADMIN_PROJECT_FILTER,
    ADMIN_USER_FILTER,
    ALL_PROJECTS,
    PROPERTY_FILTER,
    properties(
        "Filter by extra spec of the share type: KEY=VALUE.",
        "--extra-spec",
        key="extra_specs",
        convert=lambda pairs: str(dict(pairs)),
        admin=True,
    ),
    LONG,
    SORT,
    LIMIT,
    MARKER,
    Opt("--name~ name_like", "Filter by part of the name.", key="name~", since="2.36"),
    Opt("--description~ description_like", "Filter by part of the description.", key="description~", since="2.36"),
    # Manila 23.0 drops encryption_key_ref from the query of everybody else (_get_share_search_options).
    Opt("--encryption-key-ref", "Filter by encryption key: ID of the secret.", since="2.90", admin=True),
    Opt("--availability-zone", "Filter by availability zone.", since="2.97"),
)
def list_shares(
    cloud: Cloud,
    body: Json,
    columns: Sequence[Column],
    result_limit: int | None,
    sort: list[tuple[str, bool]],
    long: bool,
) -> tuple[Sequence[Column], list[Json]]:
    """List shares."""
    if long:  # the reference client's long list has its own order of columns, and another title for share_proto
        columns = [column for column in columns if column.long]
    # Manila sends host, share_server_id and others to administrators only; the reference client then prints "".
    empty = {column.key: "" for column in columns}
    found = cloud.pages(SHARE, of_all_tenants(body), limit=result_limit)
    return columns, sort_items(({**empty, **item} for item in found), sort)


def with_details(cloud: Cloud, item: Json) -> Json:
    """Return a share with its properties, and its export locations as lines `key = value`."""
    found = fetch_export_locations(cloud, SHARE_EXPORT_LOCATION, item["id"])
    records = [{key: value for key, value in path.items() if key not in REPLICA_FIELDS} for path in found or ()]
    shown = {"export_locations": None if found is None else format_records(records)}
    return {**without(item, "metadata"), **shown, "properties": item.get("metadata") or {}}


share.show(prepare=with_details)


# -- create, adopt, delete, abandon, restore -------------------------------------------------------------


def validate_name(name: str | None) -> None:
    """Raise OstkError for the name "None", which the reference client refuses."""
    if name and name.lower() == "none":
        raise OstkError("A share cannot be named 'None'.", "Give another --name.")


def resolve_hints(cloud: Cloud, pairs: Sequence[tuple[str, str]]) -> Json:
    """Return scheduler hints as an object, with the IDs of shares for names."""
    hints = unique_pairs(pairs)
    for key in SHARE_HINTS:
        if key in hints:
            ids = cloud.find_all([(SHARE, name, {}) for name in hints[key].split(",")])
            hints[key] = ",".join(ids)
    return dict(hints)


@share.shower(
    "create",
    Arg("share_protocol", "Share protocol: NFS, CIFS, CephFS, GlusterFS, HDFS or another.", key="share_proto"),
    Arg("size", "Size of the share, in GiB; with --snapshot-id at least the size of the snapshot.", type=int),
    name_options("share"),
    Opt("--snapshot-id", "Share snapshot to create the share from.", ref=SHARE_SNAPSHOT, key="snapshot_id"),
    metadata.new_property_option(),
    Opt("--share-network", "Share network.", ref=SHARE_NETWORK),
    Opt(
        "--public",
        "Make the share visible to all projects (default: false; true is admin only).",
        key="is_public",
        type=Boolean(),
    ),
    Opt("--share-type", "Share type.", ref=SHARE_TYPE, key="share_type"),
    Opt("--availability-zone", "Availability zone."),
    Opt("--share-group", "Share group.", ref=SHARE_GROUP, since="2.31"),
    WAIT,
    properties(
        "Scheduler hint: same_host=SHARE[,SHARE] or different_host=SHARE[,SHARE].",
        "--scheduler-hint",
        not_sent=True,
        since="2.65",
    ),
    Opt(
        "--mount-point-name",
        "Mount point name: the part of the export location after the prefix that the share type sets.",
        since="2.84",
    ),
    Opt("--encryption-key-ref", "Encryption key: ID of the secret in the key manager.", since="2.90"),
    wait=Wait("available"),
    validate=validate_name,
)
def create(cloud: Cloud, body: Json, scheduler_hint: Sequence[tuple[str, str]] | None) -> Json:
    """Create a share."""
    sent = {"is_public": False, **body}
    if "snapshot_id" in sent:  # Manila refuses a share that is smaller than its snapshot
        with cloud.force_send():
            sent["size"] = max(sent["size"], cloud.fetch(SHARE_SNAPSHOT, sent["snapshot_id"])["size"])
    if scheduler_hint:
        sent["scheduler_hints"] = resolve_hints(cloud, scheduler_hint)
    return cloud.create(SHARE, sent)


@share.shower(
    "adopt",
    Arg("service_host", "Host of the share: HOST@BACKEND#POOL."),
    Arg("protocol", "Share protocol, e.g. NFS or CIFS."),
    Arg("export_path", "Export path of the share, e.g. 10.0.0.1:/share."),
    name_options("share"),
    Opt("--share-type", "Share type.", ref=SHARE_TYPE, key="share_type"),
    Value("--driver-options", "Option of the driver: KEY=VALUE.", type=KeyValue(), greedy=True),
    Opt("--public", "Make the share visible to all projects.", is_flag=True, key="is_public", since="2.8"),
    Opt("--share-server-id", "Share server of the share.", ref=SHARE_SERVER, key="share_server_id", since="2.49"),
    Opt(
        "--mount-point-name",
        "Mount point name: the part of the export location after the prefix that the share type sets.",
        since="2.92",
    ),
    WAIT,
    wait=Wait("available"),
    validate=lambda driver_options: unique_pairs(driver_options),
)
def adopt(cloud: Cloud, body: Json, driver_options: Sequence[tuple[str, str]] | None) -> Json:
    """Manage a share that exists on a backend (admin only)."""
    content = {"is_public": False, **body, "driver_options": dict(driver_options or ())}
    return cloud.create(SHARE, content, SHARE.at("manage"))


@share.each(
    "delete",
    Opt("--share-group", "Share group of the shares; required to delete members of a group.", ref=SHARE_GROUP),
    Flag("--force", "Delete regardless of status.", admin=True),
    WAIT,
    Flag("--soft", "Soft delete: move the shares to the recycle bin.", since="2.69"),
    wait=Wait("deleted"),
)
def delete(cloud: Cloud, share: str, body: Json, force: bool, soft: bool) -> str | None:
    """Delete shares. All data on the shares is lost, except with --soft."""
    id = cloud.find(SHARE, share)
    if force or soft:
        cloud.act(SHARE, id, "force_delete" if force else "soft_delete")
    else:
        cloud.delete(SHARE, id, body)
    return id if force or not soft else None  # GET /shares/{id} still finds a share in the recycle bin


@share.each("abandon", WAIT, wait=Wait("deleted"))
def abandon(cloud: Cloud, share: str) -> str:
    """Unmanage shares: remove the records, keep the data on the backend (admin only)."""
    id = cloud.find(SHARE, share)
    cloud.act(SHARE, id, "unmanage")
    return id


@share.each("restore", since="2.69")
def restore(cloud: Cloud, share: str) -> None:
    """Restore shares from the recycle bin."""
    cloud.act(SHARE, cloud.find(SHARE, share), "restore")


# -- set, unset and actions ------------------------------------------------------------------------------


def parse_task_state(state: str) -> Any:
    """Return the task state for the request: None for "none"."""
    return None if state.lower() == "none" else state


share.set(
    metadata.set_property_option(),
    rename_options("share", "display_"),
    Opt("--public", "Make the share visible to all projects (true: admin only).", key="is_public", type=Boolean()),
    reset_status_option("share", statuses=""),
    Opt(
        "--task-state",
        "Reset the task state of the migration, e.g. to migration_error, migration_success or none.",
        convert=parse_task_state,
        action="reset_task_state",
        since="2.22",
        admin=True,
    ),
)
share.unset(
    metadata.unset_property_option(),
    clear_name_options("share", "display_"),
    help="Remove properties, the name or the description of a share.",
)


@share.action(
    "resize",
    Arg("share", "Share.", names=SHARE),
    Arg("new_size", "New size of the share, in GiB.", type=int),
    WAIT,
    Flag("--force", "Extend without a check of the free capacity by the scheduler.", since="2.64", admin=True),
    wait=Wait("available"),
)
def resize(cloud: Cloud, share: str, new_size: int, force: bool) -> Json:
    """Extend or shrink a share. A share cannot shrink below the space that is used."""
    with cloud.force_send():
        item = cloud.get(SHARE, share)
    if item["size"] == new_size:
        raise OstkError(f"The share {share!r} already has a size of {new_size} GiB.")
    grows = item["size"] < new_size
    forced = {"force": "true"} if force and grows else {}
    cloud.act(SHARE, item["id"], "extend" if grows else "shrink", {"new_size": new_size, **forced})
    return item


@share.action(
    "revert",
    Arg("snapshot", "Latest share snapshot of the share.", names=SHARE_SNAPSHOT),
    WAIT,
    since="2.27",
    wait=Wait("available", resource=SHARE, id="share_id"),
)
def revert(cloud: Cloud, snapshot: str) -> Json:
    """Revert a share to the latest snapshot. All later changes of the data are lost."""
    with cloud.force_send():
        item = cloud.get(SHARE_SNAPSHOT, snapshot)
    cloud.act(SHARE, item["share_id"], "revert", {"snapshot_id": item["id"]})
    return item
