"""Limits of the DNS service, for all projects alike."""

from ..api.dns import DNS_LIMIT
from ..language import Cloud, Column, Json, Noun
from .options import SCOPE

limit = Noun(
    DNS_LIMIT, "List limits of the DNS service.", [Column("name", "Limit"), Column("value", "Value")], shared=SCOPE
)


@limit.lister("list")
def list_limits(cloud: Cloud) -> list[Json]:
    """List limits of the DNS service, such as the maximum length of zone names."""
    found = cloud.send(DNS_LIMIT, "GET")
    return [{"name": name, "value": value} for name, value in sorted(found.items())]
