"""Domains: what users, groups and projects belong to."""

from __future__ import annotations

from ..api.identity import DOMAIN
from ..language import DESCRIPTION, NAME, OR_SHOW, Arg, Noun, Opt
from .options import ENABLE, ENABLED, IMMUTABLE

domain = Noun(
    DOMAIN,
    "Manage domains: what users, groups and projects belong to.",
    columns=["id name enabled description"],
    fields=["id name enabled description options"],
    in_order=True,
)
domain.list(Opt("--name", "Only the one with this name."), ENABLED)
domain.show()
# Sent as null, so that none is shown as none and not as empty.
domain.create(Arg("name"), DESCRIPTION, ENABLE, IMMUTABLE, OR_SHOW, defaults={"description": None})
domain.set(NAME, DESCRIPTION, ENABLE, IMMUTABLE)
domain.delete()
