"""Port groups: ports of a node that are bonded."""

from ..api.bare_metal import NODE, PORT_GROUP
from ..language import Flag, Opt, exclusive
from .changes import EXTRA, UNSET_EXTRA, UNSET_PROPERTY, key_values, removals
from .verbs import add_delete, add_list, add_set, add_show, add_unset, described

group = described(
    PORT_GROUP,
    "Manage port groups of bare metal nodes: bonds.",
    "uuid address created_at extra standalone_ports_supported node_uuid name updated_at internal_info mode properties "
    "physical_network category",
    "uuid address name",
)
STANDALONE = "standalone_ports_supported"
CONTENT = [
    Opt("--address", "MAC address."),
    Opt("--name", "Name of the port group."),
    EXTRA,
    Opt("--mode", "Mode of the bond, e.g. active-backup or 802.3ad."),
    key_values("--property", "Properties of the bond.", "properties"),
    *exclusive(
        Opt(
            "--support-standalone-ports",
            "Allow ports of the group to be used as standalone ports.",
            key=STANDALONE,
            value=True,
        ),
        Opt(
            "--unsupport-standalone-ports",
            "Do not allow ports of the group to be used as standalone ports.",
            key=STANDALONE,
            value=False,
        ),
    ),
    Opt("--physical-network", "Physical network of the port group."),
    Opt("--category", "Category of the port group."),
]
add_list(
    group,
    Opt("--address", "Filter by MAC address."),
    Opt("--node", "Filter by node.", names=NODE),
    Opt("--shards", "Filter by shards of the nodes.", key="shard", greedy="+", convert=",".join, metavar="SHARD..."),
    detail="/portgroups/detail",
)
add_show(group, Flag("--address", "PORT_GROUP is the MAC address of the port group."), dropped=["ports"])
group.create(
    Opt("--node", "Node of the port group.", ref=NODE, key="node_uuid", required=True),
    Opt("--uuid", "UUID of the port group."),
    CONTENT,
)
add_set(group, Opt("--node", "Node of the port group.", ref=NODE, key="node_uuid"), CONTENT)
add_unset(group, removals("name", "address"), UNSET_EXTRA, UNSET_PROPERTY, removals("physical network", "category"))
add_delete(group)
