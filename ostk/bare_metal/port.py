"""Ports: the network interfaces of nodes."""

from __future__ import annotations

from ..api.bare_metal import BARE_METAL_PORT, NODE, PORT_GROUP
from ..language import DESCRIPTION, Arg, Flag, Json, Noun, Opt
from ..render.format import Format, dict_text
from ..session.cloud import Cloud
from . import changes
from .changes import EXTRA, UNSET_EXTRA, change, key_values, removed
from .fields import Rows, argument, call, columns, fetch, fetch_by_address, fields_option, list_all, list_options

FIELDS = (
    "uuid address created_at extra node_uuid category vendor local_link_connection portgroup_uuid pxe_enabled "
    "physical_network updated_at internal_info is_smartnic name"
)
port = Noun(
    BARE_METAL_PORT, "Manage ports of bare metal nodes: network interfaces.", fields=columns(FIELDS), in_order=True
)
LISTED = columns(FIELDS, {"extra": Format(dict_text)})
PORT_GROUP_OPTION = Opt("--port-group", "Port group of the port.", ref=PORT_GROUP, key="portgroup_uuid")
LINK = key_values("--local-link-connection", "Connection to a switch (switch_id, port_id).")
CONTENT = [
    EXTRA,
    PORT_GROUP_OPTION,
    LINK,
    Opt("--physical-network", "Physical network of the port."),
    Opt("--is-smartnic", "The port belongs to a smart NIC.", value=True),
    Opt("--name", "Name of the port."),
    DESCRIPTION,
    Opt("--vendor", "Vendor of the port."),
    Opt("--category", "Category of the port."),
]


@port.lister(
    "list",
    Opt("--address", "Filter by MAC address."),
    Opt("--node", "Filter by node.", names=NODE),
    Opt("--port-group", "Filter by port group.", key="portgroup", names=PORT_GROUP),
    list_options(FIELDS),
    columns=LISTED[:2],
    also=LISTED,
)
def list_ports(cloud: Cloud, body: Json, values: Json) -> Rows:
    """List ports of bare metal nodes."""
    return list_all(cloud, BARE_METAL_PORT, body, values, "uuid address", LISTED, "/ports/detail")


@port.shower(
    "show",
    argument(BARE_METAL_PORT, "port", "Port (name or UUID)."),
    Flag("--address", "PORT is the MAC address of the port."),
    fields_option(FIELDS),
    fields=[],
)
def show(cloud: Cloud, port: str, address: bool, fields: tuple[str, ...]) -> Json:
    """Show a port of a bare metal node."""
    if address:
        return fetch_by_address(cloud, BARE_METAL_PORT, port, fields)
    return fetch(cloud, BARE_METAL_PORT, port, fields)


@port.shower(
    "create",
    Arg("address", "MAC address."),
    Opt("--node", "Node of the port.", ref=NODE, key="node_uuid", required=True),
    Opt("--uuid", "UUID of the port."),
    Opt("--pxe-enabled", "Whether the node boots by PXE from the port (default: true).", type=bool),
    CONTENT,
)
def create(cloud: Cloud, body: Json) -> Json:
    """Create a port of a bare metal node."""
    found: Json = call(cloud, "POST", BARE_METAL_PORT.path, json=body)
    return found


@port.action(
    "set",
    argument(BARE_METAL_PORT, "port", "Port (name or UUID)."),
    Opt("--node", "Node of the port.", ref=NODE, key="node_uuid"),
    Opt("--address", "MAC address."),
    Opt("--pxe-enabled/--pxe-disabled", "Let the node boot by PXE from the port, or not.", key="pxe_enabled"),
    CONTENT,
)
def set_port(cloud: Cloud, port: str, body: Json) -> None:
    """Update a port of a bare metal node."""
    change(cloud, BARE_METAL_PORT, port, body)


@port.action(
    "unset",
    argument(BARE_METAL_PORT, "port", "Port (name or UUID)."),
    UNSET_EXTRA,
    Opt("--local-link-connection", "Key of the connection to a switch to remove.", multiple=True),
    removed("--port-group", "Remove the port from the port group.", "portgroup_uuid"),
    removed("--physical-network", "Remove the physical network."),
    Opt("--is-smartnic", "The port belongs to no smart NIC.", value=False),
    removed("--name", "Remove the name."),
    removed("--description", "Remove the description."),
    removed("--vendor", "Remove the vendor."),
    removed("--category", "Remove the category."),
)
def unset(cloud: Cloud, port: str, body: Json) -> None:
    """Unset fields of a port of a bare metal node."""
    change(cloud, BARE_METAL_PORT, port, body)


@port.each("delete")
def delete(cloud: Cloud, bare_metal_port: str) -> None:
    """Delete ports of bare metal nodes."""
    # Ironic takes the name of a port in GET and PATCH, but only the UUID in DELETE.
    changes.delete(cloud, BARE_METAL_PORT, bare_metal_port, cloud.find(BARE_METAL_PORT, bare_metal_port))
