"""Node groups: nodes of a cluster with the same flavor and image."""

from ..api.compute import FLAVOR
from ..api.container_infra import CLUSTER, NODE_GROUP
from ..api.image import IMAGE
from ..language import Arg, Cloud, Json, Noun, Opt, target
from ..record import replace
from .options import CREATED, DELETED, LABELS, MERGE_LABELS, NODE_LABELS, NODE_TAINTS, SORTED_PAGES, confirm, operations

FIELDS = """
    uuid= name= cluster_id= project_id= docker_volume_size= labels= labels_overridden= labels_skipped= labels_added=
    flavor_id= image_id= node_addresses= node_count= role= max_node_count= min_node_count= is_default= stack_id= status=
    status_reason= node_labels= node_taints=
"""

nodegroup = Noun(
    NODE_GROUP,
    "Manage node groups: nodes of a cluster with the same role, flavor and image.",
    columns=["uuid= name= flavor_id= image_id= node_count= status= role="],
    fields=[FIELDS],
    in_order=True,
    parent=target(CLUSTER),
)
nodegroup.list(*SORTED_PAGES, Opt("--role", "Filter by role."))
nodegroup.show()
ONE = target(NODE_GROUP, "nodegroup", as_typed=True)
MIN_NODES = Opt("--min-nodes", "Minimum number of nodes.", key="min_node_count", type=int)
MAX_NODES = Opt("--max-nodes", "Maximum number of nodes.", key="max_node_count", type=int)


@nodegroup.action(
    "create",
    target(CLUSTER),
    Arg("name", "Name of the node group."),
    Opt("--docker-volume-size", "Size of the volume for container images, in GiB.", type=int),
    LABELS,
    Opt("--node-count", "Number of nodes.", type=int, default=1),
    Opt("--min-nodes", "Minimum number of nodes.", key="min_node_count", type=int, default=0),
    MAX_NODES,
    Opt("--role", "Role of the nodes.", default="worker"),
    Opt("--image", "Image of the nodes.", key="image_id", names=IMAGE),
    Opt("--flavor", "Flavor of the nodes.", key="flavor_id", names=FLAVOR),
    MERGE_LABELS,
    NODE_LABELS,
    NODE_TAINTS,
    wait=replace(CREATED, parent="cluster"),
)
def create(cloud: Cloud, cluster: str, body: Json) -> str:
    """Create a node group."""
    uuid: str = cloud.create(NODE_GROUP.under(cluster), body)["uuid"]
    confirm(cloud, f"Request to create nodegroup {uuid} accepted")
    return uuid


@nodegroup.action("update", target(CLUSTER), ONE, MIN_NODES, MAX_NODES, NODE_LABELS, NODE_TAINTS)
def update(cloud: Cloud, cluster: str, nodegroup: str, body: Json) -> None:
    """Update a node group. Node labels and node taints are replaced as a whole."""
    # Magnum takes only texts and numbers as values of a patch; it reads objects and lists from the text.
    patch = operations({key: value if isinstance(value, int) else str(value) for key, value in body.items()})
    group = NODE_GROUP.under(cluster)
    cloud.send(group, "PATCH", cloud.find(group, nodegroup), json=patch)
    confirm(cloud, f"Request to update nodegroup {nodegroup} has been accepted.")


nodegroup.delete(wait=DELETED, accepted="Request to delete nodegroup {} has been accepted.")
