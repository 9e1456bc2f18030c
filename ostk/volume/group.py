"""Volume groups: volumes that are kept as of one moment."""

from __future__ import annotations

import click

from ..api.block_storage import VOLUME_GROUP, VOLUME_GROUP_SNAPSHOT, VOLUME_GROUP_TYPE, VOLUME_TYPE
from ..errors import BadRequest, OstkError, after
from ..language import DESCRIPTION, NAME, Arg, Column, Flag, Json, Noun, Opt, exclusive, target
from ..session.cloud import Cloud
from .lists import ALL_TENANTS_QUERY
from .members import members

CINDER = VOLUME_GROUP.service
TARGETS = Column("replication_targets", "Replication Targets")

group = Noun(
    VOLUME_GROUP,
    "Manage volume groups: volumes that are kept as of one moment.",
    columns=["id status name"],
    fields=[
        "id=ID, status=Status, name=Name, description=Description, group_type=Group Type, volume_types=Volume Types",
        "availability_zone=Availability Zone, created_at=Created At, volumes=Volumes",
        "group_snapshot_id=Group Snapshot ID, source_group_id=Source Group ID",
    ],
    in_order=True,
)
group.list(ALL_TENANTS_QUERY)
members(group)


def sourced(values: Json) -> None:
    """Refuse to make a group of nothing or of two things."""
    given = {key for key, value in values.items() if value not in (None, ())}
    if "old_group_type" in given and given & {"volume_group_type", "source_group", "group_snapshot"}:
        raise click.UsageError("A volume group type is given twice, or beside what it does not go with.")
    if given >= {"old_volume_types", "volume_type"}:
        raise click.UsageError("Volume types are given in two ways; give them by --volume-type.")
    if given & {"source_group", "group_snapshot"}:
        return
    if not given & {"old_group_type", "volume_group_type"}:
        raise OstkError("Say what to make it of.", "Give --volume-group-type, --source-group or --group-snapshot.")
    if not given & {"old_volume_types", "volume_type"}:
        raise OstkError("The types of the volumes in it are missing.", "Give --volume-type.")


@group.shower(
    "create",
    Arg("old_group_type", required=False, ref=VOLUME_GROUP_TYPE, key="group_type", metavar="[VOLUME_GROUP_TYPE]"),
    Arg("old_volume_types", nargs=-1, ref=VOLUME_TYPE, key="volume_types", metavar="[VOLUME_TYPE...]"),
    exclusive(
        Opt("--volume-group-type", "Its volume group type.", ref=VOLUME_GROUP_TYPE, key="group_type"),
        Opt("--source-group", "Volume group to copy.", ref=VOLUME_GROUP, since="3.14"),
        Opt("--group-snapshot", "Snapshot to fill it from.", ref=VOLUME_GROUP_SNAPSHOT, since="3.14"),
    ),
    Opt("--volume-type", "Type of volumes in it; may be repeated.", multiple=True, ref=VOLUME_TYPE, key="volume_types"),
    Opt("--name", "Its name."),
    DESCRIPTION,
    Opt("--availability-zone", "Availability zone to keep it in."),
    validate=sourced,
)
def create(cloud: Cloud, body: Json) -> Json:
    """Create a volume group."""
    if "group_type" in body:
        made = cloud.create(VOLUME_GROUP, body)
    else:
        if body.pop("availability_zone", None):
            OstkError("--availability-zone does nothing without --volume-group-type.").show()
        path, content = VOLUME_GROUP.at("action"), {"create-from-src": body}
        reply = cloud.call(CINDER, "POST", path, json=content, microversion=VOLUME_GROUP.microversion)
        made = cloud.unwrap(VOLUME_GROUP, reply)
    with after(f"The volume group was created ({made['id']})"):
        return cloud.fetch(VOLUME_GROUP, made["id"])


@group.shower(
    "show",
    Arg("group", names=VOLUME_GROUP, not_sent=True),
    Opt("--volumes/--no-volumes", "Whether to show the volumes in it.", not_sent=True, since="3.25"),
    Opt(
        "--replication-targets/--no-replication-targets",
        "Whether to show where it is replicated to.",
        not_sent=True,
        since="3.38",
    ),
    also=[TARGETS],
)
def show(cloud: Cloud, values: Json) -> tuple[list[Column], Json]:
    """Show a volume group."""
    query = {"list_volume": "True"} if values["volumes"] else {}
    item = cloud.get(VOLUME_GROUP, values["group"], query)
    if query and "volumes" not in item:  # it was asked for by its ID
        item = cloud.fetch(VOLUME_GROUP, item["id"], query)
    if not values["replication_targets"]:
        return group.fields, item
    try:
        return [*group.fields, TARGETS], item | cloud.act(VOLUME_GROUP, item["id"], "list_replication_targets", {})
    except BadRequest as error:  # it is not replicated
        error.show()
        return group.fields, item


@group.shower(
    "set",
    Arg("group", names=VOLUME_GROUP, not_sent=True),
    NAME,
    DESCRIPTION,
    exclusive(
        Flag("--enable-replication", "Have it replicated.", since="3.38"),
        Flag("--disable-replication", "Have it replicated no more.", since="3.38"),
    ),
)
def change(cloud: Cloud, group: str, body: Json, enable_replication: bool, disable_replication: bool) -> Json:
    """Change a volume group."""
    item = cloud.get(VOLUME_GROUP, group)
    if enable_replication or disable_replication:
        cloud.act(VOLUME_GROUP, item["id"], f"{'enable' if enable_replication else 'disable'}_replication", {})
    if body:
        cloud.update(VOLUME_GROUP, item["id"], body)
    return {**item, **body}


@group.each("delete", Flag("--force", "With the volumes in them."))
def delete(cloud: Cloud, volume_group: str, force: bool) -> None:
    """Delete volume groups."""
    cloud.act(VOLUME_GROUP, cloud.find(VOLUME_GROUP, volume_group), "delete", {"delete-volumes": force})


@group.action(
    "failover",
    target(VOLUME_GROUP, "group"),
    Opt("--allow-attached-volume/--disallow-attached-volume", "Whether volumes in it may be attached.", default=False),
    Opt("--secondary-backend-id", "ID of the backend to use in its place."),
    since="3.38",
)
def failover(cloud: Cloud, group: str, body: Json) -> None:
    """Have the replicas of a volume group take over."""
    cloud.act(VOLUME_GROUP, group, "failover_replication", body)
