"""Address scopes: sets of subnet pools whose addresses do not overlap, so that routing needs no NAT."""

from ..api.network import ADDRESS_SCOPE
from ..language import NAME, PAGES, Arg, Noun
from ..owner import OWNER, PROJECT_FILTER
from .extra_properties import EXTRA
from .fields import OTHER_FIELDS
from .shared_options import IP_VERSION, IP_VERSION_FILTER, NAME_FILTER, SHARE, SHARE_FILTER

scope = Noun(
    ADDRESS_SCOPE,
    "Manage address scopes: sets of subnet pools with unique addresses.",
    columns=["id name ip_version shared project_id=Project"],
    fields=["id ip_version name project_id shared", *OTHER_FIELDS],
)
scope.create(Arg("name", "Name of the address scope."), IP_VERSION, OWNER, SHARE, EXTRA)
scope.list(NAME_FILTER, IP_VERSION_FILTER, PROJECT_FILTER, SHARE_FILTER, PAGES)
scope.show()
scope.set(NAME, SHARE, EXTRA)
scope.delete()
