"""Resource usage of resource providers: allocated amounts by resource class."""

from ..api.placement import RESOURCE_PROVIDER
from ..language import Cloud, Json, Noun
from .provider_requests import PROVIDER, call_provider

usage = Noun(RESOURCE_PROVIDER, "Show the resource usage of resource providers.", ["resource_class= usage="])


@usage.lister("show", PROVIDER)
def show(cloud: Cloud, resource_provider: str) -> list[Json]:
    """Show the resource usage of a resource provider (admin only)."""
    usages = call_provider(cloud, "GET", resource_provider, "usages")["usages"]
    return [{"resource_class": name, "usage": amount} for name, amount in usages.items()]
