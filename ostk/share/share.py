"""Shares: file systems that several servers mount."""

from __future__ import annotations

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
    DESCRIPTION,
    LONG,
    NULL,
    WAIT,
    Arg,
    Column,
    Flag,
    Json,
    KeyValue,
    Noun,
    Opt,
    properties,
)
from ..owner import OF_PROJECT, OF_USER
from ..render.format import DICT
from ..session.cloud import Cloud
from . import metadata
from .lists import ALL_PROJECTS, HELD, LIMIT, MARKER, SORT, in_order
from .locations import locations, place
from .shape import Truth, lines, once
from .wait import gone, made, settled

HINTS = ("same_host", "different_host")  # hints whose values name shares
OF_REPLICA = ("replica_state", "availability_zone", "share_replica_id")  # what it is a copy of is told elsewhere
PUBLIC = Opt("--public", "Whether other projects see it.", key="is_public", type=Truth())
MOUNT_POINT = Opt("--mount-point-name", "Name in the path that it is mounted from.", since="2.84")
share = Noun(
    SHARE,
    "Manage shares: file systems that several servers mount.",
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
    Opt("--name", "Only those of this name."),
    Opt("--status", "Only those in this state."),
    Opt("--snapshot", "Only those made from this snapshot.", ref=SHARE_SNAPSHOT),
    Opt("--export-location", "Only what is mounted from this path or ID.", key="*", convert=place, since="2.35"),
    Opt("--soft-deleted", "Those in the recycle bin.", is_flag=True, key="is_soft_deleted", convert=str, since="2.69"),
    Opt("--public", "Those of others that are public as well.", is_flag=True, key="is_public", convert=str),
    Opt("--share-network", "Only those in this share network.", ref=SHARE_NETWORK),
    Opt("--share-type", "Only those of this share type.", ref=SHARE_TYPE),
    Opt("--share-group", "Only those of this share group.", ref=SHARE_GROUP),
    Opt("--host", "Only those on this host."),
    Opt("--share-server", "Only those of this share server.", ref=SHARE_SERVER),
    OF_PROJECT,
    OF_USER,
    ALL_PROJECTS,
    HELD,
    properties(
        "Only those whose type has it; may be repeated.",
        "--extra-spec",
        key="extra_specs",
        convert=lambda pairs: str(dict(pairs)),
    ),
    LONG,
    SORT,
    LIMIT,
    MARKER,
    Opt("--name~ name_like", "Only those whose name holds this.", key="name~", since="2.36"),
    Opt(
        "--description~ description_like", "Only those whose description holds this.", key="description~", since="2.36"
    ),
    Opt("--encryption-key-ref", "Only those of this encryption key.", since="2.90"),
    Opt("--availability-zone", "Only those in this availability zone.", since="2.97"),
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
    if long:  # they stand in another order then, and one has another title
        columns = [column for column in columns if column.long]
    if "project_id" in body:
        body["all_tenants"] = "True"
    untold = {column.key: "" for column in columns}  # hosts are told to administrators alone
    return columns, in_order(({**untold, **item} for item in cloud.pages(SHARE, body, limit=result_limit)), sort)


def shown(cloud: Cloud, item: Json) -> Json:
    """A share with its properties and, in lines, the paths that it is mounted from."""
    paths = locations(cloud, SHARE_EXPORT_LOCATION, item["id"])
    told = [{key: text for key, text in path.items() if key not in OF_REPLICA} for path in paths or ()]
    held = item.pop("metadata", None) or {}
    return {**item, "export_locations": None if paths is None else lines(told), "properties": held}


share.show(prepare=shown)


# -- create, adopt, delete, abandon, restore -------------------------------------------------------------


def named(name: str | None) -> None:
    """Refuse a name that would be taken for none."""
    if name and name.lower() == "none":
        raise OstkError("A share cannot be named 'None'.")


def hints(cloud: Cloud, pairs: Sequence[tuple[str, str]]) -> Json:
    """Hints for the scheduler, with IDs for names of shares."""
    found = once(pairs)
    for key in HINTS:
        if key in found:
            ids = cloud.find_all([(SHARE, name, {}) for name in found[key].split(",")])
            found[key] = ",".join(ids)
    return dict(found)


@share.shower(
    "create",
    Arg("share_protocol", key="share_proto"),
    Arg("size", type=int),
    Opt("--name", "Its name."),
    Opt("--snapshot-id", "Snapshot to make it from.", ref=SHARE_SNAPSHOT, key="snapshot_id"),
    metadata.NEW,
    Opt("--share-network", "Share network to reach it in.", ref=SHARE_NETWORK),
    DESCRIPTION,
    PUBLIC,
    Opt("--share-type", "Its share type.", ref=SHARE_TYPE, key="share_type"),
    Opt("--availability-zone", "Availability zone to keep it in."),
    Opt("--share-group", "Share group to put it in.", ref=SHARE_GROUP, since="2.31"),
    WAIT,
    properties("Hint for the scheduler; may be repeated.", "--scheduler-hint", not_sent=True, since="2.65"),
    MOUNT_POINT,
    Opt("--encryption-key-ref", "Key to encrypt it with, by its ID.", since="2.90"),
    validate=named,
)
def create(cloud: Cloud, body: Json, scheduler_hint: Sequence[tuple[str, str]], wait: bool) -> Json:
    """Create a share; its size is in GiB."""
    if "snapshot_id" in body:  # it cannot be smaller than what it is made from
        with cloud.force_send():
            body["size"] = max(body["size"], cloud.fetch(SHARE_SNAPSHOT, body["snapshot_id"])["size"])
    if scheduler_hint:
        body["scheduler_hints"] = hints(cloud, scheduler_hint)
    item = cloud.create(SHARE, {"is_public": False, **body})
    return made(cloud, SHARE, item) if wait else item


@share.shower(
    "adopt",
    Arg("service_host"),
    Arg("protocol"),
    Arg("export_path"),
    Opt("--name", "Its name."),
    DESCRIPTION,
    Opt("--share-type", "Its share type.", ref=SHARE_TYPE, key="share_type"),
    Opt("--driver-options", "What its driver must know.", type=KeyValue(), greedy=True, not_sent=True),
    Opt("--public", "Let other projects see it.", is_flag=True, key="is_public", since="2.8"),
    Opt("--share-server-id", "Share server that serves it.", ref=SHARE_SERVER, key="share_server_id", since="2.49"),
    Opt("--mount-point-name", "Name in the path that it is mounted from.", since="2.92"),
    WAIT,
    validate=lambda driver_options: once(driver_options),
)
def adopt(cloud: Cloud, body: Json, driver_options: Sequence[tuple[str, str]], wait: bool) -> Json:
    """Take over a share that a backend has already."""
    content = {"is_public": False, **body, "driver_options": dict(driver_options or ())}
    item = cloud.create(SHARE, content, SHARE.at("manage"))
    return made(cloud, SHARE, item) if wait else item


@share.each(
    "delete",
    Opt("--share-group", "Share group that holds them.", ref=SHARE_GROUP),
    Flag("--force", "Whatever state they are in."),
    WAIT,
    Flag("--soft", "Into the recycle bin.", since="2.69"),
)
def delete(cloud: Cloud, share: str, body: Json, force: bool, soft: bool, wait: bool) -> None:
    """Delete shares."""
    id = cloud.find(SHARE, share)
    if force or soft:
        cloud.act(SHARE, id, "force_delete" if force else "soft_delete")
    else:
        cloud.delete(SHARE, id, body)
    if wait and not (soft and not force):  # what is in the recycle bin is still there
        gone(cloud, SHARE, id)


@share.each("abandon", WAIT)
def abandon(cloud: Cloud, share: str, wait: bool) -> None:
    """Leave shares to their backends and forget them."""
    id = cloud.find(SHARE, share)
    cloud.act(SHARE, id, "unmanage")
    if wait:
        gone(cloud, SHARE, id)


@share.each("restore", since="2.69")
def restore(cloud: Cloud, share: str) -> None:
    """Take shares out of the recycle bin."""
    cloud.act(SHARE, cloud.find(SHARE, share), "restore")


# -- set, unset and actions ------------------------------------------------------------------------------


def task(state: str) -> Any:
    """A state of migration; "none" is none."""
    return None if state.lower() == "none" else state


share.set(
    metadata.SET,
    Opt("--name", "Its new name.", key="display_name"),
    Opt("--description", "What it is for.", key="display_description"),
    PUBLIC,
    Opt("--status", "State to set it to by hand: available, error, ….", action="reset_status"),
    Opt(
        "--task-state",
        "State of migration to set by hand, or none.",
        convert=task,
        action="reset_task_state",
        since="2.22",
    ),
)
share.unset(
    metadata.UNSET,
    Opt("--name", "Remove its name.", key="display_name", value=NULL),
    Opt("--description", "Remove its description.", key="display_description", value=NULL),
)


@share.action(
    "resize",
    Arg("share", names=SHARE, not_sent=True),
    Arg("new_size", type=int),
    WAIT,
    Flag("--force", "Whatever the scheduler thinks of it, if it grows.", since="2.64"),
)
def resize(cloud: Cloud, share: str, new_size: int, force: bool, wait: bool) -> None:
    """Make a share larger or smaller; sizes are in GiB."""
    with cloud.force_send():
        item = cloud.get(SHARE, share)
    if item["size"] == new_size:
        raise OstkError(f"The share {share!r} has {new_size} GiB already.")
    grows = item["size"] < new_size
    forced = {"force": "true"} if force and grows else {}
    cloud.act(SHARE, item["id"], "extend" if grows else "shrink", {"new_size": new_size, **forced})
    if wait:
        settled(cloud, SHARE, item["id"])


@share.action("revert", Arg("snapshot", names=SHARE_SNAPSHOT, not_sent=True), WAIT, since="2.27")
def revert(cloud: Cloud, snapshot: str, wait: bool) -> None:
    """Take a share back to its latest snapshot."""
    with cloud.force_send():
        item = cloud.get(SHARE_SNAPSHOT, snapshot)
    cloud.act(SHARE, item["share_id"], "revert", {"snapshot_id": item["id"]})
    if wait:
        settled(cloud, SHARE, item["share_id"])
