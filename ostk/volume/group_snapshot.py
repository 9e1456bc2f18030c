"""Snapshots of volume groups: what all of their volumes held at one moment."""

from __future__ import annotations

from ..api.block_storage import VOLUME_GROUP, VOLUME_GROUP_SNAPSHOT
from ..language import DESCRIPTION, Arg, Json, Noun, Opt
from ..session.cloud import Cloud
from .lists import ALL_TENANTS_QUERY

snapshot = Noun(
    VOLUME_GROUP_SNAPSHOT,
    "Manage snapshots of volume groups.",
    columns=["id status name"],
    fields=["id=ID, status=Status, name=Name, description=Description, group_id=Group, group_type_id=Group Type"],
    in_order=True,
)
snapshot.list(ALL_TENANTS_QUERY)
snapshot.show()
snapshot.delete()


@snapshot.shower(
    "create", Arg("volume_group", ref=VOLUME_GROUP, key="group_id"), Opt("--name", "Its name."), DESCRIPTION
)
def create(cloud: Cloud, body: Json) -> Json:
    """Keep what the volumes of a group hold now."""
    return {**body, **cloud.create(VOLUME_GROUP_SNAPSHOT, body)}
