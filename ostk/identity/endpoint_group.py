"""Endpoint groups: endpoints that some projects see, chosen by what they have in common."""

from __future__ import annotations

from collections.abc import Iterator

from ..api.identity import DOMAIN, ENDPOINT_GROUP, PROJECT
from ..language import DESCRIPTION, NAME, Arg, Json, Noun, Opt, exclusive, target
from ..owner import PROJECT_DOMAIN
from ..session.cloud import Cloud, quote
from .options import json_in

group = Noun(
    ENDPOINT_GROUP,
    "Manage which projects see which endpoints.",
    columns=["id name description"],
    fields=["description filters id name"],
)
group.create(Arg("name"), Arg("filters", type=json_in), DESCRIPTION)
group.show()
group.set(NAME, Opt("--filters", "File of JSON that says which endpoints.", type=json_in, metavar="FILE"), DESCRIPTION)
group.delete()
DOMAIN_OF_PROJECT = Opt("--domain", "Domain of the project.", ref=DOMAIN, key="domain_id", not_sent=True)


@group.lister(
    "list",
    exclusive(
        Opt("--endpointgroup", "List the projects of this group.", ref=ENDPOINT_GROUP, not_sent=True),
        Opt("--project", "Only those of this project.", ref=PROJECT, domain=DOMAIN_OF_PROJECT, not_sent=True),
    ),
    DOMAIN_OF_PROJECT,
)
def list_groups(cloud: Cloud, endpointgroup: str, project: str) -> Iterator[Json]:
    """List endpoint groups."""
    if endpointgroup:
        return cloud.pages(PROJECT, path=ENDPOINT_GROUP.at(endpointgroup, "projects"))
    path = f"/OS-EP-FILTER/projects/{quote(project)}/endpoint_groups" if project else ""
    return cloud.pages(ENDPOINT_GROUP, path=path)


PROJECT_IN_IT = [target(ENDPOINT_GROUP), target(PROJECT, domain=PROJECT_DOMAIN), PROJECT_DOMAIN]


@group.action("add project", PROJECT_IN_IT)
def add_project(cloud: Cloud, endpoint_group: str, project: str) -> None:
    """Let a project see the endpoints of a group."""
    cloud.call(ENDPOINT_GROUP.service, "PUT", ENDPOINT_GROUP.at(endpoint_group, "projects", project))


@group.action("remove project", PROJECT_IN_IT)
def remove_project(cloud: Cloud, endpoint_group: str, project: str) -> None:
    """Keep a project from seeing the endpoints of a group."""
    cloud.call(ENDPOINT_GROUP.service, "DELETE", ENDPOINT_GROUP.at(endpoint_group, "projects", project))
