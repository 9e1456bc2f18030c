"""Domains: what users, groups and projects belong to."""

from __future__ import annotations

from ..kinds import DOMAIN
from ..language import DESCRIPTION, NAME, OR_SHOW, Arg, Json, Noun, Opt
from .switches import ENABLE, IMMUTABLE

domain = Noun(
    DOMAIN,
    "Manage domains: what users, groups and projects belong to.",
    columns=["id name enabled description"],
    fields=["id name enabled description options"],
    in_order=True,
)
domain.list(
    Opt("--name", "Only the one with this name."), Opt("--enabled", "Only those that can be used.", value="True")
)
domain.show()


def undescribed(body: Json) -> None:
    """Send that there is no description, so that it is shown as none and not as empty."""
    body.setdefault("description", None)


domain.create(Arg("name"), DESCRIPTION, ENABLE, IMMUTABLE, OR_SHOW, prepare=undescribed)
domain.set(NAME, DESCRIPTION, ENABLE, IMMUTABLE)
domain.delete()
