"""What is attached to servers: volumes, networks, ports, addresses, security groups."""

from __future__ import annotations

from collections.abc import Sequence

from ..api.block_storage import VOLUME
from ..api.compute import SERVER, SERVER_INTERFACE, SERVER_VOLUME
from ..api.network import FLOATING_IP, NETWORK, PORT
from ..errors import HTTPNotFound, OstkError, PartialFailure
from ..language import Arg, Column, Json, Noun, Opt, target
from ..record import replace
from ..render.format import LIST_OF_DICTS
from ..session.cloud import Cloud

TAG = Opt("--tag", "Tag that tells the server which one it is.", since="2.49")
server = Noun(
    SERVER,
    "Manage servers.",
    fields=[
        "port_id=Port ID, server_id=Server ID, net_id=Network ID, mac_addr=MAC Address, port_state=Port State",
        "fixed_ips=Fixed IPs, tag=Tag",
    ],
    formats={"fixed_ips": LIST_OF_DICTS},
    since={"tag": "2.49", "delete_on_termination": "2.79"},
    in_order=True,
)
INTERFACE = server.fields


@server.shower(
    "add volume",
    target(SERVER),
    Arg("volume", ref=VOLUME, key="volumeId"),
    Opt("--device", "Name of the device, such as /dev/vdb."),
    TAG,
    Opt(
        "--enable-delete-on-termination/--disable-delete-on-termination",
        "Whether the volume is deleted with the server.",
        key="delete_on_termination",
        since="2.79",
    ),
    fields=[
        "id=ID, serverId=Server ID, volumeId=Volume ID",
        "device=Device, tag=Tag, delete_on_termination=Delete On Termination",
    ],
)
def add_volume(cloud: Cloud, server: str, body: Json) -> Json:
    """Attach a volume to a server."""
    return cloud.create(SERVER_VOLUME.under(server), body)


@server.action("remove volume", target(SERVER), target(VOLUME))
def remove_volume(cloud: Cloud, server: str, volume: str) -> None:
    """Detach a volume from a server."""
    cloud.delete(SERVER_VOLUME.under(server), volume)


@server.action("add network", target(SERVER), Arg("network", ref=NETWORK, key="net_id"), TAG)
def add_network(cloud: Cloud, server: str, body: Json) -> None:
    """Connect a server to a network."""
    cloud.create(SERVER_INTERFACE.under(server), body)


@server.action("add port", target(SERVER), Arg("port", ref=PORT), TAG)
def add_port(cloud: Cloud, server: str, body: Json) -> None:
    """Give a server a port."""
    cloud.create(SERVER_INTERFACE.under(server), body)


@server.action("remove port", target(SERVER), target(PORT))
def remove_port(cloud: Cloud, server: str, port: str) -> None:
    """Take a port from a server."""
    cloud.delete(SERVER_INTERFACE.under(server), port)


@server.action("remove network", target(SERVER), target(NETWORK))
def remove_network(cloud: Cloud, server: str, network: str) -> None:
    """Disconnect a server from a network."""
    found = cloud.pages(SERVER_INTERFACE.under(server))
    ports = [one["port_id"] for one in found if one["net_id"] == network]
    cloud.map_concurrent(lambda port: remove_port(cloud, server, port), ports)


def fixed(address: str) -> list[Json]:
    """An address as Nova takes it."""
    return [{"ip_address": address}]


@server.shower(
    "add fixed ip",
    target(SERVER),
    Arg("network", ref=NETWORK, key="net_id"),
    Opt("--fixed-ip-address", "Address to have; any unless given.", key="fixed_ips", convert=fixed),
    TAG,
)
def add_fixed_ip(cloud: Cloud, server: str, body: Json, tag: str) -> tuple[list[Column], Json]:
    """Give a server an address on a network."""
    made = cloud.create(SERVER_INTERFACE.under(server), body)
    return INTERFACE if tag else INTERFACE[:-1], {**made, "server_id": server}


@server.action("remove fixed ip", target(SERVER), Arg("ip_address", key="address", metavar="IP-ADDRESS"))
def remove_fixed_ip(cloud: Cloud, server: str, body: Json) -> None:
    """Take an address from a server."""
    # Nova answers 202 whether or not the server has the address, and has this action up to microversion 2.43 only.
    with cloud.force_send():
        networks = cloud.fetch(SERVER, server).get("addresses")
    if networks is not None and not any(one["addr"] == body["address"] for held in networks.values() for one in held):
        raise OstkError(f"The server {server} has no address {body['address']}.")
    cloud.act(replace(SERVER, microversion="2.43"), server, "removeFixedIp", body)


IP_ADDRESS = Arg("ip_address", ref=FLOATING_IP, metavar="IP-ADDRESS", not_sent=True)


@server.action(
    "add floating ip", target(SERVER), IP_ADDRESS, Opt("--fixed-ip-address", "Address of the server that it leads to.")
)
def add_floating_ip(cloud: Cloud, server: str, ip_address: str, body: Json) -> None:
    """Lead a floating IP to a server."""
    ports = list(cloud.pages(PORT, {"device_id": server}))
    if not ports:
        raise OstkError("The server has no port that a floating IP could lead to.")
    if wanted := body.get("fixed_ip_address"):
        ports = [port for port in ports for fixed in port["fixed_ips"] if fixed["ip_address"] == wanted]
        if not ports:
            raise OstkError(f"The server has no address {wanted}.")
    for port in ports:
        try:
            cloud.update(FLOATING_IP, ip_address, {"port_id": port["id"], **body})
            return
        except HTTPNotFound:
            # Neutron's word for a port whose network no router joins to the address's.
            if port is ports[-1]:
                raise


@server.action("remove floating ip", Arg("server", not_sent=True), IP_ADDRESS)
def remove_floating_ip(cloud: Cloud, ip_address: str) -> None:
    """Lead a floating IP to no server any more."""
    cloud.update(FLOATING_IP, ip_address, {"port_id": None})


def filtering(verb: str, action: str, done: str, help: str) -> None:
    """Add a verb that changes the security groups of a server."""

    def run(cloud: Cloud, server: str, security_group: Sequence[str]) -> None:
        failed = 0
        for group in security_group:  # not at once, for Nova rewrites the list of groups each time
            try:
                cloud.act(SERVER, server, action, {"name": group})
            except OstkError as error:
                if len(security_group) == 1:
                    raise
                failed += 1
                OstkError(f"Security group {group!r} was not {done}: {error.message}", error.hint).show()
        if failed:
            raise PartialFailure(f"{failed} of {len(security_group)} security groups were not {done}.")

    groups = Arg("security_group", nargs=-1, required=True, not_sent=True, metavar="SECURITY-GROUP...")
    server.action(f"{verb} security group", target(SERVER), groups, help=help)(run)


filtering("add", "addSecurityGroup", "added", "Filter a server's traffic by security groups too.")
filtering("remove", "removeSecurityGroup", "removed", "Filter a server's traffic by security groups no more.")
