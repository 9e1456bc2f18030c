"""Aggregates of resource providers."""

from __future__ import annotations

from collections.abc import Sequence

import click

from ..api.placement import RESOURCE_PROVIDER
from ..errors import OstkError
from ..language import Json, Noun, Opt
from ..session.cloud import Cloud
from .provider import ONE, tell

aggregate = Noun(RESOURCE_PROVIDER, "Manage the aggregates of providers.", columns=["uuid="])


@aggregate.lister("list", ONE)
def list_aggregates(cloud: Cloud, resource_provider: str) -> list[Json]:
    """List the aggregates that a resource provider is in."""
    cloud.require(RESOURCE_PROVIDER.service, "1.1", "resource provider aggregate list")
    return [{"uuid": one} for one in tell(cloud, "GET", resource_provider, "aggregates")["aggregates"]]


@aggregate.lister(
    "set",
    ONE,
    Opt("--aggregate", "UUID of an aggregate it is to be in; repeatable.", multiple=True, not_sent=True),
    Opt(
        "--generation",
        "Its generation, so that nobody else's change is lost.",
        type=click.INT,
        not_sent=True,
        since="1.19",
    ),
)
def set_aggregates(
    cloud: Cloud, resource_provider: str, aggregate: Sequence[str], generation: int | None
) -> list[Json]:
    """Say in which aggregates a resource provider is, and in no others."""
    cloud.require(RESOURCE_PROVIDER.service, "1.1", "resource provider aggregate set")
    body: object = [*aggregate]
    if cloud.supports(RESOURCE_PROVIDER.service, "1.19", RESOURCE_PROVIDER.microversion):
        if generation is None:
            raise OstkError("--generation is needed.", "resource provider show tells it.")
        body = {"aggregates": [*aggregate], "resource_provider_generation": generation}
    return [{"uuid": one} for one in tell(cloud, "PUT", resource_provider, "aggregates", body=body)["aggregates"]]
