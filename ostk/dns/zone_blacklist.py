"""Blacklists: patterns of zone names that users may not create."""

from ..api.dns import ZONE_BLACKLIST
from ..language import DESCRIPTION, Noun, Opt
from .fields import cells
from .options import NEW_DESCRIPTION, SCOPE

blacklist = Noun(
    ZONE_BLACKLIST,
    "Manage blacklists: patterns of zone names that cannot be created (admin only).",
    cells("id pattern description"),
    shared=SCOPE,
)
blacklist.create(Opt("--pattern", "Regular expression of the zone names.", required=True), DESCRIPTION)
blacklist.list(Opt("--pattern", "Filter by pattern; * stands for any text."))
blacklist.show()
blacklist.set(Opt("--pattern", "New regular expression of the zone names."), NEW_DESCRIPTION, shows=True)
blacklist.delete()
