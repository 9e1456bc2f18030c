"""Limits: how much of something one project may have, kept by Keystone for all services."""

from __future__ import annotations

from ..kinds import LIMIT, PROJECT, SERVICE
from ..language import DESCRIPTION, Arg, Column, Json, Noun, Opt
from ..owner import OF_PROJECT, PROJECT_DOMAIN
from ..session.cloud import Cloud
from .place import IN_REGION, OF_REGION, OF_SERVICE

limit = Noun(
    LIMIT,
    "Manage how much of something a project may have.",
    columns=["id", Column("project_id", "Project ID"), "service_id resource_name resource_limit description region_id"],
    fields="description id project_id region_id resource_limit resource_name service_id".split(),
)
limit.list(OF_SERVICE, Opt("--resource-name", "Only those on this."), OF_REGION, OF_PROJECT)
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
    answer = cloud.call(LIMIT.service, "POST", LIMIT.path, json={LIMIT.many: [body]})
    return dict(answer[LIMIT.many][0])


@limit.shower(
    "set", Arg("limit_id", local=True), DESCRIPTION, Opt("--resource-limit", "How much it may have.", type=int)
)
def change(cloud: Cloud, body: Json, limit_id: str) -> Json:
    """Change a limit and show it."""
    return cloud.update(LIMIT, limit_id, body) or {}
