"""Limits of projects in the unified limits API; a limit overrides the registered limit of its service and region."""

from ..api.identity import LIMIT, PROJECT, SERVICE
from ..language import DESCRIPTION, Arg, Cloud, Json, Noun, Opt
from ..owner import PROJECT_DOMAIN, PROJECT_FILTER
from .options import LIMIT_REGION, REGION_FILTER, RESOURCE_NAME_FILTER, SERVICE_FILTER, create_limit

limit = Noun(
    LIMIT,
    "Manage limits of projects (unified limits).",
    columns=["id project_id service_id resource_name resource_limit description region_id"],
    fields=["description id project_id region_id resource_limit resource_name service_id"],
    admin="delete",
)
limit.list(SERVICE_FILTER, RESOURCE_NAME_FILTER, REGION_FILTER, PROJECT_FILTER)
limit.show()
limit.delete()


@limit.shower(
    "create",
    Arg("resource_name", "Name of the limited resource, as in a registered limit."),
    DESCRIPTION,
    LIMIT_REGION,
    Opt("--project", "Project that the limit applies to.", ref=PROJECT, domain=PROJECT_DOMAIN, required=True),
    PROJECT_DOMAIN,
    Opt("--service", "Service of the limited resource.", ref=SERVICE, required=True),
    Opt("--resource-limit", "Limit of the resource for the project.", type=int, required=True),
)
def create(cloud: Cloud, body: Json) -> Json:
    """Create a limit for a project (admin only)."""
    return create_limit(cloud, LIMIT, body)


@limit.shower(
    "set",
    Arg("limit_id", "ID of the limit.", not_sent=True),
    DESCRIPTION,
    Opt("--resource-limit", "New limit of the resource for the project.", type=int),
)
def change(cloud: Cloud, body: Json, limit_id: str) -> Json:
    """Update a limit (admin only)."""
    return cloud.update(LIMIT, limit_id, body) or {}
