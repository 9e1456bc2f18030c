"""RBAC policies: access of a project, or of all projects, to a network, QoS policy or other object."""

from ..api.identity import DOMAIN, PROJECT
from ..api.network import ADDRESS_GROUP, ADDRESS_SCOPE, NETWORK, QOS_POLICY, RBAC_POLICY, SECURITY_GROUP, SUBNET_POOL
from ..language import LONG, PAGES, Arg, Cloud, Json, Noun, Opt, Value, exclusive
from ..owner import OWNER
from .extra_properties import EXTRA
from .fields import other_fields

rbac = Noun(
    RBAC_POLICY,
    "Manage RBAC policies: share network resources with projects.",
    columns=["id object_type object_id"],
    long=["action"],
    fields=["action id object_id object_type project_id target_tenant=target_project_id", *other_fields("name")],
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
TARGET_DOMAIN = Value("--target-project-domain", "Domain of the target project.", ref=DOMAIN, key="domain_id")
TARGET = Opt("--target-project", "Project that gets access.", ref=PROJECT, key="target_tenant", domain=TARGET_DOMAIN)
ALL = Opt("--target-all-projects", "Give access to all projects.", key="target_tenant", value="*", admin=True)


def find_object(cloud: Cloud, body: Json, rbac_object: str) -> Json:
    """Return the request with the ID of the object, looked up by its type."""
    return {**body, "object_id": cloud.find(OBJECTS[body["object_type"]], rbac_object)}


def filter_by_target(cloud: Cloud, body: Json, target_project: str | None) -> Json:
    """Return the query with the filter `target_tenant`: the project's ID, or "*" for all projects."""
    if not target_project:
        return body
    return {**body, "target_tenant": "*" if target_project == "*" else cloud.find(PROJECT, target_project)}


rbac.create(
    Arg("rbac_object", "Object to share (name or ID).", not_sent=True),
    Opt("--type", "Type of the object.", key="object_type", choices=OBJECTS, required=True),
    Opt("--action", "Access that the target project gets.", choices=ACTIONS, required=True),
    exclusive(TARGET, ALL, required=True),
    TARGET_DOMAIN,
    OWNER,
    EXTRA,
    prepare=find_object,
    help="Create an RBAC policy.",
)
rbac.list(
    Opt("--type", "Filter by type of the object.", key="object_type", choices=OBJECTS),
    Opt("--action", "Filter by action.", choices=ACTIONS),
    Value("--target-project", "Filter by target project (name or ID), or * for all projects."),
    LONG,
    PAGES,
    prepare=filter_by_target,
    help="List RBAC policies.",
)
rbac.show(help="Show an RBAC policy.")
rbac.set(TARGET, TARGET_DOMAIN, EXTRA, help="Change an RBAC policy.")
rbac.delete(help="Delete RBAC policies.")
