"""Auto-allocated topologies: a network with subnets and a router, created for a project in one request."""

from ..api.identity import PROJECT
from ..api.network import AUTO_TOPOLOGY
from ..language import Cloud, Column, Flag, Json, Noun, Value
from ..owner import PROJECT_DOMAIN
from .fields import other_fields

topology = Noun(
    AUTO_TOPOLOGY, "Manage the auto-allocated topology of a project.", fields=["id project_id", *other_fields("name")]
)
PROJECT_OPTIONS = [
    Value("--project", "Project of the topology (default: the current project).", ref=PROJECT, domain=PROJECT_DOMAIN),
    PROJECT_DOMAIN,
]


@topology.shower(
    "create",
    PROJECT_OPTIONS,
    Flag("--check-resources", "Validate the requirements of the topology without creating resources."),
    Flag("--or-show", "Show the topology if the project already has a topology (default)."),
    fields=[],
)
def create_topology(cloud: Cloud, project: str | None, check_resources: bool) -> tuple[list[Column], Json]:
    """Create the auto-allocated topology of a project: network, subnets and router."""
    query = {"fields": "dry-run"} if check_resources else {}
    reply = cloud.send(AUTO_TOPOLOGY, "GET", project or cloud.access.project_id, params=query)
    return [Column("dry_run")] if check_resources else topology.fields, cloud.unwrap(AUTO_TOPOLOGY, reply)


@topology.action("delete", PROJECT_OPTIONS)
def delete_topology(cloud: Cloud, project: str | None) -> None:
    """Delete the auto-allocated topology of a project: network, subnets and router."""
    cloud.delete(AUTO_TOPOLOGY, project or cloud.access.project_id)
