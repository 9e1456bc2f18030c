"""Quotas of Magnum: how many clusters a project may have."""

from typing import Any

from ..api.container_infra import CLUSTER_QUOTA
from ..api.identity import PROJECT
from ..language import MARKER, Cloud, Column, Json, Noun, Opt, Value
from ..render.format import Format
from .options import PROPERTIES, SORTED_PAGES, confirm, found_project


def dash_text(value: Any) -> str:
    """Return a value as text, a hyphen for None."""
    return "-" if value is None else str(value)


DASH = Format(dash_text)
FRAMED = {"output_print_empty": True}
quotas = Noun(
    CLUSTER_QUOTA,
    "Manage cluster quotas.",
    columns=["project_id= resource=", Column("hard_limit", "hard_limit", format=DASH)],
    fields=["id hard_limit project_id resource created_at updated_at"],
    formats={"updated_at": DASH},
    in_order=True,
)
QUOTA = [
    Value("--project-id", "Project.", names=PROJECT, required=True),
    Value("--resource", "Resource of the quota, e.g. Cluster.", required=True),
]
HARD_LIMIT = Opt("--hard-limit", "Hard limit: maximum number of the resource.", type=int, default=1)


@quotas.lister(
    "list",
    MARKER,
    SORTED_PAGES,
    Opt("--all-tenants", "List the quotas of all projects (admin only).", value="True"),
    parse=lambda: FRAMED,
)
def list_quotas(cloud: Cloud, body: Json, result_limit: int | None) -> Any:
    """List quotas."""
    return cloud.pages(CLUSTER_QUOTA, body, limit=result_limit)


@quotas.shower("create", QUOTA, HARD_LIMIT, parse=lambda: PROPERTIES)
def create(cloud: Cloud, body: Json, project_id: str, resource: str) -> Json:
    """Create a quota."""
    return cloud.create(CLUSTER_QUOTA, {"project_id": found_project(cloud, project_id), "resource": resource, **body})


@quotas.shower("show", QUOTA, parse=lambda: PROPERTIES)
def show(cloud: Cloud, project_id: str, resource: str) -> Json:
    """Show a quota."""
    return cloud.send(CLUSTER_QUOTA, "GET", found_project(cloud, project_id), resource)


@quotas.shower("update", QUOTA, HARD_LIMIT, parse=lambda: PROPERTIES)
def update(cloud: Cloud, body: Json, project_id: str, resource: str) -> Json:
    """Update a quota."""
    id = found_project(cloud, project_id)
    return cloud.send(CLUSTER_QUOTA, "PATCH", id, resource, json={"project_id": id, "resource": resource, **body})


@quotas.action("delete", QUOTA)
def delete(cloud: Cloud, project_id: str, resource: str) -> None:
    """Delete a quota: reset to the default quota."""
    cloud.send(CLUSTER_QUOTA, "DELETE", found_project(cloud, project_id), resource)
    confirm(cloud, f"Request to delete quota for project id {project_id} and resource {resource} has been accepted.")
