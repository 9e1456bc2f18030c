"""What is attached to servers: volumes, networks, ports, addresses, security groups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ..errors import NotFound, OstkError, PartialFailure
from ..kinds import FLOATING_IP, NETWORK, PORT, SERVER, VOLUME
from ..language import Arg, Column, Json, Noun, Opt, exclusive, target
from ..render.format import LIST_OF_DICTS
from ..session.cloud import Cloud, quote

NOVA = SERVER.service
TAG = Opt("--tag", "Tag that tells the server which one it is.", since="2.49")
ATTACHMENT = [
    Column("id", "ID"),
    Column("serverId", "Server ID"),
    Column("volumeId", "Volume ID"),
    Column("device", "Device"),
    Column("tag", "Tag", since="2.49"),
    Column("delete_on_termination", "Delete On Termination", since="2.79"),
]
INTERFACE = [
    Column("port_id", "Port ID"),
    Column("server_id", "Server ID"),
    Column("net_id", "Network ID"),
    Column("mac_addr", "MAC Address"),
    Column("port_state", "Port State"),
    Column("fixed_ips", "Fixed IPs", format=LIST_OF_DICTS),
]

server = Noun(SERVER, "Manage servers.")


def path(server: str, *more: str) -> str:
    """An address below that of a server."""
    return "/".join([SERVER.path, quote(server), *map(quote, more)])


@server.shower(
    "add volume",
    target(SERVER),
    Arg("volume", ref=VOLUME, key="volumeId"),
    Opt("--device", "Name of the device, such as /dev/vdb."),
    TAG,
    exclusive(
        Opt(
            "--enable-delete-on-termination",
            "Delete the volume with the server.",
            key="delete_on_termination",
            value=True,
            since="2.79",
        ),
        Opt(
            "--disable-delete-on-termination",
            "Keep the volume when the server is deleted.",
            key="delete_on_termination",
            value=False,
            since="2.79",
        ),
    ),
    fields=ATTACHMENT,
)
def add_volume(cloud: Cloud, server: str, body: Json) -> tuple[list[Column], Any]:
    """Attach a volume to a server."""
    content = {"volumeAttachment": body}
    reply = cloud.call(NOVA, "POST", path(server, "os-volume_attachments"), json=content, microversion="2.89")
    return ATTACHMENT, reply["volumeAttachment"]


@server.action("remove volume", target(SERVER), target(VOLUME))
def remove_volume(cloud: Cloud, server: str, volume: str) -> None:
    """Detach a volume from a server."""
    cloud.request(NOVA, "DELETE", path(server, "os-volume_attachments", volume), microversion="2.89")


def attach(cloud: Cloud, server: str, body: Json) -> Json:
    """Give a server another interface."""
    content = {"interfaceAttachment": body}
    reply = cloud.call(NOVA, "POST", path(server, "os-interface"), json=content, microversion="2.70")
    return {**reply["interfaceAttachment"], "server_id": server}


def detach(cloud: Cloud, server: str, port: str) -> None:
    """Take an interface from a server."""
    cloud.request(NOVA, "DELETE", path(server, "os-interface", port), microversion="2.70")


@server.action("add network", target(SERVER), Arg("network", ref=NETWORK, key="net_id"), TAG)
def add_network(cloud: Cloud, server: str, body: Json) -> None:
    """Connect a server to a network."""
    attach(cloud, server, body)


@server.action("remove network", target(SERVER), target(NETWORK))
def remove_network(cloud: Cloud, server: str, network: str) -> None:
    """Disconnect a server from a network."""
    interfaces = cloud.call(NOVA, "GET", path(server, "os-interface"), microversion="2.70")
    ports = [one["port_id"] for one in interfaces["interfaceAttachments"] if one["net_id"] == network]
    cloud.at_once(lambda port: detach(cloud, server, port), ports)


@server.action("add port", target(SERVER), Arg("port", ref=PORT), TAG)
def add_port(cloud: Cloud, server: str, body: Json) -> None:
    """Give a server a port."""
    attach(cloud, server, body)


@server.action("remove port", target(SERVER), target(PORT))
def remove_port(cloud: Cloud, server: str, port: str) -> None:
    """Take a port from a server."""
    detach(cloud, server, port)


@server.shower(
    "add fixed ip",
    target(SERVER),
    Arg("network", ref=NETWORK, key="net_id"),
    Opt(
        "--fixed-ip-address",
        "Address to have; any unless given.",
        key="fixed_ips",
        convert=lambda address: [{"ip_address": address}],
    ),
    TAG,
    fields=[*INTERFACE, Column("tag", "Tag")],
)
def add_fixed_ip(cloud: Cloud, server: str, body: Json, tag: str) -> tuple[list[Column], Json]:
    """Give a server an address on a network."""
    fields = [*INTERFACE, Column("tag", "Tag")] if tag else INTERFACE
    return fields, attach(cloud, server, body)


@server.action("remove fixed ip", target(SERVER), Arg("ip_address", key="address", metavar="IP-ADDRESS"))
def remove_fixed_ip(cloud: Cloud, server: str, body: Json) -> None:
    """Take an address from a server."""
    # Nova has this action up to microversion 2.43 only.
    cloud.call(NOVA, "POST", path(server, "action"), json={"removeFixedIp": body}, microversion="2.43")


@server.action(
    "add floating ip",
    target(SERVER),
    Arg("ip_address", ref=FLOATING_IP, metavar="IP-ADDRESS", local=True),
    Opt("--fixed-ip-address", "Address of the server that it leads to.", local=True),
)
def add_floating_ip(cloud: Cloud, server: str, ip_address: str, fixed_ip_address: str) -> None:
    """Lead a floating IP to a server."""
    ports = list(cloud.pages(PORT, {"device_id": server}))
    if not ports:
        raise OstkError("The server has no port that a floating IP could lead to.")
    body = {}
    if fixed_ip_address:
        body = {"fixed_ip_address": fixed_ip_address}
        addresses = [(port, fixed["ip_address"]) for port in ports for fixed in port["fixed_ips"]]
        ports = [port for port, address in addresses if address == fixed_ip_address]
        if not ports:
            raise OstkError(f"The server has no address {fixed_ip_address}.")
    *others, last = ports
    for port in others:
        try:
            cloud.update(FLOATING_IP, ip_address, {"port_id": port["id"], **body})
            return
        except NotFound:
            # Neutron's word for a port whose network no router joins to the address's.
            continue
    cloud.update(FLOATING_IP, ip_address, {"port_id": last["id"], **body})


@server.action(
    "remove floating ip",
    Arg("server", local=True),
    Arg("ip_address", ref=FLOATING_IP, metavar="IP-ADDRESS", local=True),
)
def remove_floating_ip(cloud: Cloud, ip_address: str) -> None:
    """Lead a floating IP to no server any more."""
    cloud.update(FLOATING_IP, ip_address, {"port_id": None})


GROUPS = Arg("security_group", nargs=-1, required=True, local=True, metavar="SECURITY-GROUP...")


@server.action("add security group", target(SERVER), GROUPS)
def add_security_group(cloud: Cloud, server: str, security_group: Sequence[str]) -> None:
    """Filter a server's traffic by security groups too."""
    one_by_one(lambda group: cloud.act(SERVER, server, "addSecurityGroup", {"name": group}), security_group, "added")


@server.action("remove security group", target(SERVER), GROUPS)
def remove_security_group(cloud: Cloud, server: str, security_group: Sequence[str]) -> None:
    """Filter a server's traffic by security groups no more."""
    one_by_one(
        lambda group: cloud.act(SERVER, server, "removeSecurityGroup", {"name": group}), security_group, "removed"
    )


def one_by_one(work: Callable[[str], object], groups: Sequence[str], done: str) -> None:
    """Do the same to each group: not at once, for Nova rewrites the list of groups each time."""
    failed = 0
    for group in groups:
        try:
            work(group)
        except OstkError as error:
            if len(groups) == 1:
                raise
            failed += 1
            OstkError(f"Security group {group!r} was not {done}: {error.message}", error.hint).show()
    if failed:
        raise PartialFailure(f"{failed} of {len(groups)} security groups were not {done}.")
