"""Shares of servers: file systems that they see."""

from __future__ import annotations

from collections.abc import Iterator

from ..api.compute import SERVER, SERVER_SHARE
from ..api.shared_file_system import SHARE
from ..language import Arg, Column, Json, Noun, Opt, Resource, target
from ..session.cloud import Cloud

PLAIN = "share_id=Share ID, status=Status, tag=Tag"
FIELDS = ["export_location=Export Location, uuid=UUID, " + PLAIN]

share = Noun(SERVER_SHARE, "See the shares that servers have.", columns=[PLAIN], fields=FIELDS)
server = Noun(SERVER, "Manage servers.", fields=FIELDS)


def under(cloud: Cloud, server: str) -> Resource:
    """The shares of a server, where Nova knows of any."""
    cloud.require(SERVER_SHARE.service, SERVER_SHARE.microversion, "a share of a server")
    return SERVER_SHARE.under(server)


def whole(item: Json) -> tuple[list[Column], Json]:
    """A share of a server; only administrators are told its UUID and where it is exported."""
    return share.fields if item.get("uuid") else share.columns, item


@share.lister("list", target(SERVER))
def list_shares(cloud: Cloud, server: str) -> Iterator[Json]:
    """List the shares of a server."""
    return cloud.pages(under(cloud, server))


@share.shower("show", target(SERVER), target(SHARE))
def show_share(cloud: Cloud, server: str, share: str) -> tuple[list[Column], Json]:
    """Show a share of a server."""
    return whole(cloud.fetch(under(cloud, server), share))


@server.shower(
    "add share", target(SERVER), Arg("share", ref=SHARE, key="share_id"), Opt("--tag", "Word the server mounts it by.")
)
def add_share(cloud: Cloud, server: str, body: Json) -> tuple[list[Column], Json]:
    """Let a server see a share."""
    return whole(cloud.create(under(cloud, server), body))


@server.action("remove share", target(SERVER), target(SHARE))
def remove_share(cloud: Cloud, server: str, share: str) -> None:
    """Let a server see a share no more."""
    cloud.delete(under(cloud, server), share)
