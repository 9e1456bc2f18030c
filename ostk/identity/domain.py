"""Domains: namespaces of users, groups and projects."""

from ..api.identity import DOMAIN
from ..language import DESCRIPTION, NAME, NEW_DESCRIPTION, OR_SHOW, Arg, Noun, Opt
from .options import IMMUTABLE, enable_option, enabled_filter

domain = Noun(
    DOMAIN,
    "Manage domains.",
    columns=["id name enabled description"],
    fields=["id name enabled description options"],
    in_order=True,
    admin="create set",
)
ENABLE = enable_option("domain")
domain.list(Opt("--name", "Filter by name."), enabled_filter("domains"))
domain.show()
# Keystone stores "" when `description` is missing; sent as null, it is shown as None.
domain.create(
    Arg("name", "Name of the domain."), DESCRIPTION, ENABLE, IMMUTABLE, OR_SHOW, defaults={"description": None}
)
domain.set(NAME, NEW_DESCRIPTION, ENABLE, IMMUTABLE)
domain.delete(help="Delete disabled domains with all users, groups and projects in the domains (admin only).")
