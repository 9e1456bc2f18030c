"""Volume attachments: Cinder's records of the connection of a volume to a server and a host (API 3.27 and later)."""

from itertools import islice

from ..api.block_storage import VOLUME, VOLUME_ATTACHMENT
from ..api.compute import SERVER
from ..errors import OstkError
from ..language import PAGES, Arg, Cloud, Items, Json, Noun, Opt, Value, target
from ..owner import ADMIN_PROJECT_FILTER
from ..render.format import DICT
from ..session.paging import Markers
from .list_options import ALL_PROJECTS, of_all_tenants

CONNECTOR = {
    "--initiator": "Initiator name (IQN) of the host, for iSCSI.",
    "--ip": "IP address of the host.",
    "--host": "Name of the host.",
    "--platform": "CPU architecture of the host, e.g. x86_64.",
    "--os-type": "Operating system of the host, e.g. linux.",
    "--multipath/--no-multipath": "Enable or disable multipath I/O.",
    "--mountpoint": "Device of the volume in the server, e.g. /dev/vdb.",
}


def connector_options(needs: str = "") -> list[Opt]:
    """Return the options for the connector: the host that a volume is connected to."""
    keys = {flags: flags.split("/")[0].removeprefix("--").replace("-", "_") for flags in CONNECTOR}
    return [Opt(flags, help, key=f"connector.{keys[flags]}", needs=needs) for flags, help in CONNECTOR.items()]


attachment = Noun(
    VOLUME_ATTACHMENT,
    "Manage volume attachments.",
    columns=["id, volume_id=Volume ID, instance=Server ID, status"],
    fields=[
        "id=ID, volume_id=Volume ID, instance=Instance ID, status=Status, attach_mode=Attach Mode",
        "attached_at=Attached At, detached_at=Detached At, connection_info=Properties",
    ],
    formats={"connection_info": DICT},
    in_order=True,
)
MAX_PAGE_SIZE = 1000  # Cinder's default of osapi_max_limit


@attachment.lister(
    "list",
    ADMIN_PROJECT_FILTER,
    ALL_PROJECTS,
    Opt("--volume-id", "Filter by volume ID."),
    Opt("--server-id", "Filter by server ID.", key="instance_id"),
    Opt("--status", "Filter by status, e.g. attached."),
    PAGES,
)
def list_attachments(cloud: Cloud, body: Json, values: Json, result_limit: int | None) -> Items:
    """List volume attachments."""
    return islice(attachment_pages(cloud, of_all_tenants(body, values)), result_limit)


def attachment_pages(cloud: Cloud, query: Json) -> Items:
    """Yield the attachments of all pages.

    Cinder's answer to GET /attachments/detail has no `attachments_links`, so the next page is requested with the ID
    of the last attachment as marker, until a page is not full.
    """
    markers = Markers([query.get("marker")])
    while True:
        page = list(cloud.pages(VOLUME_ATTACHMENT, query))
        yield from page
        if not page or len(page) < min(query.get("limit") or MAX_PAGE_SIZE, MAX_PAGE_SIZE):
            return
        query = {**query, "marker": markers.advance(page[-1]["id"])}


attachment.show()
attachment.delete()


def validate_server(values: Json) -> None:
    """Raise OstkError if there is no server."""
    if not values["server"] and not values["old_server"]:
        raise OstkError("A volume attachment needs a server.", "Give --server.")


attachment.create(
    Arg("volume", "Volume to attach.", ref=VOLUME, key="volume_uuid"),
    Arg(
        "old_server",
        "Server to attach the volume to (deprecated; see --server).",
        required=False,
        ref=SERVER,
        key="instance_uuid",
        metavar="[SERVER]",
    ),
    Value("--connect/--no-connect", "Connect the volume to a host, or only reserve the volume."),
    connector_options(needs="--connect"),
    Opt("--server", "Server to attach the volume to.", ref=SERVER, key="instance_uuid"),
    Opt("--mode", "Access mode of the attachment: rw or ro.", since="3.54"),
    help="Create a volume attachment in Cinder only; 'server add volume' attaches a volume to a server.",
    defaults={"connector": {}},
    validate=validate_server,
)


@attachment.shower("set", target(VOLUME_ATTACHMENT, "attachment"), connector_options())
def set_connector(cloud: Cloud, attachment: str, body: Json) -> Json:
    """Update the connector of a volume attachment: the host that the volume is connected to."""
    return cloud.update(VOLUME_ATTACHMENT, attachment, {"connector": {}, **body}) or {}


@attachment.action("complete", target(VOLUME_ATTACHMENT, "attachment"), since="3.44")
def complete(cloud: Cloud, attachment: str) -> None:
    """Complete a volume attachment: mark the volume as in use."""
    cloud.act(VOLUME_ATTACHMENT, attachment, "os-complete", {})
