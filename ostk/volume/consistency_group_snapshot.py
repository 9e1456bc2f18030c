"""Consistency group snapshots: snapshots of all volumes in a consistency group; deprecated with consistency groups."""

from ..api.block_storage import CONSISTENCY_GROUP, CONSISTENCY_SNAPSHOT
from ..errors import OstkError
from ..language import DESCRIPTION, LONG, Arg, Cloud, Column, Json, Noun, Opt, Value, Wait
from .list_options import ALL_TENANTS_QUERY, SNAPSHOT_STATES

snapshot = Noun(
    CONSISTENCY_SNAPSHOT,
    "Manage consistency group snapshots (deprecated; see volume group snapshot).",
    columns=["id status", Column("consistencygroup_id", "ConsistencyGroup ID", long=True), "name"],
    long=["description created_at"],
    fields=["consistencygroup_id created_at description id name status"],
)
snapshot.list(
    ALL_TENANTS_QUERY,
    LONG,
    Opt("--status", "Filter by status.", choices=SNAPSHOT_STATES),
    Opt("--consistency-group", "Filter by consistency group.", ref=CONSISTENCY_GROUP, key="consistencygroup_id"),
)
snapshot.show()
snapshot.delete(wait=Wait("deleted"))


def validate_group(values: Json) -> None:
    """Raise OstkError if neither --consistency-group nor a name, which stands for the group too, is given."""
    if not values["consistency_group"] and not values["name"]:
        raise OstkError("The consistency group of the snapshot is missing.", "Give --consistency-group.")


@snapshot.shower(
    "create",
    Arg("name", "Name of the snapshot.", required=False, metavar="[SNAPSHOT_NAME]"),
    Value("--consistency-group", "Consistency group to snapshot (default: SNAPSHOT_NAME).", names=CONSISTENCY_GROUP),
    DESCRIPTION,
    wait=Wait("available"),
    validate=validate_group,
)
def create(cloud: Cloud, body: Json, consistency_group: str | None) -> Json:
    """Create a consistency group snapshot."""
    sent = {**body, "consistencygroup_id": cloud.find(CONSISTENCY_GROUP, consistency_group or body["name"])}
    return {**sent, **cloud.create(CONSISTENCY_SNAPSHOT, sent)}
