"""Shares of servers: file systems that they see."""

from __future__ import annotations

from typing import Any

from ..kinds import SERVER, SHARE
from ..language import Arg, Column, Json, Noun, Opt, target
from ..session.cloud import Cloud

SINCE = "2.97"
TARGET = target(SHARE)
PLAIN = [Column("share_id", "Share ID"), Column("status", "Status"), Column("tag", "Tag")]
FIELDS = [Column("export_location", "Export Location"), *PLAIN, Column("uuid", "UUID")]

share = Noun(SHARE, "See the shares that servers have.", columns=PLAIN, fields=FIELDS)
server = Noun(SERVER, "Manage servers.")


def call(cloud: Cloud, method: str, server: str, *id: str, **content: Any) -> Any:
    """Ask for something about the shares of a server, or about one of them."""
    cloud.require(SERVER.service, SINCE, "a share of a server")
    return cloud.call(SERVER.service, method, SERVER.at(server, "shares", *id), microversion=SINCE, **content)


def whole(reply: Any) -> tuple[list[Column], Json]:
    """A share of a server; only administrators are told its UUID and where it is exported."""
    item = reply["share"]
    return FIELDS if item.get("uuid") else PLAIN, item


@share.lister("list", target(SERVER))
def list_shares(cloud: Cloud, server: str) -> Any:
    """List the shares of a server."""
    return call(cloud, "GET", server)["shares"]


@share.shower("show", target(SERVER), TARGET)
def show_share(cloud: Cloud, server: str, share: str) -> tuple[list[Column], Json]:
    """Show a share of a server."""
    return whole(call(cloud, "GET", server, share))


@server.shower(
    "add share",
    target(SERVER),
    Arg("share", ref=SHARE, key="share_id"),
    Opt("--tag", "Word the server mounts it by."),
    fields=FIELDS,
)
def add_share(cloud: Cloud, server: str, body: Json) -> tuple[list[Column], Json]:
    """Let a server see a share."""
    return whole(call(cloud, "POST", server, json={"share": body}))


@server.action("remove share", target(SERVER), TARGET)
def remove_share(cloud: Cloud, server: str, share: str) -> None:
    """Let a server see a share no more."""
    call(cloud, "DELETE", server, share)
