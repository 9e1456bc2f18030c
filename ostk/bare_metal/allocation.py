"""Allocations: requests to find a node that fits, and to reserve the node."""

from __future__ import annotations

from ..api.bare_metal import ALLOCATION, NODE
from ..errors import OstkError, WaitError, after
from ..language import Json, Noun, Opt
from ..session.cloud import Cloud
from . import changes
from .changes import EXTRA, UNSET_EXTRA, change, removed
from .fields import WAIT, Rows, argument, call, columns, fetch, fields_option, list_all, list_options, some

FIELDS = "uuid name state owner node_uuid last_error resource_class traits candidate_nodes extra created_at updated_at"
SHORT = "uuid name resource_class state node_uuid"
DETAILED = columns(FIELDS)
allocation = Noun(
    ALLOCATION, "Manage allocations of bare metal nodes.", columns=some(DETAILED, SHORT), fields=DETAILED, in_order=True
)


def validate_request(resource_class: str | None, node: str | None) -> None:
    """Raise OstkError without --resource-class and --node."""
    if not (resource_class or node):
        raise OstkError("--resource-class is required unless there is --node.")


@allocation.shower(
    "create",
    Opt("--resource-class", "Resource class of the node."),
    Opt("--trait", "Trait that the node must have.", key="traits", multiple=True),
    Opt("--candidate-node", "Node that may be allocated.", key="candidate_nodes", multiple=True, names=NODE),
    Opt("--name", "Name of the allocation."),
    Opt("--uuid", "UUID of the allocation."),
    Opt("--owner", "Owner (project ID)."),
    EXTRA,
    Opt("--node", "Node that is in use already, for which an allocation is recorded.", names=NODE),
    WAIT,
    validate=validate_request,
)
def create(cloud: Cloud, body: Json, wait: int | None) -> Json:
    """Create an allocation: find a node, and reserve the node."""
    found: Json = call(cloud, "POST", ALLOCATION.path, json=body)
    return found if wait is None else wait_for(cloud, found)


def wait_for(cloud: Cloud, item: Json) -> Json:
    """Return an allocation when it is active. Raises WaitError if it failed, and stays in the state error."""

    def fetch() -> Json:
        now: Json = call(cloud, "GET", ALLOCATION.at(item["uuid"]))
        return {**now, "id": now["uuid"]}

    def reached(now: Json) -> bool:
        if now["state"] == "error":
            raise WaitError(
                f"The allocation {item['uuid']} failed: {now.get('last_error')}",
                f"It stays in the state error: ostk baremetal allocation delete {item['uuid']}",
            )
        return bool(now["state"] == "active")

    with after(f"The allocation was created ({item['uuid']})"):
        return cloud.poll(fetch, reached, noun="allocation", status_key="state")


@allocation.lister(
    "list",
    Opt("--node", "Filter by node.", names=NODE),
    Opt("--resource-class", "Filter by resource class."),
    Opt("--state", "Filter by state: allocating, active or error."),
    Opt("--owner", "Filter by owner."),
    list_options(FIELDS),
    also=DETAILED,
)
def list_allocations(cloud: Cloud, body: Json, values: Json) -> Rows:
    """List allocations."""
    return list_all(cloud, ALLOCATION, body, values, SHORT, DETAILED, "-")


@allocation.shower("show", argument(ALLOCATION), fields_option(FIELDS), fields=[])
def show(cloud: Cloud, allocation: str, fields: tuple[str, ...]) -> Json:
    """Show an allocation."""
    return fetch(cloud, ALLOCATION, allocation, fields)


@allocation.action("set", argument(ALLOCATION), Opt("--name", "New name."), EXTRA)
def set_allocation(cloud: Cloud, allocation: str, body: Json) -> None:
    """Update an allocation."""
    change(cloud, ALLOCATION, allocation, body)


@allocation.action("unset", argument(ALLOCATION), removed("--name", "Remove the name."), UNSET_EXTRA)
def unset(cloud: Cloud, allocation: str, body: Json) -> None:
    """Unset fields of an allocation."""
    change(cloud, ALLOCATION, allocation, body)


@allocation.each("delete")
def delete(cloud: Cloud, allocation: str) -> None:
    """Delete allocations: the nodes are free again."""
    changes.delete(cloud, ALLOCATION, allocation)
