"""Share servers: what serves shares in a share network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..api.shared_file_system import SHARE_NETWORK, SHARE_SERVER
from ..language import ALL_FIELDS_IN_API_ORDER, WAIT, Arg, Flag, Json, Noun, Opt, properties, target
from ..owner import OF_PROJECT
from ..session.cloud import Cloud
from .lists import STATUS
from .wait import gone, settled

MANILA, VERSION = SHARE_SERVER.service, SHARE_SERVER.microversion
OWN = ("host", "status", "source_share_server_id", "identifier")  # what a list goes by that is a server's own

server = Noun(
    SHARE_SERVER,
    "Manage share servers: what serves shares in a share network.",
    columns=["id host status share_network_id project_id"],
    fields=[ALL_FIELDS_IN_API_ORDER],
)


@server.lister(
    "list",
    Opt("--host", "Only those on this host: host@backend."),
    STATUS,
    Opt("--share-network", "Only those in this share network.", ref=SHARE_NETWORK),
    OF_PROJECT,
    Opt(
        "--share-network-subnet",
        "Only those in this subnet of one, by ID.",
        key="share_network_subnet_id",
        since="2.51",
    ),
    Opt("--source-share-server-id", "Only those moved from this one, by ID.", since="2.57"),
    Opt("--identifier", "Only the one that its backend calls so.", since="2.49"),
)
def list_servers(cloud: Cloud, body: Json) -> Iterator[Json]:
    """List share servers."""
    # Manila looks for what is a server's own in its share network, once it goes by that as well.
    own = {key: body.pop(key) for key in OWN if key in body} if body.keys() - set(OWN) else {}
    found = cloud.pages(SHARE_SERVER, body)
    return (one for one in found if all(one.get(key) == value for key, value in own.items()))


def shown(item: Json) -> Json:
    """A share server; what its backend tells of it comes last."""
    details = {f"details:{key}": held for key, held in item.pop("backend_details", {}).items()}
    return {**item, **details}


@server.shower("show", Arg("share_server", names=SHARE_SERVER, not_sent=True))
def show(cloud: Cloud, share_server: str) -> Json:
    """Show a share server."""
    return shown(cloud.get(SHARE_SERVER, share_server))


@server.action(
    "set",
    target(SHARE_SERVER),
    Opt("--status", "State to set it to by hand; active unless given.", default="active", not_sent=True),
    Opt("--task-state", "Task to set it to; none unless given.", greedy=True, not_sent=True),
    since="2.49",
)
def change(cloud: Cloud, share_server: str, status: str, task_state: tuple[str, ...] | None) -> None:
    """Set the state of a share server and its task by hand."""
    task = next(iter(task_state or ()), "none")
    if status:
        cloud.act(SHARE_SERVER, share_server, "reset_status", {"status": status})
    cloud.act(SHARE_SERVER, share_server, "reset_task_state", {"task_state": None if task.lower() == "none" else task})


@server.shower(
    "adopt",
    Arg("host"),
    Arg("share_network", ref=SHARE_NETWORK),
    Arg("identifier"),
    properties("Option for the driver; may be repeated.", "--driver-options"),
    Opt("--share-network-subnet", "Subnet of the share network, by ID.", key="share_network_subnet_id", since="2.51"),
    WAIT,
    since="2.49",
)
def adopt(cloud: Cloud, body: Json, wait: bool) -> Json:
    """Have Manila look after a share server that a backend has already."""
    content: Any = {SHARE_SERVER.one: {"driver_options": {}, **body}}
    reply = cloud.call(MANILA, "POST", SHARE_SERVER.at("manage"), json=content, microversion=VERSION)
    item = cloud.unwrap(SHARE_SERVER, reply)
    if wait:
        return shown(settled(cloud, SHARE_SERVER, item["id"], "active"))
    return {key: held for key, held in item.items() if key != "backend_details"}


@server.each("abandon", Flag("--force", "Even if it cannot be let go of."), WAIT)
def abandon(cloud: Cloud, share_server: str, force: bool, wait: bool) -> None:
    """Let share servers be: Manila looks after them no more."""
    id = cloud.find(SHARE_SERVER, share_server)
    cloud.act(SHARE_SERVER, id, "unmanage", {"force": force})
    if wait:
        gone(cloud, SHARE_SERVER, id)


@server.each("delete", WAIT)
def delete(cloud: Cloud, share_server: str, wait: bool) -> None:
    """Delete share servers."""
    id = cloud.find(SHARE_SERVER, share_server)
    cloud.delete(SHARE_SERVER, id)
    if wait:
        gone(cloud, SHARE_SERVER, id)
