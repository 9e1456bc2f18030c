"""Ports: the network interfaces of nodes."""

from ..api.bare_metal import BARE_METAL_PORT, NODE, PORT_GROUP
from ..language import DESCRIPTION, Arg, Cloud, Flag, Opt
from ..render.format import Format, dict_text
from . import changes
from .changes import EXTRA, UNSET_EXTRA, key_values, keys_option, removals, removed
from .verbs import add_list, add_set, add_show, add_unset, described

port = described(
    BARE_METAL_PORT,
    "Manage ports of bare metal nodes: network interfaces.",
    "uuid address created_at extra node_uuid category vendor local_link_connection portgroup_uuid pxe_enabled "
    "physical_network updated_at internal_info is_smartnic name",
    "uuid address",
)
CONTENT = [
    EXTRA,
    Opt("--port-group", "Port group of the port.", ref=PORT_GROUP, key="portgroup_uuid"),
    key_values("--local-link-connection", "Local link connection (switch_id, port_id, switch_info)."),
    Opt("--physical-network", "Physical network of the port."),
    Opt("--is-smartnic", "Mark the port as a Smart NIC port.", value=True),
    Opt("--name", "Name of the port."),
    DESCRIPTION,
    Opt("--vendor", "Vendor of the port."),
    Opt("--category", "Category of the port."),
]
ONE = "a port of a bare metal node"
add_list(
    port,
    Opt("--address", "Filter by MAC address."),
    Opt("--node", "Filter by node.", names=NODE),
    Opt("--port-group", "Filter by port group.", key="portgroup", names=PORT_GROUP),
    help="List ports of bare metal nodes.",
    detail="/ports/detail",
    formats={"extra": Format(dict_text)},
)
add_show(port, Flag("--address", "BARE_METAL_PORT is the MAC address of the port."), help=f"Show {ONE}.")
port.create(
    Arg("address", "MAC address."),
    Opt("--node", "Node of the port.", ref=NODE, key="node_uuid", required=True),
    Opt("--uuid", "UUID of the port."),
    Opt("--pxe-enabled", "Enable PXE boot from the port (default: true).", type=bool),
    CONTENT,
    help=f"Create {ONE}.",
)
add_set(
    port,
    Opt("--node", "Node of the port.", ref=NODE, key="node_uuid"),
    Opt("--address", "MAC address."),
    Opt("--pxe-enabled/--pxe-disabled", "Enable or disable PXE boot from the port.", key="pxe_enabled"),
    CONTENT,
    help=f"Update {ONE}.",
)
add_unset(
    port,
    UNSET_EXTRA,
    keys_option("--local-link-connection", "the local link connection"),
    removed("--port-group", "Remove the port from the port group.", "portgroup_uuid"),
    removals("physical network"),
    Opt("--is-smartnic", "Clear the Smart NIC flag of the port.", value=False),
    removals("name", "description", "vendor", "category"),
    help=f"Unset fields of {ONE}.",
)


@port.each("delete")
def delete(cloud: Cloud, bare_metal_port: str) -> None:
    """Delete ports of bare metal nodes."""
    # Ironic takes the name of a port in GET and PATCH, but only the UUID in DELETE.
    changes.delete(cloud, BARE_METAL_PORT, bare_metal_port, cloud.find(BARE_METAL_PORT, bare_metal_port))
