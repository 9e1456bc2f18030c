"""Quotas of projects for database instances, backups and volumes."""

from typing import Any, cast

from ..api.database import DATABASE_QUOTA
from ..api.identity import PROJECT
from ..language import Arg, Cloud, Json, Noun

quota = Noun(DATABASE_QUOTA, "Manage quotas for databases.", columns=["resource in_use reserved limit"])
OF_PROJECT = Arg("project", "Project.", ref=PROJECT, not_sent=True)


@quota.lister("show", OF_PROJECT)
def show(cloud: Cloud, project: str) -> Any:
    """Show the quotas of a project and the usage."""
    return cloud.pages(DATABASE_QUOTA, path=DATABASE_QUOTA.at(project))


@quota.shower(
    "update",
    OF_PROJECT,
    Arg("resource", "Resource of the quota: instances, ram, backups or volumes."),
    Arg("limit", "New limit; -1 is no limit.", type=int),
)
def update(cloud: Cloud, project: str, resource: str, limit: int) -> Json:
    """Update a quota of a project (admin only)."""
    content = {"quotas": {resource: limit}}
    return cast(Json, cloud.send(DATABASE_QUOTA, "PUT", project, json=content)["quotas"])
