"""TLDs: the top-level domains that zones may be created in."""

from ..api.dns import TLD
from ..language import DESCRIPTION, NAME, Noun, Opt
from .fields import cells
from .options import NEW_DESCRIPTION, SCOPE

tld = Noun(
    TLD,
    "Manage TLDs: top-level domains that zones may be created in (admin only).",
    cells("id name description"),
    shared=SCOPE,
)
tld.create(Opt("--name", "Name of the TLD, without a leading or trailing dot.", required=True), DESCRIPTION)
tld.list(Opt("--name", "Filter by name; * stands for any text."))
tld.show()
tld.set(NAME, NEW_DESCRIPTION, shows=True)
tld.delete()
