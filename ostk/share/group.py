"""Share groups: shares that are snapshotted together."""

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
from ..language import ALL_FIELDS_IN_API_ORDER, LIMIT, WAIT, Cloud, Column, Json, Noun, Opt, Value, Wait
from ..language.sort_keys import SortKeys, sort_items
from ..owner import ADMIN_PROJECT_FILTER
from ..render.format import LINES
from .field_options import FORCE_DELETE, clear_name_options, name_options, rename_options, reset_status_option
from .list_options import ALL_PROJECTS, MARKER, NAME_FILTERS, STATUS_FILTER, add_project_column, of_all_tenants

group = Noun(
    SHARE_GROUP,
    "Manage share groups.",
    columns=["id name status description"],
    hidden=["project_id"],
    fields=[ALL_FIELDS_IN_API_ORDER, "share_types"],
    formats={"share_types": LINES},
)


@group.lister(
    "list",
    ALL_PROJECTS,
    NAME_FILTERS,
    STATUS_FILTER,
    Opt("--share-server", "Filter by share server.", ref=SHARE_SERVER),
    Opt("--share-group-type", "Filter by share group type.", ref=SHARE_GROUP_TYPE),
    Opt(
        "--snapshot",
        "Filter by the share group snapshot that a group was created from.",
        ref=SHARE_GROUP_SNAPSHOT,
        key="source_share_group_snapshot_id",
    ),
    Opt("--host", "Filter by host."),
    Opt("--share-network", "Filter by share network.", ref=SHARE_NETWORK),
    ADMIN_PROJECT_FILTER,
    LIMIT,
    MARKER,
    Value("--sort", "Sort keys, e.g. name:desc (default: newest first).", type=SortKeys()),
    also=["project_id"],
)
def list_groups(
    cloud: Cloud, body: Json, sort: list[tuple[str, bool]] | None, columns: Sequence[Column], result_limit: int | None
) -> tuple[list[Column], Iterable[Json]]:
    """List share groups."""
    all_columns = add_project_column(columns, body)
    found = cloud.pages(SHARE_GROUP, of_all_tenants(body), limit=result_limit)
    return all_columns, sort_items(found, sort) if sort else found


group.show()


def validate_source(values: Json) -> None:
    """Raise OstkError for share types together with a snapshot, which determines the share types."""
    if values["share_types"] and values["source_share_group_snapshot"]:
        raise OstkError("--share-types and --source-share-group-snapshot exclude each other.")


group.create(
    name_options("share group"),
    Opt("--share-types", "Share types of the shares in the group.", ref=SHARE_TYPE, key="share_types", greedy="+"),
    Opt("--share-group-type", "Share group type.", ref=SHARE_GROUP_TYPE),
    Opt("--share-network", "Share network.", ref=SHARE_NETWORK),
    Opt("--source-share-group-snapshot", "Share group snapshot to create the group from.", ref=SHARE_GROUP_SNAPSHOT),
    Opt("--availability-zone", "Availability zone."),
    WAIT,
    wait=Wait("available"),
    validate=validate_source,
)
group.set(rename_options("share group"), reset_status_option("share group", statuses=""))
group.unset(clear_name_options("share group"), help="Remove the name or description of a share group.")
group.delete(FORCE_DELETE, WAIT, wait=Wait("deleted"))
