"""Endpoints: the URLs of services in the catalog, and the projects that see an endpoint (OS-EP-FILTER)."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from ..api.identity import ENDPOINT, PROJECT, SERVICE
from ..language import Arg, Column, Json, Noun, Opt, Value, exclusive, target
from ..owner import PROJECT_DOMAIN
from ..session.cloud import Cloud, quote
from ..session.optional_details import with_optional
from .options import EXISTING_REGION, enable_option

endpoint = Noun(
    ENDPOINT,
    "Manage endpoints of services.",
    columns=["id region_id=Region service_name service_type enabled interface url=URL", Column("name", hidden=True)],
    fields=["enabled id interface region_id=region region_id service_id url service_name service_type"],
    in_order=True,
    admin="set delete",
)
INTERFACES = "admin internal public"
ENABLE = enable_option("endpoint")
REGION = Opt("--region", "Region of the endpoint (ID).", key="region_id")


def add_service(endpoint: Json, service: Json) -> Json:
    """Return an endpoint with `service_name` and `service_type`, taken from its service ({} for none)."""
    return {**endpoint, "service_name": service.get("name") or "", "service_type": service.get("type")}


def fetch_service_and_region(cloud: Cloud, service: str | None, region: str | None) -> Json:
    """Fetch a service, and check that a region exists.

    Args:
        cloud: The cloud.
        service: Name, type or ID of the service, if any.
        region: ID of the region, if any.

    Returns:
        The service, {} if `service` is not given.

    Raises:
        ResourceNotFound: The service or the region does not exist.
    """
    lookups = [(SERVICE, service), (EXISTING_REGION, region)]
    return cloud.map_concurrent(lambda pair: cloud.get(pair[0], pair[1]) if pair[1] else {}, lookups)[0]


@endpoint.shower(
    "create",
    Arg("service", "Service of the endpoint (name, type or ID).", not_sent=True),
    Arg("interface", "Interface of the endpoint.", choices=INTERFACES),
    Arg("url", "URL of the endpoint."),
    REGION,
    ENABLE,
)
def create(cloud: Cloud, body: Json, service: str, region: str | None) -> Json:
    """Create an endpoint (admin only)."""
    found = fetch_service_and_region(cloud, service, region)
    return add_service(cloud.create(ENDPOINT, {"enabled": True, **body, "service_id": found["id"]}), found)


def with_services(cloud: Cloud, fetch_endpoints: Callable[[], Iterable[Json]]) -> Iterator[Json]:
    """Fetch endpoints and, at the same time, all services; return the endpoints with names and types of services."""
    details = "the services of endpoints"
    rows, services = with_optional(
        cloud, lambda: list(fetch_endpoints()), lambda: list(cloud.pages(SERVICE)), [], details
    )
    by_id = {one["id"]: one for one in services}
    return (add_service(one, by_id.get(one.get("service_id"), {})) for one in rows)


@endpoint.shower("show", Arg("endpoint", "ID of the endpoint.", not_sent=True))
def show(cloud: Cloud, endpoint: str) -> Json:
    """Show an endpoint."""
    return next(with_services(cloud, lambda: [cloud.get(ENDPOINT, endpoint)]))


endpoint.set(
    REGION,
    Opt("--interface", "Interface of the endpoint.", choices=INTERFACES),
    Opt("--url", "URL of the endpoint."),
    Opt("--service", "Service of the endpoint.", ref=SERVICE),
    ENABLE,
)
endpoint.delete()


@endpoint.lister(
    "list",
    Value("--service", "Filter by service (name, type or ID)."),
    Opt("--interface", "Filter by interface.", choices=INTERFACES),
    Opt("--region", "Filter by region (ID).", key="region_id"),
    exclusive(
        Value("--endpoint", "List the projects associated with an endpoint (ID) instead of endpoints."),
        Value("--project", "Filter by associated project.", ref=PROJECT, domain=PROJECT_DOMAIN),
    ),
    PROJECT_DOMAIN,
)
def list_endpoints(
    cloud: Cloud,
    body: Json,
    columns: Sequence[Column],
    service: str | None,
    region: str | None,
    endpoint: str | None,
    project: str | None,
) -> tuple[Sequence[Column], Iterable[Json]]:
    """List endpoints."""
    if endpoint:
        path = f"/OS-EP-FILTER/endpoints/{quote(endpoint)}/projects"
        return [Column("id"), Column("name")], cloud.pages(PROJECT, path=path)
    if project:
        path = project_endpoints_path(project)
        return columns, with_services(cloud, lambda: cloud.pages(ENDPOINT, path=path))
    if found := fetch_service_and_region(cloud, service, region):
        return columns, (add_service(one, found) for one in cloud.pages(ENDPOINT, {**body, "service_id": found["id"]}))
    return columns, with_services(cloud, lambda: cloud.pages(ENDPOINT, body))


def project_endpoints_path(project: str) -> str:
    """Return the path of the endpoints associated with a project, given its ID."""
    return f"/OS-EP-FILTER/projects/{quote(project)}/endpoints"


ASSOCIATION = [target(ENDPOINT), target(PROJECT, domain=PROJECT_DOMAIN), PROJECT_DOMAIN]


@endpoint.action("add project", ASSOCIATION)
def add_project(cloud: Cloud, endpoint: str, project: str) -> None:
    """Associate a project with an endpoint, which makes the endpoint visible in the project (admin only)."""
    cloud.call(ENDPOINT.service, "PUT", f"{project_endpoints_path(project)}/{quote(endpoint)}")


@endpoint.action("remove project", ASSOCIATION)
def remove_project(cloud: Cloud, endpoint: str, project: str) -> None:
    """Dissociate a project from an endpoint (admin only)."""
    cloud.call(ENDPOINT.service, "DELETE", f"{project_endpoints_path(project)}/{quote(endpoint)}")
