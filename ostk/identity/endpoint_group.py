"""Endpoint groups: endpoints that some projects see, chosen by what they have in common."""

from __future__ import annotations

from collections.abc import Iterator

from ..kinds import ENDPOINT_GROUP, PROJECT
from ..language import DESCRIPTION, NAME, Arg, Json, Noun, Opt, exclusive, target
from ..owner import PROJECT_DOMAIN
from ..session.cloud import Cloud, quote
from .federation import JsonFile

group = Noun(
    ENDPOINT_GROUP,
    "Manage which projects see which endpoints.",
    columns=["id name description"],
    fields=["description filters id name"],
)
group.create(Arg("name"), Arg("filters", type=JsonFile()), DESCRIPTION)
group.show()
group.set(NAME, Opt("--filters", "File of JSON that says which endpoints.", type=JsonFile()), DESCRIPTION)
group.delete()
DOMAIN_OF_PROJECT = Opt("--domain", "Domain of the project.", ref=PROJECT_DOMAIN.ref, key="domain_id", local=True)


@group.lister(
    "list",
    exclusive(
        Opt("--endpointgroup", "List the projects of this group.", ref=ENDPOINT_GROUP, local=True),
        Opt("--project", "Only those of this project.", ref=PROJECT, domain=DOMAIN_OF_PROJECT, local=True),
    ),
    DOMAIN_OF_PROJECT,
)
def list_groups(cloud: Cloud, endpointgroup: str, project: str) -> Iterator[Json]:
    """List endpoint groups."""
    if endpointgroup:
        return cloud.pages(PROJECT, path=f"{ENDPOINT_GROUP.path}/{quote(endpointgroup)}/projects")
    path = f"/OS-EP-FILTER/projects/{quote(project)}/endpoint_groups" if project else ""
    return cloud.pages(ENDPOINT_GROUP, path=path)


PROJECT_IN_IT = [target(ENDPOINT_GROUP), target(PROJECT, domain=PROJECT_DOMAIN), PROJECT_DOMAIN]


def place(group: str, project: str) -> str:
    """Where it is kept that a project sees the endpoints of a group."""
    return f"{ENDPOINT_GROUP.path}/{quote(group)}/projects/{quote(project)}"


@group.action("add project", PROJECT_IN_IT)
def add_project(cloud: Cloud, endpoint_group: str, project: str) -> None:
    """Let a project see the endpoints of a group."""
    cloud.call(ENDPOINT_GROUP.service, "PUT", place(endpoint_group, project))


@group.action("remove project", PROJECT_IN_IT)
def remove_project(cloud: Cloud, endpoint_group: str, project: str) -> None:
    """Keep a project from seeing the endpoints of a group."""
    cloud.call(ENDPOINT_GROUP.service, "DELETE", place(endpoint_group, project))
