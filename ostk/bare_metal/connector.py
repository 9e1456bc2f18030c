"""Volume connectors: what a storage system knows a node by."""

from ..api.bare_metal import NODE, VOLUME_CONNECTOR
from ..language import Opt
from .changes import EXTRA, UNSET_EXTRA
from .verbs import add_delete, add_list, add_set, add_show, add_unset, described

connector = described(
    VOLUME_CONNECTOR,
    "Manage volume connectors of bare metal nodes.",
    "uuid node_uuid type connector_id extra created_at updated_at",
    "uuid node_uuid type connector_id",
)
TYPES = "ip iqn mac port portgroup wwnn wwpn"


def content(required: bool) -> list[Opt]:
    """Return the options for the fields of a volume connector."""
    return [
        Opt("--node", "Node of the volume connector.", ref=NODE, key="node_uuid", required=required),
        Opt("--type", "Type of the volume connector.", choices=TYPES, required=required),
        Opt("--connector-id", "ID of the volume connector, e.g. an IQN or a MAC address.", required=required),
        EXTRA,
    ]


add_list(connector, Opt("--node", "Filter by node.", names=NODE))
add_show(connector)
connector.create(
    content(required=True),
    Opt("--uuid", "UUID of the volume connector."),
    help="Create a volume connector of a node that is powered off.",
)
add_set(connector, content(required=False))
add_unset(connector, UNSET_EXTRA)
add_delete(connector)
