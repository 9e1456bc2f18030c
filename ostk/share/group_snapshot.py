"""Snapshots of share groups: what all of their shares held at one moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..api.shared_file_system import SHARE_GROUP, SHARE_GROUP_SNAPSHOT
from ..language import ALL_FIELDS_IN_API_ORDER, WAIT, Arg, Column, Json, Noun, Opt, Wait
from ..session.cloud import Cloud
from .change import CHANGED, NEW, by_hand, emptied
from .lists import ALL_PROJECTS, LIMIT, MARKER, SORT, STATUS, in_order, with_project
from .wait import FORCE
from .wait import delete as remove

snapshot = Noun(
    SHARE_GROUP_SNAPSHOT,
    "Manage snapshots of share groups.",
    columns=["id name status description"],
    long=["created_at share_group_id"],
    hidden=["project_id"],
    fields=[ALL_FIELDS_IN_API_ORDER, Column("members", hidden=True)],
)


@snapshot.lister(
    "list",
    ALL_PROJECTS,
    Opt("--name", "Only those of this name."),
    STATUS,
    Opt("--share-group", "Only those of this share group.", ref=SHARE_GROUP),
    LIMIT,
    MARKER,
    SORT,
    Opt("--detailed long", "Show more columns.", is_flag=True, not_sent=True, default=False),
    also=["project_id"],
)
def list_snapshots(
    cloud: Cloud, body: Json, sort: list[tuple[str, bool]], columns: Sequence[Column], result_limit: int | None
) -> tuple[list[Column], Iterable[Json]]:
    """List snapshots of share groups."""
    return with_project(columns, body), in_order(cloud.pages(SHARE_GROUP_SNAPSHOT, body, limit=result_limit), sort)


snapshot.show()
snapshot.create(Arg("share_group", ref=SHARE_GROUP), NEW, WAIT, wait=Wait("available"))
snapshot.set(CHANGED, by_hand())
snapshot.unset(emptied(value=""))


@snapshot.each("delete", FORCE)
def delete(cloud: Cloud, share_group_snapshot: str, force: bool, wait: bool) -> None:
    """Delete snapshots of share groups."""
    remove(cloud, SHARE_GROUP_SNAPSHOT, share_group_snapshot, force, wait)


@snapshot.lister(
    "members list", Arg("share_group_snapshot", names=SHARE_GROUP_SNAPSHOT, not_sent=True), columns=["share_id size"]
)
def members(cloud: Cloud, share_group_snapshot: str) -> Iterable[Json]:
    """List what a snapshot of a share group is made of."""
    found: list[Json] = cloud.get(SHARE_GROUP_SNAPSHOT, share_group_snapshot)["members"]
    return found
