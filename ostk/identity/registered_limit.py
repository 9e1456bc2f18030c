"""Registered limits of the unified limits API: the default limits of all projects."""

from ..api.identity import REGISTERED_LIMIT, SERVICE
from ..language import DESCRIPTION, Arg, Cloud, Json, Noun, Opt
from .options import LIMIT_REGION, REGION_FILTER, RESOURCE_NAME_FILTER, SERVICE_FILTER, create_limit

limit = Noun(
    REGISTERED_LIMIT,
    "Manage registered limits, the default limits of all projects (unified limits).",
    columns=["id service_id resource_name default_limit description region_id"],
    fields=["default_limit description id region_id resource_name service_id"],
    admin="delete",
)
limit.list(SERVICE_FILTER, RESOURCE_NAME_FILTER, REGION_FILTER)
limit.show()
limit.delete()


@limit.shower(
    "create",
    Arg("resource_name", "Name of the limited resource."),
    DESCRIPTION,
    LIMIT_REGION,
    Opt("--service", "Service of the limited resource.", ref=SERVICE, required=True),
    Opt("--default-limit", "Default limit of a project.", type=int, required=True),
)
def create(cloud: Cloud, body: Json) -> Json:
    """Create a registered limit (admin only)."""
    return create_limit(cloud, REGISTERED_LIMIT, body)


@limit.shower(
    "set",
    Arg("registered_limit_id", "ID of the registered limit.", not_sent=True),
    Opt("--service", "Service of the limited resource.", ref=SERVICE),
    Opt("--resource-name", "New name of the limited resource."),
    Opt("--default-limit", "New default limit of a project.", type=int),
    DESCRIPTION,
    LIMIT_REGION,
)
def change(cloud: Cloud, body: Json, registered_limit_id: str) -> Json:
    """Update a registered limit (admin only)."""
    return cloud.update(REGISTERED_LIMIT, registered_limit_id, body) or {}
