"""Auto-allocated topologies: a network, its subnets and a router, made for a project at once."""

from __future__ import annotations

from ..api.identity import PROJECT
from ..api.network import AUTO_TOPOLOGY
from ..language import Column, Flag, Json, Noun, Opt
from ..owner import PROJECT_DOMAIN
from ..session.cloud import Cloud
from .extra_properties import others

topology = Noun(
    AUTO_TOPOLOGY, "Manage a network that is made ready for a project.", fields=["id project_id", *others("name")]
)
FOR = [
    Opt("--project", "Project it is for; yours unless given.", ref=PROJECT, domain=PROJECT_DOMAIN, not_sent=True),
    PROJECT_DOMAIN,
]


@topology.shower(
    "create",
    FOR,
    Flag("--check-resources", "Only check that it can be made."),
    Flag("--or-show", "Show it if there is one (as is usual)."),
    fields=[],
)
def create_topology(cloud: Cloud, project: str | None, check_resources: bool) -> tuple[list[Column], Json]:
    """Make a network for a project, with subnets and a way outside."""
    path = AUTO_TOPOLOGY.at(project or cloud.access.project_id)
    query = {"fields": "dry-run"} if check_resources else {}
    reply = cloud.call(AUTO_TOPOLOGY.service, "GET", path, params=query)
    return [Column("dry_run")] if check_resources else topology.fields, cloud.unwrap(AUTO_TOPOLOGY, reply)


@topology.action("delete", FOR)
def delete_topology(cloud: Cloud, project: str | None) -> None:
    """Delete the network that was made for a project."""
    cloud.delete(AUTO_TOPOLOGY, project or cloud.access.project_id)
