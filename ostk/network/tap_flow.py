"""Tap flows: ports whose traffic is copied to a tap service."""

from __future__ import annotations

from collections.abc import Iterator

import click

from ..api.network import PORT, TAP_FLOW, TAP_SERVICE
from ..language import DESCRIPTION, NAME, Json, Noun, Opt, target
from ..owner import OF_PROJECT, OWNER
from ..session.cloud import Cloud
from .client_side_filter import chosen
from .extra_properties import OTHERS
from .taps import NAMED, changed

flow = Noun(
    TAP_FLOW,
    "Manage tap flows: whose traffic is copied to a tap service.",
    columns=["id project_id=Tenant name status source_port= tap_service_id= direction"],
    fields=["description direction id name project_id source_port status tap_service_id", *OTHERS],
)
flow.create(
    NAMED,
    Opt("--port", "Port whose traffic is copied.", ref=PORT, key="source_port", required=True),
    Opt("--tap-service", "Where the copies go.", ref=TAP_SERVICE, required=True),
    Opt(
        "--direction",
        "Traffic into the port, out of it, or both.",
        type=click.Choice(["IN", "OUT", "BOTH"], case_sensitive=False),
        required=True,
    ),
    Opt("--vlan-filter", "Only these VLANs, as 1-5,9."),
    OWNER,
)


@flow.lister("list", OF_PROJECT)
def list_flows(cloud: Cloud, body: Json) -> Iterator[Json]:
    """List tap flows."""
    return chosen(cloud, TAP_FLOW, body)


flow.show()


@flow.shower("update", target(TAP_FLOW), NAME, DESCRIPTION)
def update(cloud: Cloud, tap_flow: str, body: Json) -> Json:
    """Change a tap flow."""
    return changed(cloud, TAP_FLOW, tap_flow, body)


flow.delete()
