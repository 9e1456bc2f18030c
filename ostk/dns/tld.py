"""TLDs: the top-level domains that zones may be created in."""

from __future__ import annotations

from ..api.dns import TLD
from ..language import DESCRIPTION, NAME, Json, Noun, Opt
from ..session.cloud import Cloud
from .fields import NEW_DESCRIPTION, SCOPE, cells, changed, named_in

tld = Noun(
    TLD, "Manage TLDs: top-level domains that zones may be created in (admin only).", cells("id name description")
)
tld.create(Opt("--name", "Name of the TLD, without dots at the ends.", required=True), DESCRIPTION, SCOPE)
tld.list(Opt("--name", "Filter by name; * stands for any text."), SCOPE)
tld.show(SCOPE)


@tld.shower("set", named_in(TLD), NAME, NEW_DESCRIPTION, SCOPE)
def set_tld(cloud: Cloud, tld: str, body: Json) -> Json | None:
    """Update a TLD."""
    return changed(cloud, TLD, tld, body)


tld.delete(SCOPE)
