"""Zone transfer requests: offers of a zone to another project, which accepts with the key."""

from ..api.dns import DNS_ZONE, ZONE_TRANSFER_REQUEST
from ..api.identity import PROJECT
from ..language import DESCRIPTION, REMAINING_FIELDS, Cloud, Json, Noun, Opt, target
from .fields import cells
from .options import NEW_DESCRIPTION, SCOPE

request = Noun(
    ZONE_TRANSFER_REQUEST,
    "Manage zone transfer requests: offers of zones to other projects.",
    cells("id zone_id zone_name project_id target_project_id status key"),
    fields=[REMAINING_FIELDS],
    shared=SCOPE,
)
TARGET_PROJECT = Opt("--target-project-id", "Project that may accept the zone.", ref=PROJECT)


@request.shower("create", target(DNS_ZONE), TARGET_PROJECT, DESCRIPTION)
def create(cloud: Cloud, zone: str, body: Json) -> Json:
    """Create a zone transfer request. To accept the zone, the other project needs the ID and the key."""
    return cloud.create(ZONE_TRANSFER_REQUEST, body, DNS_ZONE.at(zone, "tasks", "transfer_requests"))


request.list(Opt("--status", "Filter by status."))
request.show()
request.set(NEW_DESCRIPTION, TARGET_PROJECT, shows=True)
request.delete()
