"""Share snapshots: point-in-time copies of shares."""

from collections.abc import Iterable, Sequence

from ..api.shared_file_system import SHARE, SHARE_SNAPSHOT, SHARE_SNAPSHOT_EXPORT_LOCATION
from ..language import ALL_FIELDS_IN_API_ORDER, LIMIT, WAIT, Arg, Cloud, Column, Flag, Json, Noun, Opt, Wait, properties
from ..language.sort_keys import sort_items
from .export_location_details import FIELDS_WITH_EXPORT_LOCATIONS, add_export_locations
from .field_options import (
    FORCE_DELETE,
    RESET_STATUSES,
    clear_name_options,
    name_options,
    rename_options,
    reset_status_option,
)
from .list_options import (
    ALL_PROJECTS,
    COUNT_TOTAL,
    MARKER,
    NAME_FILTERS,
    PROPERTY_FILTER,
    SORT,
    STATUS_FILTER,
    add_project_column,
    print_total,
    validate_count,
)
from .metadata import new_property_option, set_property_option, unset_property_option

MANAGE_SINCE, PROPERTIES_SINCE = "2.12", "2.73"
MANAGE_STATUSES = "manage_starting manage_error unmanage_starting unmanage_error"

snapshot = Noun(
    SHARE_SNAPSHOT,
    "Manage share snapshots.",
    columns=["id name"],
    long=["status description created_at size share_id share_proto share_size user_id"],
    hidden=["project_id"],
    fields=FIELDS_WITH_EXPORT_LOCATIONS,
)


@snapshot.lister(
    "list",
    ALL_PROJECTS,
    NAME_FILTERS,
    STATUS_FILTER,
    Opt("--share", "Filter by share.", ref=SHARE),
    Opt("--usage", "Filter by whether shares were created from the snapshot.", choices="used unused"),
    LIMIT,
    MARKER,
    SORT,
    Flag("--detail long", "Show more columns."),
    PROPERTY_FILTER,
    COUNT_TOTAL,
    validate=validate_count,
    also=["project_id"],
)
def list_snapshots(
    cloud: Cloud,
    body: Json,
    count: bool,
    sort: list[tuple[str, bool]],
    columns: Sequence[Column],
    result_limit: int | None,
) -> tuple[list[Column], Iterable[Json]]:
    """List share snapshots."""
    if count:
        print_total(cloud, SHARE_SNAPSHOT, body, "snapshots")
    found = cloud.pages(SHARE_SNAPSHOT, body, limit=result_limit)
    return add_project_column(columns, body), sort_items(found, sort)


snapshot.show(prepare=add_export_locations(SHARE_SNAPSHOT_EXPORT_LOCATION))
snapshot.create(
    Arg("share", "Share to create a snapshot of.", ref=SHARE),
    Opt("--force", "Create the snapshot even if the share is busy.", is_flag=True),
    name_options("share snapshot"),
    WAIT,
    new_property_option(PROPERTIES_SINCE),
    wait=Wait("available"),
)
snapshot.set(
    rename_options("share snapshot", "display_"),
    reset_status_option("share snapshot", f"{RESET_STATUSES} {MANAGE_STATUSES}"),
    set_property_option(PROPERTIES_SINCE),
)
snapshot.unset(
    clear_name_options("share snapshot", "display_"),
    unset_property_option(PROPERTIES_SINCE),
    help="Remove properties, the name or the description of a share snapshot.",
)
snapshot.delete(FORCE_DELETE, WAIT, wait=Wait("deleted"))


@snapshot.shower(
    "adopt",
    Arg("share", "Share of the snapshot.", ref=SHARE),
    Arg("provider_location", "Provider location of the snapshot on the backend."),
    name_options("share snapshot"),
    properties("Driver option: KEY=VALUE.", "--driver-option", key="driver_options"),
    WAIT,
    since=MANAGE_SINCE,
    fields=[ALL_FIELDS_IN_API_ORDER],
    wait=Wait("available"),
)
def adopt(cloud: Cloud, body: Json) -> Json:
    """Manage a share snapshot that exists on a backend (admin only)."""
    return cloud.create(SHARE_SNAPSHOT, body, path=f"{SHARE_SNAPSHOT.path}/manage")


@snapshot.each("abandon", WAIT, since=MANAGE_SINCE, wait=Wait("deleted"))
def abandon(cloud: Cloud, share_snapshot: str) -> str:
    """Unmanage share snapshots: remove the records, keep the snapshots on the backend (admin only)."""
    id = cloud.find(SHARE_SNAPSHOT, share_snapshot)
    cloud.act(SHARE_SNAPSHOT, id, "unmanage")
    return id
