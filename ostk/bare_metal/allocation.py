"""Allocations: requests to find a node that fits, and to reserve the node."""

from ..api.bare_metal import ALLOCATION, NODE
from ..errors import OstkError, WaitError, after
from ..language import Cloud, Json, Opt
from .changes import EXTRA, UNSET_EXTRA, removals
from .fields import WAIT
from .verbs import add_delete, add_list, add_set, add_show, add_unset, described

allocation = described(
    ALLOCATION,
    "Manage allocations of bare metal nodes.",
    "uuid name state owner node_uuid last_error resource_class traits candidate_nodes extra created_at updated_at",
    "uuid name resource_class state node_uuid",
)
add_list(
    allocation,
    Opt("--node", "Filter by node.", names=NODE),
    Opt("--resource-class", "Filter by resource class."),
    Opt("--state", "Filter by state: allocating, active or error."),
    Opt("--owner", "Filter by owner."),
    detail="-",
)
add_show(allocation)
add_set(allocation, Opt("--name", "New name."), EXTRA)
add_unset(allocation, removals("name"), UNSET_EXTRA)
add_delete(allocation, help="Delete allocations: release the allocated nodes.")


def validate_request(resource_class: str | None, node: str | None) -> None:
    """Raise OstkError without --resource-class and --node."""
    if not (resource_class or node):
        raise OstkError("--resource-class is required unless there is --node.")


@allocation.shower(
    "create",
    Opt("--resource-class", "Resource class of the node."),
    Opt("--trait...", "Trait that the node must have.", key="traits"),
    Opt(
        "--candidate-node...", "Candidate node: only candidate nodes are allocated.", key="candidate_nodes", names=NODE
    ),
    Opt("--name", "Name of the allocation."),
    Opt("--uuid", "UUID of the allocation."),
    Opt("--owner", "Owner (project ID)."),
    EXTRA,
    Opt("--node", "Backfill: node already in use, for which to create an allocation.", names=NODE),
    WAIT,
    validate=validate_request,
)
def create(cloud: Cloud, body: Json, wait: int | None) -> Json:
    """Create an allocation: reserve a node that matches."""
    found: Json = cloud.send(ALLOCATION, "POST", json=body)
    return found if wait is None else wait_for(cloud, found)


def wait_for(cloud: Cloud, item: Json) -> Json:
    """Return an allocation when it is active. Raises WaitError if it failed, and stays in the state error."""

    def reached(now: Json) -> bool:
        if now["state"] == "error":
            raise WaitError(
                f"The allocation {item['uuid']} failed: {now.get('last_error')}",
                f"It stays in the state error: ostk baremetal allocation delete {item['uuid']}",
            )
        return bool(now["state"] == "active")

    with after(f"The allocation was created ({item['uuid']})"):
        return cloud.poll(lambda: cloud.fetch(ALLOCATION, item["uuid"]), reached, noun="allocation", status_key="state")
