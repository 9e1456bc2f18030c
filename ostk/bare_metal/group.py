"""Port groups: ports of a node that are bonded."""

from __future__ import annotations

from ..api.bare_metal import NODE, PORT_GROUP
from ..language import Flag, Json, Noun, Opt, exclusive
from ..session.cloud import Cloud
from . import changes
from .changes import EXTRA, UNSET_EXTRA, change, key_values, removed
from .fields import Rows, argument, call, columns, fetch, fetch_by_address, fields_option, list_all, list_options, some

FIELDS = (
    "uuid address created_at extra standalone_ports_supported node_uuid name updated_at internal_info mode properties "
    "physical_network category"
)
DETAILED = columns(FIELDS)
STANDALONE = "standalone_ports_supported"
group = Noun(PORT_GROUP, "Manage port groups of bare metal nodes: bonds.", fields=DETAILED, in_order=True)
CONTENT = [
    Opt("--address", "MAC address."),
    Opt("--name", "Name of the port group."),
    EXTRA,
    Opt("--mode", "Mode of the bond, e.g. active-backup or 802.3ad."),
    key_values("--property", "Properties of the bond.", "properties"),
    *exclusive(
        Opt("--support-standalone-ports", "Let ports of the group be used alone.", key=STANDALONE, value=True),
        Opt("--unsupport-standalone-ports", "Let no port of the group be used alone.", key=STANDALONE, value=False),
    ),
    Opt("--physical-network", "Physical network of the port group."),
    Opt("--category", "Category of the port group."),
]


@group.lister(
    "list",
    Opt("--address", "Filter by MAC address."),
    Opt("--node", "Filter by node.", names=NODE),
    Opt("--shards", "Filter by shards of the nodes.", key="shard", greedy="+", convert=",".join, metavar="SHARD..."),
    list_options(FIELDS),
    columns=some(DETAILED, "uuid address name"),
    also=DETAILED,
)
def list_groups(cloud: Cloud, body: Json, values: Json) -> Rows:
    """List port groups."""
    return list_all(cloud, PORT_GROUP, body, values, "uuid address name", DETAILED, "/portgroups/detail")


@group.shower(
    "show",
    argument(PORT_GROUP),
    Flag("--address", "PORT_GROUP is the MAC address of the port group."),
    fields_option(FIELDS),
    fields=[],
)
def show(cloud: Cloud, port_group: str, address: bool, fields: tuple[str, ...]) -> Json:
    """Show a port group."""
    if address:
        return fetch_by_address(cloud, PORT_GROUP, port_group, fields, ["ports"])
    return fetch(cloud, PORT_GROUP, port_group, fields, ["ports"])


@group.shower(
    "create",
    Opt("--node", "Node of the port group.", ref=NODE, key="node_uuid", required=True),
    Opt("--uuid", "UUID of the port group."),
    CONTENT,
)
def create(cloud: Cloud, body: Json) -> Json:
    """Create a port group."""
    found: Json = call(cloud, "POST", PORT_GROUP.path, json=body)
    return found


@group.action("set", argument(PORT_GROUP), Opt("--node", "Node of the port group.", ref=NODE, key="node_uuid"), CONTENT)
def set_group(cloud: Cloud, port_group: str, body: Json) -> None:
    """Update a port group."""
    change(cloud, PORT_GROUP, port_group, body)


@group.action(
    "unset",
    argument(PORT_GROUP),
    removed("--name", "Remove the name."),
    removed("--address", "Remove the MAC address."),
    UNSET_EXTRA,
    Opt("--property", "Key of the properties to remove.", key="properties", multiple=True),
    removed("--physical-network", "Remove the physical network."),
    removed("--category", "Remove the category."),
)
def unset(cloud: Cloud, port_group: str, body: Json) -> None:
    """Unset fields of a port group."""
    change(cloud, PORT_GROUP, port_group, body)


@group.each("delete")
def delete(cloud: Cloud, port_group: str) -> None:
    """Delete port groups."""
    changes.delete(cloud, PORT_GROUP, port_group)
