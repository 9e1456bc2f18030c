"""Tap flows: ports whose traffic is mirrored to a tap service."""

import click

from ..api.network import PORT, TAP_FLOW, TAP_SERVICE
from ..language import NAME, NEW_DESCRIPTION, Cloud, Items, Json, Noun, Opt, target
from ..owner import OWNER, PROJECT_FILTER
from .client_side_filter import filter_resources
from .fields import OTHER_FIELDS
from .tap_update import NAME_OPTIONS, update_resource

flow = Noun(
    TAP_FLOW,
    "Manage tap flows: mirror a port to a tap service.",
    columns=["id project_id=Tenant name status source_port= tap_service_id= direction"],
    fields=["description direction id name project_id source_port status tap_service_id", *OTHER_FIELDS],
)
flow.create(
    NAME_OPTIONS,
    Opt("--port", "Source port to mirror.", ref=PORT, key="source_port", required=True),
    Opt("--tap-service", "Tap service that gets the mirrored traffic.", ref=TAP_SERVICE, required=True),
    Opt(
        "--direction",
        "Direction of the traffic to mirror, as seen from the port.",
        type=click.Choice(["IN", "OUT", "BOTH"], case_sensitive=False),
        required=True,
    ),
    Opt("--vlan-filter", "VLAN IDs to mirror, e.g. 1-5,9."),
    OWNER,
)


@flow.lister("list", PROJECT_FILTER)
def list_flows(cloud: Cloud, body: Json) -> Items:
    """List tap flows."""
    return filter_resources(cloud, TAP_FLOW, body)


flow.show()


@flow.shower("update", target(TAP_FLOW), NAME, NEW_DESCRIPTION)
def update(cloud: Cloud, tap_flow: str, body: Json) -> Json:
    """Change a tap flow."""
    return update_resource(cloud, TAP_FLOW, tap_flow, body)


flow.delete()
