"""Volume group snapshots: snapshots of all volumes in a volume group, taken together."""

from ..api.block_storage import VOLUME_GROUP, VOLUME_GROUP_SNAPSHOT
from ..language import DESCRIPTION, Arg, Cloud, Json, Noun, Opt, Wait
from .list_options import ALL_TENANTS_QUERY

snapshot = Noun(
    VOLUME_GROUP_SNAPSHOT,
    "Manage volume group snapshots.",
    columns=["id status name"],
    fields=["id=ID, status=Status, name=Name, description=Description, group_id=Group, group_type_id=Group Type"],
    in_order=True,
)
snapshot.list(ALL_TENANTS_QUERY)
snapshot.show()
snapshot.delete(wait=Wait("deleted"))


@snapshot.shower(
    "create",
    Arg("volume_group", "Volume group to snapshot.", ref=VOLUME_GROUP, key="group_id"),
    Opt("--name", "Name of the snapshot."),
    DESCRIPTION,
    wait=Wait("available"),
)
def create(cloud: Cloud, body: Json) -> Json:
    """Create a volume group snapshot."""
    return {**body, **cloud.create(VOLUME_GROUP_SNAPSHOT, body)}
