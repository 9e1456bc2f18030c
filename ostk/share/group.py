"""Share groups: shares that are kept as of one moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..api.shared_file_system import (
    SHARE_GROUP,
    SHARE_GROUP_SNAPSHOT,
    SHARE_GROUP_TYPE,
    SHARE_NETWORK,
    SHARE_SERVER,
    SHARE_TYPE,
)
from ..errors import OstkError
from ..language import ALL_FIELDS_IN_API_ORDER, WAIT, Column, Json, Noun, Opt, Wait
from ..owner import OF_PROJECT
from ..render.format import LINES
from ..session.cloud import Cloud
from .change import CHANGED, NEW, emptied
from .lists import ALL_PROJECTS, LIMIT, MARKER, NAMED, STATUS, Order, in_order, with_project
from .wait import FORCE
from .wait import delete as remove

SOURCE = "source_share_group_snapshot_id"

group = Noun(
    SHARE_GROUP,
    "Manage share groups: shares that are kept as of one moment.",
    columns=["id name status description"],
    hidden=["project_id"],
    fields=[ALL_FIELDS_IN_API_ORDER, "share_types"],
    formats={"share_types": LINES},
)


@group.lister(
    "list",
    ALL_PROJECTS,
    NAMED,
    STATUS,
    Opt("--share-server", "Only those that this share server serves.", ref=SHARE_SERVER),
    Opt("--share-group-type", "Only those of this type.", ref=SHARE_GROUP_TYPE),
    Opt(
        "--snapshot",
        "Only those made of this group snapshot.",
        ref=SHARE_GROUP_SNAPSHOT,
        key="source_share_group_snapshot_id",
    ),
    Opt("--host", "Only those on this host."),
    Opt("--share-network", "Only those in this share network.", ref=SHARE_NETWORK),
    OF_PROJECT,
    LIMIT,
    MARKER,
    Opt("--sort", "Order; the newest first unless given.", type=Order(), not_sent=True),
    also=["project_id"],
)
def list_groups(
    cloud: Cloud, body: Json, sort: list[tuple[str, bool]] | None, columns: Sequence[Column], result_limit: int | None
) -> tuple[list[Column], Iterable[Json]]:
    """List share groups."""
    shown = with_project(columns, body)
    if "project_id" in body:
        body["all_tenants"] = "True"
    found = cloud.pages(SHARE_GROUP, body, limit=result_limit)
    return shown, in_order(found, sort) if sort else found


group.show()


def sourced(values: Json) -> None:
    """Refuse share types beside a snapshot, whose types the group has."""
    if values["share_types"] and values["source_share_group_snapshot"]:
        raise OstkError("--share-types and --source-share-group-snapshot exclude each other.")


group.create(
    NEW,
    Opt("--share-types", "Types of the shares in it.", ref=SHARE_TYPE, key="share_types", greedy="+"),
    Opt("--share-group-type", "Its type.", ref=SHARE_GROUP_TYPE),
    Opt("--share-network", "Share network to put it in.", ref=SHARE_NETWORK),
    Opt("--source-share-group-snapshot", "Snapshot to fill it from.", ref=SHARE_GROUP_SNAPSHOT),
    Opt("--availability-zone", "Availability zone to keep it in."),
    WAIT,
    wait=Wait("available"),
    validate=sourced,
)
group.set(CHANGED, Opt("--status", "State to set it to by hand.", action="reset_status", key="status"))
group.unset(emptied())


@group.each("delete", FORCE)
def delete(cloud: Cloud, share_group: str, force: bool, wait: bool) -> None:
    """Delete share groups."""
    remove(cloud, SHARE_GROUP, share_group, force, wait)
