"""Tap services: destination ports of mirrored traffic."""

from ..api.network import PORT, TAP_SERVICE
from ..language import NAME, NEW_DESCRIPTION, Cloud, Items, Json, Noun, Opt, target
from ..owner import OWNER, PROJECT_FILTER
from .client_side_filter import filter_resources
from .fields import OTHER_FIELDS
from .tap_update import NAME_OPTIONS, update_resource

service = Noun(
    TAP_SERVICE,
    "Manage tap services: destination ports of mirrored traffic.",
    columns=["id project_id=Tenant name port_id=Port status"],
    fields=["description id name port_id project_id status", *OTHER_FIELDS],
)
service.create(NAME_OPTIONS, Opt("--port", "Destination port of the mirrored traffic.", ref=PORT, required=True), OWNER)


@service.lister("list", PROJECT_FILTER)
def list_services(cloud: Cloud, body: Json) -> Items:
    """List tap services."""
    return filter_resources(cloud, TAP_SERVICE, body)


service.show()


@service.shower("update", target(TAP_SERVICE), NAME, NEW_DESCRIPTION)
def update(cloud: Cloud, tap_service: str, body: Json) -> Json:
    """Change a tap service."""
    return update_resource(cloud, TAP_SERVICE, tap_service, body)


service.delete()
