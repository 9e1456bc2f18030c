"""Limits: how much of something one project may have, kept by Keystone for all services."""

from __future__ import annotations

from ..api.identity import LIMIT, PROJECT, SERVICE
from ..language import DESCRIPTION, Arg, Json, Noun, Opt
from ..owner import OF_PROJECT, PROJECT_DOMAIN
from ..session.cloud import Cloud
from .options import IN_REGION, OF_REGION, OF_RESOURCE, OF_SERVICE, create_one

limit = Noun(
    LIMIT,
    "Manage how much of something a project may have.",
    columns=["id project_id service_id resource_name resource_limit description region_id"],
    fields=["description id project_id region_id resource_limit resource_name service_id"],
)
limit.list(OF_SERVICE, OF_RESOURCE, OF_REGION, OF_PROJECT)
limit.show()
limit.delete()


@limit.shower(
    "create",
    Arg("resource_name"),
    DESCRIPTION,
    IN_REGION,
    Opt("--project", "Project that it is for.", ref=PROJECT, domain=PROJECT_DOMAIN, required=True),
    PROJECT_DOMAIN,
    Opt("--service", "Service that it is for.", ref=SERVICE, required=True),
    Opt("--resource-limit", "How much it may have.", type=int, required=True),
)
def create(cloud: Cloud, body: Json) -> Json:
    """Create a limit."""
    return create_one(cloud, LIMIT, body)


@limit.shower(
    "set", Arg("limit_id", not_sent=True), DESCRIPTION, Opt("--resource-limit", "How much it may have.", type=int)
)
def change(cloud: Cloud, body: Json, limit_id: str) -> Json:
    """Change a limit and show it."""
    return cloud.update(LIMIT, limit_id, body) or {}
