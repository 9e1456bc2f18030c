"""Volume snapshots: what a volume held at one moment."""

from __future__ import annotations

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
    Column,
    Flag,
    Json,
    Noun,
    Opt,
    properties,
)
from ..owner import OF_PROJECT
from ..render.format import DICT
from ..session.cloud import Cloud
from . import metadata
from .lists import ALL_PROJECTS, names, read_as, widen
from .options import SNAPSHOT_STATES as STATES

CINDER = VOLUME_SNAPSHOT.service

snapshot = Noun(
    VOLUME_SNAPSHOT,
    "Manage volume snapshots: what volumes held at one moment.",
    columns=["id name description status size"],
    long=["created_at volume_id=Volume metadata=Properties"],
    fields=["created_at description id metadata=properties name size status volume_id"],
    formats={"metadata": DICT},
)


@snapshot.lister(
    "list",
    ALL_PROJECTS,
    OF_PROJECT,
    LONG,
    Opt("--name", "Only those of this name."),
    Opt("--status", "Only those in this state.", choices=STATES),
    Opt("--volume", "Only those of this volume.", ref=VOLUME),
    PAGE_SIZE,
    MARKER,
    MAX_ITEMS,
)
def list_snapshots(
    cloud: Cloud, body: Json, values: Json, columns: Sequence[Column], result_limit: int | None
) -> tuple[list[Column], Iterator[Json]]:
    """List volume snapshots."""
    widen(body, values)
    return read_as(columns, "volume_id", names(cloud, VOLUME)), cloud.pages(VOLUME_SNAPSHOT, body, limit=result_limit)


snapshot.show()


@snapshot.shower(
    "create",
    Arg("name", metavar="SNAPSHOT_NAME"),
    Opt("--volume", "Volume to keep; by default the one named like it.", names=VOLUME, not_sent=True),
    DESCRIPTION,
    Flag("--force", "Even if the volume is attached to a server."),
    metadata.NEW,
    properties("Where its backend has it: KEY=VALUE; repeatable.", "--remote-source", not_sent=True),
)
def create(cloud: Cloud, body: Json, values: Json) -> Json:
    """Keep what a volume holds now."""
    body["volume_id"] = cloud.find(VOLUME, values["volume"] or body["name"])
    path = VOLUME_SNAPSHOT.path
    if values["remote_source"]:
        body["ref"] = dict(values["remote_source"])
        path = "/manageable_snapshots" if cloud.supports(CINDER, "3.8") else "/os-snapshot-manage"
    elif values["force"] and not cloud.supports(CINDER, "3.66", VOLUME_SNAPSHOT.microversion):
        body["force"] = True  # later versions do not need it; the version that is sent counts, not the newest one
    return cloud.create(VOLUME_SNAPSHOT, body, path)


snapshot.set(
    NAME,
    DESCRIPTION,
    metadata.SET,
    Opt("--state", "State to set it to by hand.", choices=STATES, key="status", action="os-reset_status"),
)
snapshot.unset(metadata.UNSET)


def ways(values: Json) -> None:
    """Refuse to be rid of a snapshot and to leave it to its backend."""
    if values["remote"] and values["force"]:
        raise OstkError("--remote excludes --force.")


@snapshot.each(
    "delete",
    Flag("--force", "Whatever state it is in."),
    Flag("--remote", "Forget it, and leave it to its backend."),
    validate=ways,
)
def delete(cloud: Cloud, volume_snapshot: str, force: bool, remote: bool) -> None:
    """Delete volume snapshots."""
    id = cloud.find(VOLUME_SNAPSHOT, volume_snapshot)
    if force or remote:
        cloud.act(VOLUME_SNAPSHOT, id, "os-force_delete" if force else "os-unmanage")
    else:
        cloud.delete(VOLUME_SNAPSHOT, id)
