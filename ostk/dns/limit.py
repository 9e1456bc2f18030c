"""Limits of the DNS service, for all projects alike."""

from __future__ import annotations

from ..api.dns import DESIGNATE, DNS_LIMIT
from ..language import Column, Json, Noun
from ..session.cloud import Cloud
from .options import SCOPE

limit = Noun(
    DNS_LIMIT, "List limits of the DNS service.", [Column("name", "Limit"), Column("value", "Value")], shared=SCOPE
)


@limit.lister("list")
def list_limits(cloud: Cloud) -> list[Json]:
    """List limits of the DNS service, such as the longest name of a zone."""
    found = cloud.call(DESIGNATE, "GET", DNS_LIMIT.path)
    return [{"name": name, "value": value} for name, value in sorted(found.items())]
