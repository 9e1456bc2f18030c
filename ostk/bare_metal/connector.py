"""Volume connectors: what a storage system knows a node by."""

from __future__ import annotations

from ..api.bare_metal import NODE, VOLUME_CONNECTOR
from ..language import Json, Noun, Opt
from ..session.cloud import Cloud
from . import changes
from .changes import EXTRA, UNSET_EXTRA, change
from .fields import Rows, argument, call, columns, fetch, fields_option, list_all, list_options, some

FIELDS = "uuid node_uuid type connector_id extra created_at updated_at"
SHORT = "uuid node_uuid type connector_id"
DETAILED = columns(FIELDS)
connector = Noun(
    VOLUME_CONNECTOR,
    "Manage volume connectors of bare metal nodes.",
    columns=some(DETAILED, SHORT),
    fields=DETAILED,
    in_order=True,
)
TARGET = argument(VOLUME_CONNECTOR, help="Volume connector (UUID).")
TYPES = "ip iqn mac port portgroup wwnn wwpn"


def content(required: bool) -> list[Opt]:
    """Return the options for the fields of a volume connector."""
    return [
        Opt("--node", "Node of the volume connector.", ref=NODE, key="node_uuid", required=required),
        Opt("--type", "Type of the volume connector.", choices=TYPES, required=required),
        Opt("--connector-id", "ID of the volume connector, e.g. an IQN or a MAC address.", required=required),
        EXTRA,
    ]


@connector.lister("list", Opt("--node", "Filter by node.", names=NODE), list_options(FIELDS), also=DETAILED)
def list_connectors(cloud: Cloud, body: Json, values: Json) -> Rows:
    """List volume connectors."""
    return list_all(cloud, VOLUME_CONNECTOR, body, values, SHORT, DETAILED)


@connector.shower("show", TARGET, fields_option(FIELDS), fields=[])
def show(cloud: Cloud, volume_connector: str, fields: tuple[str, ...]) -> Json:
    """Show a volume connector."""
    return fetch(cloud, VOLUME_CONNECTOR, volume_connector, fields)


@connector.shower("create", content(True), Opt("--uuid", "UUID of the volume connector."))
def create(cloud: Cloud, body: Json) -> Json:
    """Create a volume connector of a node that is powered off."""
    found: Json = call(cloud, "POST", VOLUME_CONNECTOR.path, json=body)
    return found


@connector.action("set", TARGET, content(False))
def set_connector(cloud: Cloud, volume_connector: str, body: Json) -> None:
    """Update a volume connector."""
    change(cloud, VOLUME_CONNECTOR, volume_connector, body)


@connector.action("unset", TARGET, UNSET_EXTRA)
def unset(cloud: Cloud, volume_connector: str, body: Json) -> None:
    """Unset fields of a volume connector."""
    change(cloud, VOLUME_CONNECTOR, volume_connector, body)


@connector.each("delete")
def delete(cloud: Cloud, volume_connector: str) -> None:
    """Delete volume connectors."""
    changes.delete(cloud, VOLUME_CONNECTOR, volume_connector)
