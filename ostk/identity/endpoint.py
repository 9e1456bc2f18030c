"""Endpoints: the addresses of services."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import click

from ..kinds import ENDPOINT, PROJECT, SERVICE
from ..language import Arg, Column, Json, Noun, Opt, exclusive, target
from ..owner import PROJECT_DOMAIN
from ..session.cloud import Cloud, quote
from .place import THERE
from .switches import ENABLE

COLUMNS = [
    Column("id"),
    Column("region_id", "Region"),
    Column("service_name"),
    Column("service_type"),
    Column("enabled"),
    Column("interface"),
    Column("url", "URL"),
]
endpoint = Noun(
    ENDPOINT,
    "Manage endpoints: the addresses of services.",
    columns=COLUMNS,
    fields=[
        "enabled id interface",
        Column("region_id", "region"),
        "region_id service_id url service_name service_type",
    ],
    in_order=True,
)
INTERFACES = click.Choice(["admin", "internal", "public"])


def told(one: Json, service: Json) -> Json:
    """An endpoint with the name and type of its service."""
    return {**one, "service_name": service.get("name") or "", "service_type": service.get("type")}


def settled(cloud: Cloud, service: str | None, region: str | None) -> Json:
    """The service of this name, type or ID, {} for none; with it is found out that the region is there."""
    asked = [(SERVICE, service), (THERE, region)]
    return cloud.at_once(lambda one: cloud.get(one[0], one[1]) if one[1] else {}, asked)[0]


@endpoint.shower(
    "create",
    Arg("service", local=True),
    Arg("interface", type=INTERFACES),
    Arg("url"),
    Opt("--region", "Region it is in, by ID.", key="region_id"),
    ENABLE,
)
def create(cloud: Cloud, body: Json, service: str, region: str) -> Json:
    """Create an endpoint."""
    found = settled(cloud, service, region)
    return told(cloud.create(ENDPOINT, {"enabled": True, **body, "service_id": found["id"]}), found)


def with_services(cloud: Cloud, ask: Callable[[], Iterable[Json]]) -> Iterator[Json]:
    """The endpoints that `ask` asks for, with their services, which are asked for at once."""
    asking: list[Callable[[], Iterable[Json]]] = [ask, lambda: cloud.pages(SERVICE)]
    rows, services = cloud.at_once(collected, asking)
    by_id = {one["id"]: one for one in services}
    return (told(one, by_id.get(one.get("service_id"), {})) for one in rows)


def collected(ask: Callable[[], Iterable[Json]]) -> list[Json]:
    """All that is asked for."""
    return list(ask())


@endpoint.shower("show", Arg("endpoint", local=True))
def show(cloud: Cloud, endpoint: str) -> Json:
    """Show an endpoint."""
    return next(with_services(cloud, lambda: [cloud.get(ENDPOINT, endpoint)]))


endpoint.set(
    Opt("--region", "Region it is in, by ID.", key="region_id"),
    Opt("--interface", "Whom it is for.", type=INTERFACES),
    Opt("--url", "Its address."),
    Opt("--service", "Service whose address it is.", ref=SERVICE),
    ENABLE,
)
endpoint.delete()


@endpoint.lister(
    "list",
    Opt("--service", "Only those of this service.", local=True),
    Opt("--interface", "Only those for these.", type=INTERFACES),
    Opt("--region", "Only those in this region, by ID.", key="region_id"),
    exclusive(
        Opt("--endpoint", "List the projects that may see this endpoint.", local=True),
        Opt("--project", "Only those this project may see.", ref=PROJECT, domain=PROJECT_DOMAIN, local=True),
    ),
    PROJECT_DOMAIN,
)
def list_endpoints(
    cloud: Cloud, body: Json, service: str, region: str, endpoint: str, project: str
) -> tuple[list[Column], Iterable[Json]]:
    """List endpoints."""
    if endpoint:
        path = f"/OS-EP-FILTER/endpoints/{quote(endpoint)}/projects"
        return [Column("id"), Column("name")], cloud.pages(PROJECT, path=path)
    rows: Iterable[Json]
    if project:
        path = f"/OS-EP-FILTER/projects/{quote(project)}/endpoints"
        rows = with_services(cloud, lambda: cloud.pages(ENDPOINT, path=path))
    elif found := settled(cloud, service, region):
        rows = (told(one, found) for one in cloud.pages(ENDPOINT, {**body, "service_id": found["id"]}))
    else:
        rows = with_services(cloud, lambda: cloud.pages(ENDPOINT, body))
    return COLUMNS, rows


def seen(endpoint: str, project: str) -> str:
    """Where it is kept that a project may see an endpoint."""
    return f"/OS-EP-FILTER/projects/{quote(project)}/endpoints/{quote(endpoint)}"


PROJECT_ON_IT = [target(ENDPOINT), target(PROJECT, domain=PROJECT_DOMAIN), PROJECT_DOMAIN]


@endpoint.action("add project", PROJECT_ON_IT)
def add_project(cloud: Cloud, endpoint: str, project: str) -> None:
    """Let a project see an endpoint."""
    cloud.call(ENDPOINT.service, "PUT", seen(endpoint, project))


@endpoint.action("remove project", PROJECT_ON_IT)
def remove_project(cloud: Cloud, endpoint: str, project: str) -> None:
    """Keep a project from seeing an endpoint."""
    cloud.call(ENDPOINT.service, "DELETE", seen(endpoint, project))
