"""Registered limits: how much of something a project may have unless a limit of its own says so."""

from __future__ import annotations

from ..api.identity import REGISTERED_LIMIT, SERVICE
from ..language import DESCRIPTION, Arg, Json, Noun, Opt
from ..session.cloud import Cloud
from .options import IN_REGION, OF_REGION, OF_RESOURCE, OF_SERVICE, create_one

limit = Noun(
    REGISTERED_LIMIT,
    "Manage how much of something every project may have.",
    columns=["id service_id resource_name default_limit description region_id"],
    fields=["default_limit description id region_id resource_name service_id"],
)
limit.list(OF_SERVICE, OF_RESOURCE, OF_REGION)
limit.show()
limit.delete()


@limit.shower(
    "create",
    Arg("resource_name"),
    DESCRIPTION,
    IN_REGION,
    Opt("--service", "Service that it is for.", ref=SERVICE, required=True),
    Opt("--default-limit", "How much a project may have.", type=int, required=True),
)
def create(cloud: Cloud, body: Json) -> Json:
    """Create a registered limit."""
    return create_one(cloud, REGISTERED_LIMIT, body)


@limit.shower(
    "set",
    Arg("registered_limit_id", not_sent=True),
    Opt("--service", "Service that it is for.", ref=SERVICE),
    Opt("--resource-name", "What it limits."),
    Opt("--default-limit", "How much a project may have.", type=int),
    DESCRIPTION,
    IN_REGION,
)
def change(cloud: Cloud, body: Json, registered_limit_id: str) -> Json:
    """Change a registered limit and show it."""
    return cloud.update(REGISTERED_LIMIT, registered_limit_id, body) or {}
