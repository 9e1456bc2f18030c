"""Clusters of a container orchestration engine, such as Kubernetes."""

from collections.abc import Sequence

from ..api.compute import FLAVOR, KEYPAIR, SERVER
from ..api.container_infra import CLUSTER, CLUSTER_TEMPLATE
from ..api.network import NETWORK, SUBNET
from ..errors import OstkError
from ..language import Arg, Cloud, Json, Noun, Opt, exclusive, target
from .options import (
    CREATED,
    DELETED,
    FLOATING_IPS,
    LABEL_CHANGES,
    LABELS,
    MASTER_BALANCER,
    MERGE_LABELS,
    SORTED_PAGES,
    UPDATED,
    confirm,
    operations,
    wait_until_begun,
    wait_until_there,
)

FIELDS = """
    status= health_status= cluster_template_id= node_addresses= uuid= cluster_id= status_reason= created_at= updated_at=
    coe_version= labels= labels_overridden= labels_skipped= labels_added= fixed_network= fixed_subnet=
    floating_ip_enabled= faults= keypair= api_address= master_addresses= master_lb_enabled= create_timeout= node_count=
    discovery_url= docker_volume_size= master_count= container_version= name= master_flavor_id= flavor_id=
    health_status_reason= project_id=
"""


cluster = Noun(
    CLUSTER,
    "Manage clusters of a container orchestration engine.",
    columns=["uuid= name= keypair= node_count= master_count= status= health_status="],
    fields=[FIELDS],
    in_order=True,
)
cluster.list(*SORTED_PAGES)
cluster.show()
CLUSTER_NAME = target(CLUSTER, as_typed=True)
NODE_GROUP_NAME = Opt("--nodegroup", "Node group of the cluster.")


def validate_masters(values: Json) -> None:
    """Reject several master nodes without a load balancer."""
    if values["master_lb_disabled"] is not None and values["master_count"] > 1:
        raise OstkError("--master-lb-disabled requires one master node.", "Leave out --master-count.")


@cluster.action(
    "create",
    Arg("name", "Name of the cluster."),
    Opt("--cluster-template cluster_template_id", "Cluster template.", names=CLUSTER_TEMPLATE, required=True),
    Opt("--discovery-url", "URL of a discovery service for the nodes."),
    Opt("--docker-volume-size", "Size of the volume for container images, in GiB.", type=int),
    LABELS,
    Opt("--keypair", "SSH key pair of the nodes.", names=KEYPAIR),
    Opt("--master-count", "Number of master nodes.", type=int, default=1),
    Opt("--node-count", "Number of worker nodes.", type=int, default=1),
    Opt("--timeout", "Time-out of the creation, in minutes.", key="create_timeout", type=int, default=60),
    Opt("--master-flavor", "Flavor of the master nodes.", key="master_flavor_id", names=FLAVOR),
    Opt("--flavor", "Flavor of the worker nodes.", key="flavor_id", names=FLAVOR),
    Opt("--fixed-network", "Private network of the cluster.", names=NETWORK),
    Opt("--fixed-subnet", "Private subnet of the cluster.", names=SUBNET),
    FLOATING_IPS,
    MERGE_LABELS,
    exclusive(*MASTER_BALANCER),
    wait=CREATED,
    validate=validate_masters,
)
def create(cloud: Cloud, body: Json, wait: bool) -> str:
    """Create a cluster."""
    uuid: str = cloud.create(CLUSTER, body)["uuid"]
    confirm(cloud, f"Request to create cluster {uuid} accepted")
    if wait:
        wait_until_there(cloud, CLUSTER, uuid)
    return uuid


@cluster.action(
    "update",
    CLUSTER_NAME,
    Opt("--name", "New name."),
    Opt("--node-count", "Number of worker nodes.", type=int),
    Opt("--master-count", "Number of master nodes.", type=int),
    LABEL_CHANGES,
    Opt("--rollback", "Roll back the cluster if the update fails.", value=True, not_sent=True),
    wait=UPDATED,
)
def update(cloud: Cloud, cluster: str, body: Json, rollback: bool | None, values: Json) -> str:
    """Update a cluster."""
    patch = operations(body, values["label"], values["no_label"])
    content = {"json": patch, "params": {"rollback": "True"} if rollback else {}}
    return change(cloud, "update", "PATCH", cluster, (), content, values["wait"])


def change(cloud: Cloud, verb: str, method: str, cluster: str, path: Sequence[str], content: Json, wait: bool) -> str:
    """Send a request that changes a cluster, tell that it was accepted, and return the ID of the cluster.

    Args:
        cloud: The cloud.
        verb: What is done to the cluster.
        method: The HTTP method.
        cluster: The name or ID of the cluster.
        path: The path below that of the cluster.
        content: The content of the request.
        wait: Whether to wait until the change has begun.
    """
    before = cloud.get(CLUSTER, cluster)
    cloud.send(CLUSTER, method, before["uuid"], *path, **content)
    confirm(cloud, f"Request to {verb} cluster {cluster} has been accepted.")
    if wait:
        wait_until_begun(cloud, before)
    return str(before["uuid"])


@cluster.action(
    "resize",
    CLUSTER_NAME,
    Arg("node_count", "Number of nodes.", type=int),
    Opt("--nodes-to-remove...", "Node to remove.", names=SERVER),
    NODE_GROUP_NAME,
    wait=UPDATED,
)
def resize(cloud: Cloud, cluster: str, body: Json, wait: bool) -> str:
    """Change the number of nodes of a cluster or of a node group."""
    return change(cloud, "resize", "POST", cluster, ("actions", "resize"), {"json": body}, wait)


@cluster.action(
    "upgrade",
    CLUSTER_NAME,
    Arg("cluster_template", "New cluster template.", names=CLUSTER_TEMPLATE, key="cluster_template"),
    Opt("--max-batch-size", "Number of nodes to upgrade at once.", type=int, default=1),
    NODE_GROUP_NAME,
    wait=UPDATED,
)
def upgrade(cloud: Cloud, cluster: str, body: Json, wait: bool) -> str:
    """Upgrade a cluster to another cluster template, with other versions."""
    return change(cloud, "upgrade", "POST", cluster, ("actions", "upgrade"), {"json": body}, wait)


cluster.delete(wait=DELETED, accepted="Request to delete cluster {} has been accepted.")
