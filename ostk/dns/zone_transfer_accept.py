"""Zone transfer accepts: zones that projects have taken over from other projects."""

from ..api.dns import ZONE_TRANSFER_ACCEPT
from ..language import REMAINING_FIELDS, Cloud, Json, Noun, Opt
from .fields import cells
from .options import SCOPE

accept = Noun(
    ZONE_TRANSFER_ACCEPT,
    "Accept zone transfer requests of other projects.",
    cells("id zone_id project_id zone_transfer_request_id status key"),
    fields=[REMAINING_FIELDS],
    shared=SCOPE,
)


@accept.shower(
    "request",
    Opt("--transfer-id", "ID of the zone transfer request.", key="zone_transfer_request_id", required=True),
    Opt("--key", "Key of the zone transfer request.", required=True),
)
def accept_request(cloud: Cloud, body: Json) -> Json:
    """Accept a zone transfer request: move the zone to the current project."""
    return cloud.create(ZONE_TRANSFER_ACCEPT, body)


accept.list(Opt("--status", "Filter by status."))
accept.show()
