"""Share group snapshots: consistent snapshots of all shares of a group."""

from collections.abc import Iterable, Sequence

from ..api.shared_file_system import SHARE_GROUP, SHARE_GROUP_SNAPSHOT
from ..language import ALL_FIELDS_IN_API_ORDER, LIMIT, WAIT, Arg, Cloud, Column, Flag, Json, Noun, Opt, Wait
from ..language.sort_keys import sort_items
from .field_options import FORCE_DELETE, clear_name_options, name_options, rename_options, reset_status_option
from .list_options import ALL_PROJECTS, MARKER, NAME_FILTER, SORT, STATUS_FILTER, add_project_column

snapshot = Noun(
    SHARE_GROUP_SNAPSHOT,
    "Manage share group snapshots.",
    columns=["id name status description"],
    long=["created_at share_group_id"],
    hidden=["project_id"],
    fields=[ALL_FIELDS_IN_API_ORDER, Column("members", hidden=True)],
)


@snapshot.lister(
    "list",
    ALL_PROJECTS,
    NAME_FILTER,
    STATUS_FILTER,
    Opt("--share-group", "Filter by share group.", ref=SHARE_GROUP),
    LIMIT,
    MARKER,
    SORT,
    Flag("--detailed long", "Show more columns."),
    also=["project_id"],
)
def list_snapshots(
    cloud: Cloud, body: Json, sort: list[tuple[str, bool]], columns: Sequence[Column], result_limit: int | None
) -> tuple[list[Column], Iterable[Json]]:
    """List share group snapshots."""
    found = cloud.pages(SHARE_GROUP_SNAPSHOT, body, limit=result_limit)
    return add_project_column(columns, body), sort_items(found, sort)


snapshot.show()
snapshot.create(
    Arg("share_group", "Share group.", ref=SHARE_GROUP),
    name_options("share group snapshot"),
    WAIT,
    wait=Wait("available"),
)
snapshot.set(rename_options("share group snapshot"), reset_status_option("share group snapshot"))
snapshot.unset(
    clear_name_options("share group snapshot", value=""),
    help="Remove the name or description of a share group snapshot.",
)
snapshot.delete(FORCE_DELETE, WAIT, wait=Wait("deleted"))


@snapshot.lister(
    "members list",
    Arg("share_group_snapshot", "Share group snapshot.", names=SHARE_GROUP_SNAPSHOT),
    columns=["share_id size"],
)
def list_members(cloud: Cloud, share_group_snapshot: str) -> Iterable[Json]:
    """List the members of a share group snapshot: the shares, and the sizes of the snapshots in GiB."""
    found: list[Json] = cloud.get(SHARE_GROUP_SNAPSHOT, share_group_snapshot)["members"]
    return found
