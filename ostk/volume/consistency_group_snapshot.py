"""Snapshots of consistency groups: what all of their volumes held at one moment."""

from __future__ import annotations

from ..api.block_storage import CONSISTENCY_GROUP, CONSISTENCY_SNAPSHOT
from ..errors import OstkError
from ..language import DESCRIPTION, LONG, Arg, Column, Json, Noun, Opt
from ..session.cloud import Cloud
from .lists import ALL_TENANTS_QUERY
from .options import SNAPSHOT_STATES as STATES

snapshot = Noun(
    CONSISTENCY_SNAPSHOT,
    "Manage snapshots of consistency groups (old).",
    columns=["id status", Column("consistencygroup_id", "ConsistencyGroup ID", long=True), "name"],
    long=["description created_at"],
    fields=["consistencygroup_id created_at description id name status"],
)
snapshot.list(
    ALL_TENANTS_QUERY,
    LONG,
    Opt("--status", "Only those in this state.", choices=STATES),
    Opt("--consistency-group", "Only those of this group.", ref=CONSISTENCY_GROUP, key="consistencygroup_id"),
)
snapshot.show()
snapshot.delete()


def named(values: Json) -> None:
    """Refuse to guess of which group."""
    if not values["consistency_group"] and not values["name"]:
        raise OstkError("Say of which consistency group.", "Give --consistency-group.")


@snapshot.shower(
    "create",
    Arg("name", required=False, metavar="[SNAPSHOT_NAME]"),
    Opt(
        "--consistency-group",
        "Group to keep; by default the one named like it.",
        names=CONSISTENCY_GROUP,
        not_sent=True,
    ),
    DESCRIPTION,
    validate=named,
)
def create(cloud: Cloud, body: Json, consistency_group: str | None) -> Json:
    """Keep what the volumes of a consistency group hold now."""
    body["consistencygroup_id"] = cloud.find(CONSISTENCY_GROUP, consistency_group or body["name"])
    return {**body, **cloud.create(CONSISTENCY_SNAPSHOT, body)}
