"""Servers: attach and detach volumes, networks, ports, fixed and floating IPs, and security groups."""

from collections.abc import Sequence

from ..api.block_storage import VOLUME
from ..api.compute import SERVER, SERVER_INTERFACE, SERVER_VOLUME
from ..api.network import FLOATING_IP, NETWORK, PORT, SECURITY_GROUP
from ..errors import HTTPNotFound, OstkError, PartialFailure
from ..language import Arg, Cloud, Column, Json, Noun, Opt, Wait, target
from ..language.waiting import FULL_WAIT
from ..record import replace
from ..render.format import LIST_OF_DICTS
from .server_wait import failure_reason

TAG = Opt("--tag", "Device tag, exposed by the metadata service.", since="2.49")
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
INTERFACE_FIELDS = server.fields


def is_attached(item: Json, values: Json) -> bool:
    """Return whether a volume is attached to the server."""
    return any(attachment.get("server_id") == values["server"] for attachment in item.get("attachments") or ())


def still_attached(item: Json, values: Json) -> str:
    """Return that a volume is still attached to the server, "" if it is not."""
    return f"is still attached to the server {values['server']}" if is_attached(item, values) else ""


def not_attached(item: Json, values: Json) -> str:
    """Return that a volume was not attached to the server, "" if it was."""
    return "" if is_attached(item, values) else f"was not attached to the server {values['server']}"


def no_longer_attaching(item: Json, values: Json) -> bool:
    """Return whether an attachment is complete or given up; a volume of several servers is in use before."""
    return is_attached(item, values) or item.get("status") == "available"


ATTACHED = Wait("in-use available", resource=VOLUME, id="volumeId", ready=no_longer_attaching, problem=not_attached)
DETACHED = Wait("available in-use", resource=VOLUME, problem=still_attached)


@server.shower(
    "add volume",
    target(SERVER),
    Arg("volume", "Volume to attach.", ref=VOLUME, key="volumeId"),
    Opt("--device", "Device name in the guest, e.g. /dev/vdb (default: chosen by the hypervisor)."),
    TAG,
    Opt(
        "--enable-delete-on-termination/--disable-delete-on-termination",
        "Delete or keep the volume when the server is deleted.",
        key="delete_on_termination",
        since="2.79",
    ),
    fields=[
        "id=ID, serverId=Server ID, volumeId=Volume ID",
        "device=Device, tag=Tag, delete_on_termination=Delete On Termination",
    ],
    wait=ATTACHED,
)
def add_volume(cloud: Cloud, server: str, body: Json) -> Json:
    """Attach a volume to a server."""
    return cloud.create(SERVER_VOLUME.under(server), body)


@server.action("remove volume", target(SERVER), target(VOLUME), wait=DETACHED)
def remove_volume(cloud: Cloud, server: str, volume: str) -> str:
    """Detach a volume from a server."""
    cloud.delete(SERVER_VOLUME.under(server), volume)
    return volume


def attach_interface(cloud: Cloud, server: str, body: Json, wait: bool) -> Json:
    """Create an interface of a server; with `wait`, poll its port until the port is ACTIVE."""
    interface = cloud.create(SERVER_INTERFACE.under(server), body)
    # Nova answers before the network agent has connected the port; the port of a server that does not run stays DOWN.
    if wait and cloud.fetch(SERVER, server).get("status") == "ACTIVE":
        cloud.wait(PORT, cloud.fetch(PORT, interface["port_id"]), "ACTIVE")
    return interface


@server.action(
    "add network",
    target(SERVER),
    Arg("network", "Network to attach the server to.", ref=NETWORK, key="net_id"),
    TAG,
    FULL_WAIT,
)
def add_network(cloud: Cloud, server: str, body: Json, wait: bool) -> None:
    """Attach a server to a network: create a port and attach the port."""
    attach_interface(cloud, server, body, wait)


@server.action("add port", target(SERVER), Arg("port", "Port to attach.", ref=PORT), TAG, FULL_WAIT)
def add_port(cloud: Cloud, server: str, body: Json, wait: bool) -> None:
    """Attach a port to a server."""
    attach_interface(cloud, server, body, wait)


def failed_detachment(cloud: Cloud, values: Json) -> str:
    """Return why the detachment of a port failed, which is the last action of the server; "" if it did not."""
    return failure_reason(cloud, values["server"])


REMOVED = Wait("deleted", resource=SERVER_INTERFACE, parent="server", reason=failed_detachment)


@server.action("remove port", target(SERVER), target(PORT), wait=REMOVED)
def remove_port(cloud: Cloud, server: str, port: str) -> str:
    """Detach a port from a server."""
    cloud.delete(SERVER_INTERFACE.under(server), port)
    return port


@server.action("remove network", target(SERVER), target(NETWORK), wait=REMOVED)
def remove_network(cloud: Cloud, server: str, network: str) -> list[str]:
    """Detach a server from a network: detach all ports on the network."""
    interfaces = cloud.pages(SERVER_INTERFACE.under(server))
    ports = [interface["port_id"] for interface in interfaces if interface["net_id"] == network]
    return list(cloud.map_concurrent(lambda port: remove_port(cloud, server, port), ports))


def fixed_ips(address: str) -> list[Json]:
    """Return the fixed_ips field of a request for one IP address."""
    return [{"ip_address": address}]


@server.shower(
    "add fixed ip",
    target(SERVER),
    Arg("network", "Network of the fixed IP.", ref=NETWORK, key="net_id"),
    Opt(
        "--fixed-ip-address",
        "Fixed IP address (default: chosen by the network service).",
        key="fixed_ips",
        convert=fixed_ips,
    ),
    TAG,
    FULL_WAIT,
)
def add_fixed_ip(cloud: Cloud, server: str, body: Json, tag: str | None, wait: bool) -> tuple[list[Column], Json]:
    """Add a fixed IP to a server: create a port on a network and attach the port."""
    interface = attach_interface(cloud, server, body, wait)
    return INTERFACE_FIELDS if tag else INTERFACE_FIELDS[:-1], {**interface, "server_id": server}


@server.action(
    "remove fixed ip",
    target(SERVER),
    Arg("ip_address", "Fixed IP address to remove.", key="address", metavar="IP-ADDRESS"),
    FULL_WAIT,
)
def remove_fixed_ip(cloud: Cloud, server: str, body: Json, wait: bool) -> None:
    """Remove a fixed IP from a server."""
    # Nova answers 202 whether or not the server has the address, and removed removeFixedIp in microversion 2.44.
    with cloud.force_send():
        item = cloud.fetch(SERVER, server)
    if item.get("addresses") is not None and body["address"] not in addresses(item):
        raise OstkError(f"The server {server} has no address {body['address']}.")
    cloud.act(replace(SERVER, microversion="2.43"), server, "removeFixedIp", body)
    if wait:
        cloud.poll(lambda: cloud.fetch(SERVER, server), lambda now: body["address"] not in addresses(now))


def addresses(server: Json) -> list[str]:
    """Return the addresses of a server."""
    return [address["addr"] for network in (server.get("addresses") or {}).values() for address in network]


FLOATING_IP_ARG = Arg("ip_address", "Floating IP address.", ref=FLOATING_IP, metavar="IP-ADDRESS", not_sent=True)


@server.action(
    "add floating ip",
    target(SERVER),
    FLOATING_IP_ARG,
    Opt("--fixed-ip-address", "Fixed IP address of the server to associate with the floating IP."),
)
def add_floating_ip(cloud: Cloud, server: str, ip_address: str, body: Json) -> None:
    """Associate a floating IP with a server."""
    ports = list(cloud.pages(PORT, {"device_id": server}))
    if not ports:
        raise OstkError("The server has no port to associate the floating IP with.")
    if address := body.get("fixed_ip_address"):
        ports = [port for port in ports for fixed_ip in port["fixed_ips"] if fixed_ip["ip_address"] == address]
        if not ports:
            raise OstkError(f"The server has no fixed IP address {address}.")
    for port in ports:
        try:
            cloud.update(FLOATING_IP, ip_address, {"port_id": port["id"], **body})
            return
        except HTTPNotFound:
            # Neutron answers PUT /floatingips/ID with 404 if no router connects the port's network to the
            # external network of the floating IP; another port of the server may be connected.
            if port is ports[-1]:
                raise


@server.action(
    "remove floating ip",
    Arg(
        "server", "Server of the floating IP; ignored, because IP-ADDRESS alone selects the floating IP.", not_sent=True
    ),
    FLOATING_IP_ARG,
)
def remove_floating_ip(cloud: Cloud, ip_address: str) -> None:
    """Disassociate a floating IP from a server."""
    cloud.update(FLOATING_IP, ip_address, {"port_id": None})


def add_security_group_command(verb: str, action: str, participle: str, help: str) -> None:
    """Add a command that adds security groups to a server or removes security groups from a server."""

    def run(cloud: Cloud, server: str, security_group: Sequence[str]) -> None:
        failed = 0
        for group in security_group:  # one after another: Nova reads and rewrites the whole list of the port
            try:
                cloud.act(SERVER, server, action, {"name": group})
            except OstkError as error:
                if len(security_group) == 1:
                    raise
                failed += 1
                OstkError(f"Security group {group!r} was not {participle}: {error.message}", error.hint).show()
        if failed:
            raise PartialFailure(f"{failed} of {len(security_group)} security groups were not {participle}.")

    groups = Arg(
        "security_group",
        f"Security groups to {verb}.",
        names=SECURITY_GROUP,
        nargs=-1,
        required=True,
        metavar="SECURITY-GROUP...",
    )
    server.action(f"{verb} security group", target(SERVER), groups, help=help)(run)


add_security_group_command("add", "addSecurityGroup", "added", "Add security groups to a server.")
add_security_group_command("remove", "removeSecurityGroup", "removed", "Remove security groups from a server.")
