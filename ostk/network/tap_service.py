"""Tap services: ports that copies of traffic go to."""

from __future__ import annotations

from collections.abc import Iterator

from ..api.network import PORT, TAP_SERVICE
from ..language import DESCRIPTION, NAME, Json, Noun, Opt, target
from ..owner import OF_PROJECT, OWNER
from ..session.cloud import Cloud
from .client_side_filter import chosen
from .extra_properties import OTHERS
from .taps import NAMED, changed

service = Noun(
    TAP_SERVICE,
    "Manage tap services: ports that copies of traffic go to.",
    columns=["id project_id=Tenant name port_id=Port status"],
    fields=["description id name port_id project_id status", *OTHERS],
)
service.create(NAMED, Opt("--port", "Port that the copies go to.", ref=PORT, required=True), OWNER)


@service.lister("list", OF_PROJECT)
def list_services(cloud: Cloud, body: Json) -> Iterator[Json]:
    """List tap services."""
    return chosen(cloud, TAP_SERVICE, body)


service.show()


@service.shower("update", target(TAP_SERVICE), NAME, DESCRIPTION)
def update(cloud: Cloud, tap_service: str, body: Json) -> Json:
    """Change a tap service."""
    return changed(cloud, TAP_SERVICE, tap_service, body)


service.delete()
