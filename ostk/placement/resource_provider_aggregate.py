"""Aggregates of resource providers: groups of providers that share resources or policies."""

from collections.abc import Sequence

import click

from ..api.placement import RESOURCE_PROVIDER
from ..errors import OstkError
from ..language import Cloud, Json, Noun, Value
from .provider_requests import PROVIDER, call_provider

aggregate = Noun(RESOURCE_PROVIDER, "Manage the aggregates of resource providers.", columns=["uuid="])


@aggregate.lister("list", PROVIDER)
def list_aggregates(cloud: Cloud, resource_provider: str) -> list[Json]:
    """List the aggregates of a resource provider (admin only)."""
    cloud.require(RESOURCE_PROVIDER.service, "1.1", "resource provider aggregate list")
    uuids = call_provider(cloud, "GET", resource_provider, "aggregates")["aggregates"]
    return [{"uuid": uuid} for uuid in uuids]


@aggregate.lister(
    "set",
    PROVIDER,
    Value("--aggregate...", "UUID of an aggregate to associate; replaces all current associations."),
    Value(
        "--generation",
        "Current generation of the resource provider; another generation makes the request fail.",
        type=click.INT,
        since="1.19",
    ),
)
def set_aggregates(
    cloud: Cloud, resource_provider: str, aggregate: Sequence[str], generation: int | None
) -> list[Json]:
    """Replace the aggregates of a resource provider (admin only)."""
    cloud.require(RESOURCE_PROVIDER.service, "1.1", "resource provider aggregate set")
    body: object = [*aggregate]
    if cloud.supports(RESOURCE_PROVIDER.service, "1.19", RESOURCE_PROVIDER.microversion):
        if generation is None:
            raise OstkError(
                "--generation is required since microversion 1.19 of the placement API.",
                f"'resource provider show {resource_provider}' shows the generation.",
            )
        body = {"aggregates": [*aggregate], "resource_provider_generation": generation}
    uuids = call_provider(cloud, "PUT", resource_provider, "aggregates", body=body)["aggregates"]
    return [{"uuid": uuid} for uuid in uuids]
