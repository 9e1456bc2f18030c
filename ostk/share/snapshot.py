"""Share snapshots: what shares held at one moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..api.shared_file_system import SHARE, SHARE_SNAPSHOT, SHARE_SNAPSHOT_EXPORT_LOCATION
from ..language import ALL_FIELDS_IN_API_ORDER, WAIT, Arg, Column, Json, Noun, Opt, Wait, properties
from ..session.cloud import Cloud
from .change import DISPLAYED, NEW, STATES, by_hand, emptied
from .lists import ALL_PROJECTS, COUNTED, HELD, LIMIT, MARKER, NAMED, SORT, STATUS, countable, in_order, with_project
from .lists import count as tell_count
from .locations import LOCATED, located
from .metadata import setting, unsetting
from .wait import FORCE, gone, made
from .wait import delete as remove

MANAGED, PROPERTIES = "2.12", "2.73"

snapshot = Noun(
    SHARE_SNAPSHOT,
    "Manage share snapshots: what shares held at one moment.",
    columns=["id name"],
    long=["status description created_at size share_id share_proto share_size user_id"],
    hidden=["project_id"],
    fields=LOCATED,
)


@snapshot.lister(
    "list",
    ALL_PROJECTS,
    NAMED,
    STATUS,
    Opt("--share", "Only those of this share.", ref=SHARE),
    Opt("--usage", "Only those that shares were made from, or not.", choices="used unused"),
    LIMIT,
    MARKER,
    SORT,
    Opt("--detail long", "Show more columns.", is_flag=True, not_sent=True, default=False),
    HELD,
    COUNTED,
    validate=countable,
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
        tell_count(cloud, SHARE_SNAPSHOT, body, "snapshots")
    return with_project(columns, body), in_order(cloud.pages(SHARE_SNAPSHOT, body, limit=result_limit), sort)


snapshot.show(prepare=located(SHARE_SNAPSHOT_EXPORT_LOCATION))
snapshot.create(
    Arg("share", ref=SHARE),
    Opt("--force", "Even if the share is busy.", is_flag=True),
    NEW,
    WAIT,
    properties("Property to give it; may be repeated.", key="metadata", since=PROPERTIES),
    wait=Wait("available"),
)
snapshot.set(
    DISPLAYED, by_hand(f"{STATES} manage_starting manage_error unmanage_starting unmanage_error"), setting(PROPERTIES)
)
snapshot.unset(emptied("display_"), unsetting(PROPERTIES))


@snapshot.each("delete", FORCE)
def delete(cloud: Cloud, share_snapshot: str, force: bool, wait: bool) -> None:
    """Delete share snapshots."""
    remove(cloud, SHARE_SNAPSHOT, share_snapshot, force, wait)


@snapshot.shower(
    "adopt",
    Arg("share", ref=SHARE),
    Arg("provider_location"),
    NEW,
    properties("What the driver is told: KEY=VALUE; repeatable.", "--driver-option", key="driver_options"),
    WAIT,
    since=MANAGED,
    fields=[ALL_FIELDS_IN_API_ORDER],
)
def adopt(cloud: Cloud, body: Json, wait: bool) -> Json:
    """Have a snapshot that a backend has of a share managed."""
    item = cloud.create(SHARE_SNAPSHOT, body, path=f"{SHARE_SNAPSHOT.path}/manage")
    return made(cloud, SHARE_SNAPSHOT, item) if wait else item


@snapshot.each("abandon", WAIT, since=MANAGED)
def abandon(cloud: Cloud, share_snapshot: str, wait: bool) -> None:
    """Manage share snapshots no more; their backends keep them."""
    id = cloud.find(SHARE_SNAPSHOT, share_snapshot)
    cloud.act(SHARE_SNAPSHOT, id, "unmanage")
    if wait:
        gone(cloud, SHARE_SNAPSHOT, id)
