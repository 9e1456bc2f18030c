"""Volume groups (generic volume groups): volumes whose snapshots and replication are managed together."""

import click

from ..api.block_storage import VOLUME_GROUP, VOLUME_GROUP_SNAPSHOT, VOLUME_GROUP_TYPE, VOLUME_TYPE
from ..errors import BadRequest, OstkError, after
from ..language import (
    DESCRIPTION,
    NAME,
    Arg,
    Cloud,
    Column,
    Flag,
    FullOpt,
    Json,
    Noun,
    Opt,
    Value,
    Wait,
    exclusive,
    target,
    without,
)
from .group_volumes import add_volume_verbs
from .list_options import ALL_TENANTS_QUERY

REPLICATION_TARGETS = Column("replication_targets", "Replication Targets")

group = Noun(
    VOLUME_GROUP,
    "Manage volume groups.",
    columns=["id status name"],
    fields=[
        "id=ID, status=Status, name=Name, description=Description, group_type=Group Type, volume_types=Volume Types",
        "availability_zone=Availability Zone, created_at=Created At, volumes=Volumes",
        "group_snapshot_id=Group Snapshot ID, source_group_id=Source Group ID",
    ],
    in_order=True,
)
group.list(ALL_TENANTS_QUERY)
add_volume_verbs(group)


def validate_source(values: Json) -> None:
    """Validate the options that say what a group is created from.

    Raises:
        click.UsageError: A group type or the volume types are given both as arguments and as options, or a group type
            beside a source.
        OstkError: There is neither a group type nor a source, or a group type without volume types.
    """
    given = {key for key, value in values.items() if value not in (None, ())}
    if "old_group_type" in given and given & {"volume_group_type", "source_group", "group_snapshot"}:
        raise click.UsageError(
            "The argument VOLUME_GROUP_TYPE excludes --volume-group-type, --source-group and --group-snapshot."
        )
    if given >= {"old_volume_types", "volume_type"}:
        raise click.UsageError("The argument VOLUME_TYPE and --volume-type exclude each other; use --volume-type.")
    if given & {"source_group", "group_snapshot"}:
        return
    if not given & {"old_group_type", "volume_group_type"}:
        raise OstkError(
            "The volume group type is missing.", "Give --volume-group-type, --source-group or --group-snapshot."
        )
    if not given & {"old_volume_types", "volume_type"}:
        raise OstkError("The volume types of the volume group are missing.", "Give --volume-type.")


@group.shower(
    "create",
    Arg(
        "old_group_type",
        "Volume group type (deprecated; see --volume-group-type).",
        required=False,
        ref=VOLUME_GROUP_TYPE,
        key="group_type",
        metavar="[VOLUME_GROUP_TYPE]",
    ),
    Arg(
        "old_volume_types",
        "Volume types that volumes in the group can have (deprecated; see --volume-type).",
        nargs=-1,
        ref=VOLUME_TYPE,
        key="volume_types",
        metavar="[VOLUME_TYPE...]",
    ),
    exclusive(
        Opt("--volume-group-type", "Volume group type.", ref=VOLUME_GROUP_TYPE, key="group_type"),
        Opt("--source-group", "Volume group to copy.", ref=VOLUME_GROUP, since="3.14"),
        Opt(
            "--group-snapshot",
            "Volume group snapshot to create the group from.",
            ref=VOLUME_GROUP_SNAPSHOT,
            since="3.14",
        ),
    ),
    Opt("--volume-type...", "Volume type that volumes in the group can have.", ref=VOLUME_TYPE, key="volume_types"),
    Opt("--name", "Name of the volume group."),
    DESCRIPTION,
    Opt("--availability-zone", "Availability zone of the volume group."),
    wait=Wait("available"),
    validate=validate_source,
)
def create(cloud: Cloud, body: Json) -> Json:
    """Create a volume group."""
    if "group_type" in body:
        item = cloud.create(VOLUME_GROUP, body)
    else:
        if body.get("availability_zone"):
            OstkError("--availability-zone is ignored without --volume-group-type.").show()
        content = {"create-from-src": without(body, "availability_zone")}
        reply = cloud.send(VOLUME_GROUP, "POST", "action", json=content)
        item = cloud.unwrap(VOLUME_GROUP, reply)
    with after(f"The volume group was created ({item['id']})"):
        return cloud.fetch(VOLUME_GROUP, item["id"])


@group.shower(
    "show",
    Arg("group", "Volume group.", names=VOLUME_GROUP),
    Value("--volumes/--no-volumes", "Show or hide the IDs of the volumes in the group.", since="3.25"),
    Value(
        "--replication-targets/--no-replication-targets",
        "Show or hide the replication targets of the group.",
        since="3.38",
    ),
    also=[REPLICATION_TARGETS],
)
def show(cloud: Cloud, values: Json) -> tuple[list[Column], Json]:
    """Show a volume group."""
    query = {"list_volume": "True"} if values["volumes"] else {}
    item = cloud.get(VOLUME_GROUP, values["group"], query)
    if query and "volumes" not in item:  # A look-up by ID, GET /groups/{id}, is sent without the query.
        item = cloud.fetch(VOLUME_GROUP, item["id"], query)
    if not values["replication_targets"]:
        return group.fields, item
    try:
        targets = cloud.act(VOLUME_GROUP, item["id"], "list_replication_targets", {})
    except BadRequest as error:  # Cinder answers 400 for a group that is not replicated.
        error.show()
        return group.fields, item
    return [*group.fields, REPLICATION_TARGETS], item | targets


@group.shower(
    "set",
    Arg("group", "Volume group.", names=VOLUME_GROUP),
    NAME,
    DESCRIPTION,
    exclusive(
        Flag("--enable-replication", "Enable replication of the group.", since="3.38"),
        Flag("--disable-replication", "Disable replication of the group.", since="3.38"),
    ),
    FullOpt(
        "--wait",
        "Wait until replication is enabled or disabled.",
        is_flag=True,
        not_sent=True,
        needs="--enable-replication --disable-replication",
    ),
    wait=Wait("enabled disabled", key="replication_status"),
)
def update(cloud: Cloud, group: str, body: Json, enable_replication: bool, disable_replication: bool) -> Json:
    """Update a volume group."""
    item = cloud.get(VOLUME_GROUP, group)
    if enable_replication or disable_replication:
        cloud.act(VOLUME_GROUP, item["id"], f"{'enable' if enable_replication else 'disable'}_replication", {})
    if body:
        cloud.update(VOLUME_GROUP, item["id"], body)
    return {**item, **body}


@group.each("delete", Flag("--force", "Delete all volumes in the group too. All data is lost."), wait=Wait("deleted"))
def delete(cloud: Cloud, volume_group: str, force: bool) -> str:
    """Delete volume groups."""
    id = cloud.find(VOLUME_GROUP, volume_group)
    cloud.act(VOLUME_GROUP, id, "delete", {"delete-volumes": force})
    return id


@group.action(
    "failover",
    target(VOLUME_GROUP, "group"),
    Opt(
        "--allow-attached-volume/--disallow-attached-volume",
        "Allow or forbid the failover while volumes are attached (default: forbid).",
        default=False,
    ),
    Opt("--secondary-backend-id", "ID of the backend to fail over to."),
    since="3.38",
    wait=Wait("failed-over enabled", key="replication_status"),
)
def failover(cloud: Cloud, group: str, body: Json) -> str:
    """Fail over a replicated volume group to another backend."""
    cloud.act(VOLUME_GROUP, group, "failover_replication", body)
    return group
