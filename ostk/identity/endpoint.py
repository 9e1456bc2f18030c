"""Endpoints: the addresses of services."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from ..api.identity import ENDPOINT, PROJECT, SERVICE
from ..language import Arg, Column, Json, Noun, Opt, exclusive, target
from ..owner import PROJECT_DOMAIN
from ..session.cloud import Cloud, quote
from ..session.optional_details import with_optional
from .options import ENABLE, THERE

endpoint = Noun(
    ENDPOINT,
    "Manage endpoints: the addresses of services.",
    columns=["id region_id=Region service_name service_type enabled interface url=URL", Column("name", hidden=True)],
    fields=["enabled id interface region_id=region region_id service_id url service_name service_type"],
    in_order=True,
)
INTERFACES = "admin internal public"
REGION = Opt("--region", "Region it is in, by ID.", key="region_id")


def told(one: Json, service: Json) -> Json:
    """An endpoint with the name and type of its service."""
    return {**one, "service_name": service.get("name") or "", "service_type": service.get("type")}


def settled(cloud: Cloud, service: str | None, region: str | None) -> Json:
    """The service of this name, type or ID, {} for none; with it is found out that the region is there."""
    asked = [(SERVICE, service), (THERE, region)]
    return cloud.map_concurrent(lambda one: cloud.get(one[0], one[1]) if one[1] else {}, asked)[0]


@endpoint.shower(
    "create", Arg("service", not_sent=True), Arg("interface", choices=INTERFACES), Arg("url"), REGION, ENABLE
)
def create(cloud: Cloud, body: Json, service: str, region: str) -> Json:
    """Create an endpoint."""
    found = settled(cloud, service, region)
    return told(cloud.create(ENDPOINT, {"enabled": True, **body, "service_id": found["id"]}), found)


def with_services(cloud: Cloud, ask: Callable[[], Iterable[Json]]) -> Iterator[Json]:
    """The endpoints that `ask` asks for, with their services, which are asked for at once."""
    what = "the services of endpoints"
    rows, services = with_optional(cloud, lambda: list(ask()), lambda: list(cloud.pages(SERVICE)), [], what)
    by_id = {one["id"]: one for one in services}
    return (told(one, by_id.get(one.get("service_id"), {})) for one in rows)


@endpoint.shower("show", Arg("endpoint", not_sent=True))
def show(cloud: Cloud, endpoint: str) -> Json:
    """Show an endpoint."""
    return next(with_services(cloud, lambda: [cloud.get(ENDPOINT, endpoint)]))


endpoint.set(
    REGION,
    Opt("--interface", "Whom it is for.", choices=INTERFACES),
    Opt("--url", "Its address."),
    Opt("--service", "Service whose address it is.", ref=SERVICE),
    ENABLE,
)
endpoint.delete()


@endpoint.lister(
    "list",
    Opt("--service", "Only those of this service.", not_sent=True),
    Opt("--interface", "Only those for these.", choices=INTERFACES),
    Opt("--region", "Only those in this region, by ID.", key="region_id"),
    exclusive(
        Opt("--endpoint", "List the projects that may see this endpoint.", not_sent=True),
        Opt("--project", "Only those this project may see.", ref=PROJECT, domain=PROJECT_DOMAIN, not_sent=True),
    ),
    PROJECT_DOMAIN,
)
def list_endpoints(
    cloud: Cloud, body: Json, columns: Sequence[Column], service: str, region: str, endpoint: str, project: str
) -> tuple[Sequence[Column], Iterable[Json]]:
    """List endpoints."""
    if endpoint:
        path = f"/OS-EP-FILTER/endpoints/{quote(endpoint)}/projects"
        return [Column("id"), Column("name")], cloud.pages(PROJECT, path=path)
    if project:
        return columns, with_services(cloud, lambda: cloud.pages(ENDPOINT, path=seen_by(project)))
    if found := settled(cloud, service, region):
        return columns, (told(one, found) for one in cloud.pages(ENDPOINT, {**body, "service_id": found["id"]}))
    return columns, with_services(cloud, lambda: cloud.pages(ENDPOINT, body))


def seen_by(project: str) -> str:
    """Where the endpoints are kept that a project may see."""
    return f"/OS-EP-FILTER/projects/{quote(project)}/endpoints"


PROJECT_ON_IT = [target(ENDPOINT), target(PROJECT, domain=PROJECT_DOMAIN), PROJECT_DOMAIN]


@endpoint.action("add project", PROJECT_ON_IT)
def add_project(cloud: Cloud, endpoint: str, project: str) -> None:
    """Let a project see an endpoint."""
    cloud.call(ENDPOINT.service, "PUT", f"{seen_by(project)}/{quote(endpoint)}")


@endpoint.action("remove project", PROJECT_ON_IT)
def remove_project(cloud: Cloud, endpoint: str, project: str) -> None:
    """Keep a project from seeing an endpoint."""
    cloud.call(ENDPOINT.service, "DELETE", f"{seen_by(project)}/{quote(endpoint)}")
