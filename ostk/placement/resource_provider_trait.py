"""Traits of resource providers."""

from __future__ import annotations

from collections.abc import Sequence

from ..api.placement import RESOURCE_PROVIDER
from ..language import Json, Noun, Opt
from ..session.cloud import Cloud
from .provider import ONE, tell

trait = Noun(RESOURCE_PROVIDER, "Manage which traits resource providers have.", columns=["name="])


@trait.action("delete", ONE, since="1.6")
def delete(cloud: Cloud, resource_provider: str) -> None:
    """Take all traits from a resource provider."""
    tell(cloud, "DELETE", resource_provider, "traits")


@trait.lister("list", ONE)
def list_traits(cloud: Cloud, resource_provider: str) -> list[Json]:
    """List the traits of a resource provider."""
    cloud.require(RESOURCE_PROVIDER.service, "1.6", "resource provider trait list")
    return [{"name": one} for one in tell(cloud, "GET", resource_provider, "traits")["traits"]]


@trait.lister("set", ONE, Opt("--trait", "Trait it is to have; may be repeated.", multiple=True, not_sent=True))
def set_traits(cloud: Cloud, resource_provider: str, trait: Sequence[str]) -> list[Json]:
    """Say which traits a resource provider has, and no others."""
    cloud.require(RESOURCE_PROVIDER.service, "1.6", "resource provider trait set")
    item = cloud.get(RESOURCE_PROVIDER, resource_provider)
    body = {"resource_provider_generation": item["generation"], "traits": [*trait]}
    return [{"name": one} for one in tell(cloud, "PUT", item["uuid"], "traits", body=body)["traits"]]
