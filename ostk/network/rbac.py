"""RBAC policies: what a project shares with others."""

from __future__ import annotations

from ..api.identity import DOMAIN, PROJECT
from ..api.network import ADDRESS_GROUP, ADDRESS_SCOPE, NETWORK, QOS_POLICY, RBAC_POLICY, SECURITY_GROUP, SUBNET_POOL
from ..language import LONG, PAGES, Arg, Json, Noun, Opt, exclusive
from ..owner import OWNER
from ..session.cloud import Cloud
from .extra_properties import EXTRA, others

rbac = Noun(
    RBAC_POLICY,
    "Manage what is shared with which project.",
    columns=["id object_type object_id"],
    long=["action"],
    fields=["action id object_id object_type project_id target_tenant=target_project_id", *others("name")],
)
OBJECTS = {
    "address_group": ADDRESS_GROUP,
    "address_scope": ADDRESS_SCOPE,
    "security_group": SECURITY_GROUP,
    "subnetpool": SUBNET_POOL,
    "qos_policy": QOS_POLICY,
    "network": NETWORK,
}
ACTIONS = "access_as_external access_as_shared"
TARGET_DOMAIN = Opt("--target-project-domain", "Domain of that project.", ref=DOMAIN, key="domain_id", not_sent=True)
TARGET = Opt("--target-project", "Project it is shared with.", ref=PROJECT, key="target_tenant", domain=TARGET_DOMAIN)
ALL = Opt("--target-all-projects", "Share it with all projects.", key="target_tenant", value="*")


def named(cloud: Cloud, body: Json, rbac_object: str) -> None:
    """Find what is shared."""
    body["object_id"] = cloud.find(OBJECTS[body["object_type"]], rbac_object)


def anyone(cloud: Cloud, body: Json, target_project: str | None) -> None:
    """Find the project, unless an asterisk stands for all."""
    if target_project:
        body["target_tenant"] = "*" if target_project == "*" else cloud.find(PROJECT, target_project)


rbac.create(
    Arg("rbac_object", not_sent=True),
    Opt("--type", "What it is.", key="object_type", choices=OBJECTS, required=True),
    Opt("--action", "What the project may do with it.", choices=ACTIONS, required=True),
    exclusive(TARGET, ALL, required=True),
    TARGET_DOMAIN,
    OWNER,
    EXTRA,
    prepare=named,
)
rbac.list(
    Opt("--type", "Only those for this type of thing.", key="object_type", choices=OBJECTS),
    Opt("--action", "Only those that allow this.", choices=ACTIONS),
    Opt("--target-project", "Only those with this project, or *.", not_sent=True),
    LONG,
    PAGES,
    prepare=anyone,
)
rbac.show()
rbac.set(TARGET, TARGET_DOMAIN, EXTRA)
rbac.delete()
