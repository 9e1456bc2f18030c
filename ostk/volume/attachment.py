"""Volume attachments: what Cinder knows of volumes at servers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from ..api.block_storage import VOLUME, VOLUME_ATTACHMENT
from ..api.compute import SERVER
from ..errors import OstkError
from ..language import PAGES, Arg, Json, Noun, Opt, target
from ..owner import OF_PROJECT
from ..render.format import DICT
from ..session.cloud import Cloud
from ..session.paging import Markers
from .lists import ALL_PROJECTS, widen

CONNECTOR = [
    Opt("--initiator", "IQN of the host.", key="connector.initiator"),
    Opt("--ip", "IP address of the host.", key="connector.ip"),
    Opt("--host", "Name of the host.", key="connector.host"),
    Opt("--platform", "Architecture of the host, such as x86_64.", key="connector.platform"),
    Opt("--os-type", "Operating system of the host, such as linux.", key="connector.os_type"),
    Opt("--multipath/--no-multipath", "Whether it has several ways there.", key="connector.multipath"),
    Opt("--mountpoint", "Where the volume is seen, such as /dev/vdb.", key="connector.mountpoint"),
]

attachment = Noun(
    VOLUME_ATTACHMENT,
    "Manage attachments: what Cinder knows of volumes at servers.",
    columns=["id, volume_id=Volume ID, instance=Server ID, status"],
    fields=[
        "id=ID, volume_id=Volume ID, instance=Instance ID, status=Status, attach_mode=Attach Mode",
        "attached_at=Attached At, detached_at=Detached At, connection_info=Properties",
    ],
    formats={"connection_info": DICT},
    in_order=True,
)
MAX_NAMES = 1000  # of them Cinder tells at once, unless it is set up otherwise


@attachment.lister(
    "list",
    OF_PROJECT,
    ALL_PROJECTS,
    Opt("--volume-id", "Only those of this volume, by ID."),
    Opt("--server-id", "Only those of this server, by ID.", key="instance_id"),
    Opt("--status", "Only those in this state."),
    PAGES,
)
def list_attachments(cloud: Cloud, body: Json, values: Json, result_limit: int | None) -> Iterator[Json]:
    """List volume attachments."""
    widen(body, values)
    return islice(every(cloud, body), result_limit)


def every(cloud: Cloud, query: Json) -> Iterator[Json]:
    """Return all attachments that a query finds: Cinder does not name the next page of this list."""
    markers = Markers([query.get("marker")])
    while True:
        found = list(cloud.pages(VOLUME_ATTACHMENT, query))
        yield from found
        if not found or len(found) < min(query.get("limit") or MAX_NAMES, MAX_NAMES):
            return
        query = {**query, "marker": markers.advance(found[-1]["id"])}


attachment.show()
attachment.delete()


def connected(values: Json) -> None:
    """Refuse an attachment to nothing, and to tell of a host that nothing is connected to."""
    if not values["server"] and not values["old_server"]:
        raise OstkError("Give the server that it is for: --server.")
    told = [one.opts[0] for one in CONNECTOR if values[one.name or ""]]
    if told and not values["connect"]:
        raise OstkError(f"{told[0]} needs --connect.")


attachment.create(
    Arg("volume", ref=VOLUME, key="volume_uuid"),
    Arg("old_server", required=False, ref=SERVER, key="instance_uuid", metavar="[SERVER]"),
    Opt("--connect/--no-connect", "Whether to connect it to a host.", not_sent=True),
    CONNECTOR,
    Opt("--server", "Server it is for.", ref=SERVER, key="instance_uuid"),
    Opt("--mode", "How it may be used: rw or ro.", since="3.54"),
    help="Have Cinder know of a volume at a server; see also server add volume.",
    defaults={"connector": {}},
    validate=connected,
)


@attachment.shower("set", target(VOLUME_ATTACHMENT, "attachment"), CONNECTOR)
def change(cloud: Cloud, attachment: str, body: Json) -> Json:
    """Tell where the volume of an attachment is connected to."""
    return cloud.update(VOLUME_ATTACHMENT, attachment, {"connector": {}, **body}) or {}


@attachment.action("complete", target(VOLUME_ATTACHMENT, "attachment"), since="3.44")
def complete(cloud: Cloud, attachment: str) -> None:
    """Say that the volume of an attachment is there."""
    cloud.act(VOLUME_ATTACHMENT, attachment, "os-complete", {})
