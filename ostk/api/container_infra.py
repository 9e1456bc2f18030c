"""The Container Infrastructure Management (Magnum) API: its conventions and its resource types.

API reference: https://docs.openstack.org/api-ref/container-infrastructure-management/
"""

from .resource import Resource
from .service import Service

MAGNUM = Service(
    "magnum",
    ("container-infrastructure-management", "container-infra"),
    "v1",
    microversion_type="container-infra",
    wrapped=False,
    update="PATCH",
    next_link="next",
    docs_url="https://docs.openstack.org/api-ref/container-infrastructure-management/",
    older_names=(("cluster_id", "stack_id"),),
)
NEWEST = "1.14"
CLUSTER = Resource(
    MAGNUM,
    "cluster",
    "/clusters",
    id="uuid",
    by_name="",
    in_path=True,
    microversion=NEWEST,
    docs="#manage-cluster",
    defaults='{"faults": ""}',
)
CLUSTER_TEMPLATE = Resource(
    MAGNUM,
    "cluster template",
    "/clustertemplates",
    "clustertemplate",
    id="uuid",
    by_name="",
    in_path=True,
    microversion=NEWEST,
    docs="#manage-cluster-templates",
)
NODE_GROUP = Resource(
    MAGNUM,
    "node group",
    "/clusters/{}/nodegroups",
    "nodegroup",
    id="uuid",
    by_name="",
    in_path=True,
    microversion=NEWEST,
)
CERTIFICATE = Resource(
    MAGNUM,
    "certificate",
    "/certificates",
    id="cluster_uuid",
    name="cluster_uuid",
    microversion=NEWEST,
    docs="#manage-certificates-for-cluster",
)
CLUSTER_CREDENTIAL = Resource(MAGNUM, "cluster credential", "/credentials", id="uuid", name="uuid", microversion=NEWEST)
CLUSTER_QUOTA = Resource(
    MAGNUM, "cluster quota", "/quotas", "quota", name="id", microversion=NEWEST, docs="#magnum-quota-api"
)
CLUSTER_STATISTICS = Resource(MAGNUM, "cluster statistics", "/stats", microversion=NEWEST, docs="#magnum-stats-api")
MAGNUM_SERVICE = Resource(
    MAGNUM, "Magnum service", "/mservices", "mservice", name="id", microversion=NEWEST, docs="#manage-magnum-services"
)
