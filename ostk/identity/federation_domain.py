"""Domains that the one who asks may log in to."""

from __future__ import annotations

from collections.abc import Iterator

from ..api.identity import DOMAIN
from ..language import Json, Noun
from ..session.cloud import Cloud

domain = Noun(DOMAIN, "Look at the domains you may log in to.", columns=["id enabled name description"])


@domain.lister("list")
def list_domains(cloud: Cloud) -> Iterator[Json]:
    """List the domains you may log in to."""
    return cloud.pages(DOMAIN, path="/auth/domains")
