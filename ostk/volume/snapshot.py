"""Volume snapshots: point-in-time copies of volumes on the same backend."""

from collections.abc import Iterator, Sequence

from ..api.block_storage import VOLUME, VOLUME_SNAPSHOT
from ..errors import OstkError
from ..language import (
    DESCRIPTION,
    LONG,
    MARKER,
    MAX_ITEMS,
    NAME,
    PAGE_SIZE,
    Arg,
    Cloud,
    Column,
    Flag,
    Json,
    Noun,
    Opt,
    Value,
    Wait,
    properties,
)
from ..owner import ADMIN_PROJECT_FILTER
from ..render.format import DICT
from .list_options import ALL_PROJECTS, SNAPSHOT_STATES, name_lookup, of_all_tenants, with_format
from .metadata import CREATE_PROPERTIES, SET_PROPERTIES, UNSET_PROPERTIES

CINDER = VOLUME_SNAPSHOT.service

snapshot = Noun(
    VOLUME_SNAPSHOT,
    "Manage volume snapshots.",
    columns=["id name description status size"],
    long=["created_at volume_id=Volume metadata=Properties"],
    fields=["created_at description id metadata=properties name size status volume_id"],
    formats={"metadata": DICT},
)


@snapshot.lister(
    "list",
    ALL_PROJECTS,
    ADMIN_PROJECT_FILTER,
    LONG,
    Opt("--name", "Filter by name."),
    Opt("--status", "Filter by status.", choices=SNAPSHOT_STATES),
    Opt("--volume", "Filter by volume.", ref=VOLUME),
    PAGE_SIZE,
    MARKER,
    MAX_ITEMS,
)
def list_snapshots(
    cloud: Cloud, body: Json, values: Json, columns: Sequence[Column], result_limit: int | None
) -> tuple[list[Column], Iterator[Json]]:
    """List volume snapshots."""
    query = of_all_tenants(body, values)
    columns = with_format(columns, "volume_id", name_lookup(cloud, VOLUME))
    return columns, cloud.pages(VOLUME_SNAPSHOT, query, limit=result_limit)


snapshot.show()


@snapshot.shower(
    "create",
    Arg("name", "Name of the snapshot.", metavar="SNAPSHOT_NAME"),
    Value("--volume", "Volume to snapshot (default: SNAPSHOT_NAME).", names=VOLUME),
    DESCRIPTION,
    Flag("--force", "Allow a snapshot of a volume that is in use."),
    CREATE_PROPERTIES,
    properties(
        "Manage an existing snapshot of the backend: reference as KEY=VALUE, e.g. source-name=SNAPSHOT.",
        "--remote-source",
        not_sent=True,
        admin=True,
    ),
    wait=Wait("available"),
)
def create(cloud: Cloud, body: Json, values: Json) -> Json:
    """Create a volume snapshot."""
    sent = {**body, "volume_id": cloud.find(VOLUME, values["volume"] or body["name"])}
    path = VOLUME_SNAPSHOT.path
    if values["remote_source"]:
        sent["ref"] = dict(values["remote_source"])
        path = "/manageable_snapshots" if cloud.supports(CINDER, "3.8") else "/os-snapshot-manage"
    elif values["force"] and not cloud.supports(CINDER, "3.66", VOLUME_SNAPSHOT.microversion):
        # Since 3.66 Cinder takes snapshots of volumes in use without `force`. The microversion of this request counts
        # here, not the newest one that the service has.
        sent["force"] = True
    return cloud.create(VOLUME_SNAPSHOT, sent, path)


snapshot.set(
    NAME,
    DESCRIPTION,
    SET_PROPERTIES,
    Opt(
        "--state",
        "Reset the status of the snapshot, in Cinder's database only.",
        choices=SNAPSHOT_STATES,
        key="status",
        action="os-reset_status",
        admin=True,
    ),
)
snapshot.unset(UNSET_PROPERTIES)


def validate_unmanage(values: Json) -> None:
    """Raise OstkError if a snapshot is to be both unmanaged and deleted."""
    if values["remote"] and values["force"]:
        raise OstkError("--remote excludes --force.")


snapshot.delete(
    Flag("--force", "Delete the snapshot in any status.", action="os-force_delete", admin=True),
    Flag(
        "--remote",
        "Unmanage the snapshot: remove the record, keep the data on the backend.",
        action="os-unmanage",
        admin=True,
    ),
    wait=Wait("deleted"),
    validate=validate_unmanage,
)
