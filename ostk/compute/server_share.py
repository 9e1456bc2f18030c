"""Share attachments of servers: shared file systems that the guest mounts by virtiofs."""

from ..api.compute import SERVER, SERVER_SHARE
from ..api.shared_file_system import SHARE
from ..language import Arg, Cloud, Column, Items, Json, Noun, Opt, Resource, Wait, target

COLUMNS = "share_id=Share ID, status=Status, tag=Tag"
FIELDS = ["export_location=Export Location, uuid=UUID, " + COLUMNS]

share = Noun(SERVER_SHARE, "Show share attachments of servers.", columns=[COLUMNS], fields=FIELDS)
server = Noun(SERVER_SHARE, "Manage servers.", fields=share.fields)


def shares_of(cloud: Cloud, server: str) -> Resource:
    """Return the share attachments of a server as a resource type.

    Raises:
        OstkError: The compute API is older than 2.97.
    """
    cloud.require(SERVER_SHARE.service, SERVER_SHARE.microversion, "a share of a server")
    return SERVER_SHARE.under(server)


def visible_fields(item: Json) -> tuple[list[Column], Json]:
    """Return the fields of a share attachment; the UUID and export location are in the response for admins only."""
    return share.fields if item.get("uuid") else share.columns, item


@share.lister("list", target(SERVER))
def list_shares(cloud: Cloud, server: str) -> Items:
    """List the shares of a server."""
    return cloud.pages(shares_of(cloud, server))


@share.shower("show", target(SERVER), target(SHARE))
def show_share(cloud: Cloud, server: str, share: str) -> tuple[list[Column], Json]:
    """Show a share of a server."""
    return visible_fields(cloud.fetch(shares_of(cloud, server), share))


@server.shower(
    "add share",
    target(SERVER),
    Arg("share", "Share to attach.", ref=SHARE, key="share_id"),
    Opt("--tag", "Device tag to mount the share by in the guest, the virtiofs tag (default: the share ID)."),
    wait=Wait("active inactive", parent="server"),
)
def add_share(cloud: Cloud, server: str, body: Json) -> tuple[list[Column], Json]:
    """Attach a share to a server."""
    return visible_fields(cloud.create(shares_of(cloud, server), body))


@server.action("remove share", target(SERVER), target(SHARE), wait=Wait("deleted", parent="server"))
def remove_share(cloud: Cloud, server: str, share: str) -> str:
    """Detach a share from a server."""
    cloud.delete(shares_of(cloud, server), share)
    return share
