"""Address scopes: where addresses mean the same, so that nothing translates them."""

from __future__ import annotations

from ..api.network import ADDRESS_SCOPE
from ..language import NAME, PAGES, Arg, Noun
from ..owner import OF_PROJECT, OWNER
from .extra_properties import EXTRA, IP_VERSION, OF_IP_VERSION, OF_NAME, OTHERS, SHARE

scope = Noun(
    ADDRESS_SCOPE,
    "Manage address scopes.",
    columns=["id name ip_version shared project_id=Project"],
    fields=["id ip_version name project_id shared", *OTHERS],
)
scope.create(Arg("name"), IP_VERSION, OWNER, SHARE, EXTRA)
scope.list(OF_NAME, OF_IP_VERSION, OF_PROJECT, SHARE, PAGES)
scope.show()
scope.set(NAME, SHARE, EXTRA)
scope.delete()
