"""How much of resource providers is used."""

from __future__ import annotations

from ..api.placement import RESOURCE_PROVIDER
from ..language import Json, Noun
from ..session.cloud import Cloud
from .provider import ONE, tell

usage = Noun(RESOURCE_PROVIDER, "See how much of resource providers is used.", ["resource_class= usage="])


@usage.lister("show", ONE)
def show(cloud: Cloud, resource_provider: str) -> list[Json]:
    """Show how much of a resource provider is used."""
    found = tell(cloud, "GET", resource_provider, "usages")["usages"]
    return [{"resource_class": name, "usage": amount} for name, amount in found.items()]
