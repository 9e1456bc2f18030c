"""Traits of resource providers: qualitative capabilities, such as HW_CPU_X86_AVX2."""

from collections.abc import Sequence

from ..api.placement import RESOURCE_PROVIDER
from ..language import Cloud, Json, Noun, Value
from .provider_requests import PROVIDER, call_provider

trait = Noun(RESOURCE_PROVIDER, "Manage the traits of resource providers.", columns=["name="])


@trait.action("delete", PROVIDER, since="1.6")
def delete(cloud: Cloud, resource_provider: str) -> None:
    """Remove all traits from a resource provider (admin only)."""
    call_provider(cloud, "DELETE", resource_provider, "traits")


@trait.lister("list", PROVIDER)
def list_traits(cloud: Cloud, resource_provider: str) -> list[Json]:
    """List the traits of a resource provider (admin only)."""
    cloud.require(RESOURCE_PROVIDER.service, "1.6", "resource provider trait list")
    names = call_provider(cloud, "GET", resource_provider, "traits")["traits"]
    return [{"name": name} for name in names]


@trait.lister("set", PROVIDER, Value("--trait...", "Name of a trait."))
def set_traits(cloud: Cloud, resource_provider: str, trait: Sequence[str]) -> list[Json]:
    """Replace the traits of a resource provider (admin only)."""
    cloud.require(RESOURCE_PROVIDER.service, "1.6", "resource provider trait set")
    provider = cloud.get(RESOURCE_PROVIDER, resource_provider)
    body = {"resource_provider_generation": provider["generation"], "traits": [*trait]}
    names = call_provider(cloud, "PUT", provider["uuid"], "traits", body=body)["traits"]
    return [{"name": name} for name in names]
