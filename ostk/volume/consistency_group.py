"""Consistency groups: volumes whose snapshots are taken together; deprecated in favor of volume groups."""

from ..api.block_storage import CONSISTENCY_GROUP, CONSISTENCY_SNAPSHOT, VOLUME_TYPE
from ..errors import OstkError
from ..language import (
    DESCRIPTION,
    LONG,
    NAME,
    NEW_DESCRIPTION,
    Arg,
    Column,
    Flag,
    Json,
    Noun,
    Opt,
    Wait,
    exclusive,
    without,
)
from ..render.format import LIST
from ..session.cloud import Cloud
from .group_volumes import add_volume_verbs
from .list_options import ALL_TENANTS_QUERY

group = Noun(
    CONSISTENCY_GROUP,
    "Manage consistency groups (deprecated; see volume group).",
    columns=["id status", Column("availability_zone", long=True), "name"],
    long=["description", Column("volume_types", format=LIST)],
    fields=["availability_zone created_at description id name status volume_types"],
)
group.list(ALL_TENANTS_QUERY, LONG)
group.show()
group.set(NAME, NEW_DESCRIPTION)
add_volume_verbs(group)


@group.shower(
    "create",
    Arg("name", "Name of the consistency group.", required=False),
    exclusive(
        Opt("--volume-type", "Volume type of the volumes in the group.", ref=VOLUME_TYPE, key="volume_types"),
        Opt(
            "--source --consistency-group-source source",
            "Consistency group to copy.",
            ref=CONSISTENCY_GROUP,
            key="source_cgid",
        ),
        Opt(
            "--snapshot --consistency-group-snapshot snapshot",
            "Consistency group snapshot to create the group from.",
            ref=CONSISTENCY_SNAPSHOT,
            key="cgsnapshot_id",
        ),
        required=True,
    ),
    DESCRIPTION,
    Opt("--availability-zone", "Availability zone of the consistency group."),
    wait=Wait("available"),
)
def create(cloud: Cloud, body: Json) -> Json:
    """Create a consistency group."""
    if volume_type := body.get("volume_types"):
        return {**body, **cloud.create(CONSISTENCY_GROUP, body), "volume_types": [volume_type]}
    if body.get("availability_zone"):
        OstkError("--availability-zone is ignored without --volume-type.").show()
    sent = without(body, "availability_zone")
    content = {"consistencygroup-from-src": sent}
    return {
        **sent,
        **cloud.unwrap(CONSISTENCY_GROUP, cloud.send(CONSISTENCY_GROUP, "POST", "create_from_src", json=content)),
    }


@group.each(
    "delete",
    Flag("--force", "Delete all volumes in the consistency group too. All data is lost."),
    wait=Wait("deleted"),
)
def delete(cloud: Cloud, consistency_group: str, force: bool) -> str:
    """Delete consistency groups."""
    id = cloud.find(CONSISTENCY_GROUP, consistency_group)
    cloud.send(CONSISTENCY_GROUP, "POST", id, "delete", json={"consistencygroup": {"force": force}})
    return id
