"""Blacklists: patterns of zone names that users may not create."""

from __future__ import annotations

from ..api.dns import ZONE_BLACKLIST
from ..language import DESCRIPTION, Json, Noun, Opt
from ..session.cloud import Cloud
from .fields import NEW_DESCRIPTION, SCOPE, cells, changed, named_in

blacklist = Noun(
    ZONE_BLACKLIST,
    "Manage blacklists: patterns of zone names that are refused (admin only).",
    cells("id pattern description"),
)
blacklist.create(Opt("--pattern", "Regular expression of the zone names.", required=True), DESCRIPTION, SCOPE)
blacklist.list(Opt("--pattern", "Filter by pattern; * stands for any text."), SCOPE)
blacklist.show(SCOPE)


@blacklist.shower(
    "set",
    named_in(ZONE_BLACKLIST),
    Opt("--pattern", "New regular expression of the zone names."),
    NEW_DESCRIPTION,
    SCOPE,
)
def set_blacklist(cloud: Cloud, zone_blacklist: str, body: Json) -> Json | None:
    """Update a blacklist."""
    return changed(cloud, ZONE_BLACKLIST, zone_blacklist, body)


blacklist.delete(SCOPE)
