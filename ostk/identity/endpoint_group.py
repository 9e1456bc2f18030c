"""Endpoint groups: endpoints that match filters, and the projects that see the endpoints (OS-EP-FILTER)."""

from ..api.identity import DOMAIN, ENDPOINT_GROUP, PROJECT
from ..language import DESCRIPTION, NAME, Arg, Items, Noun, Opt, Value, exclusive, target
from ..owner import PROJECT_DOMAIN
from ..session.cloud import Cloud, quote
from .options import read_json

group = Noun(
    ENDPOINT_GROUP,
    "Manage endpoint groups, which limit the endpoints that projects see.",
    columns=["id name description"],
    fields=["description filters id name"],
    admin="create set delete",
)
group.create(
    Arg("name", "Name of the endpoint group."),
    Arg(
        "filters",
        "JSON file with the filters, e.g. on service_id, region_id or interface.",
        type=read_json,
        metavar="FILE",
    ),
    DESCRIPTION,
)
group.show()
group.set(NAME, Opt("--filters", "JSON file with the new filters.", type=read_json, metavar="FILE"), DESCRIPTION)
group.delete()
DOMAIN_OF_PROJECT = Value("--domain", "Domain of the project.", ref=DOMAIN, key="domain_id")


@group.lister(
    "list",
    exclusive(
        Value(
            "--endpointgroup",
            "List the projects associated with an endpoint group instead of endpoint groups.",
            ref=ENDPOINT_GROUP,
        ),
        Value("--project", "Filter by associated project.", ref=PROJECT, domain=DOMAIN_OF_PROJECT),
    ),
    DOMAIN_OF_PROJECT,
)
def list_groups(cloud: Cloud, endpointgroup: str | None, project: str | None) -> Items:
    """List endpoint groups."""
    if endpointgroup:
        return cloud.pages(PROJECT, path=ENDPOINT_GROUP.at(endpointgroup, "projects"))
    path = f"/OS-EP-FILTER/projects/{quote(project)}/endpoint_groups" if project else ""
    return cloud.pages(ENDPOINT_GROUP, path=path)


ASSOCIATION = [target(ENDPOINT_GROUP), target(PROJECT, domain=PROJECT_DOMAIN), PROJECT_DOMAIN]


@group.action("add project", ASSOCIATION)
def add_project(cloud: Cloud, endpoint_group: str, project: str) -> None:
    """Associate a project with an endpoint group (admin only)."""
    cloud.send(ENDPOINT_GROUP, "PUT", endpoint_group, "projects", project)


@group.action("remove project", ASSOCIATION)
def remove_project(cloud: Cloud, endpoint_group: str, project: str) -> None:
    """Dissociate a project from an endpoint group (admin only)."""
    cloud.send(ENDPOINT_GROUP, "DELETE", endpoint_group, "projects", project)
