"""DNS services: the processes of Designate, and the limits of its API."""

from ..api.dns import DNS_SERVICE
from ..language import REMAINING_FIELDS, Column, Noun, Opt
from .fields import cells
from .options import SCOPE


def names_column(key: str) -> Column:
    """Return the column of the names in an object, one a line."""
    return Column(key, key, value=lambda item: "\n".join(item.get(key) or ()) or "-")


STATS, CAPABILITIES = names_column("stats"), names_column("capabilities")
service = Noun(
    DNS_SERVICE,
    "Show services of the DNS service, e.g. central and worker (admin only).",
    [*cells("id hostname service_name status"), STATS, CAPABILITIES],
    fields=[STATS, CAPABILITIES, Column("links", hidden=True), REMAINING_FIELDS],
    shared=SCOPE,
)
service.list(
    Opt("--hostname", "Filter by host."),
    Opt("--service_name", "Filter by name: api, central, mdns, producer, sink or worker."),
    Opt("--status", "Filter by status, such as UP or DOWN."),
)
service.show()
