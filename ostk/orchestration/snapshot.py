"""Snapshots of stacks."""

from typing import Any

from ..api.orchestration import HEAT, STACK_SNAPSHOT
from ..language import ALL_FIELDS_IN_API_ORDER, WAIT, Arg, Cloud, Json, Noun, Opt
from .confirmation import YES, confirm
from .events import awaited
from .stacks import STACK_NAME, get, locate, path_of

SNAPSHOT = Arg("snapshot", "ID of the snapshot.", not_sent=True)
snapshot = Noun(
    STACK_SNAPSHOT,
    "Manage snapshots of stacks.",
    columns=["id= name= action= status= status_reason= creation_time="],
    fields=[ALL_FIELDS_IN_API_ORDER],
    in_order=True,
)


@snapshot.lister("list", STACK_NAME)
def list_snapshots(cloud: Cloud, stack: str) -> Any:
    """List snapshots of a stack."""
    return get(cloud, locate(cloud, stack), "snapshots")["snapshots"]


@snapshot.shower("show", STACK_NAME, SNAPSHOT, default_format="yaml")
def show(cloud: Cloud, stack: str, snapshot: str) -> Any:
    """Show a snapshot of a stack."""
    return get(cloud, locate(cloud, stack), "snapshots", snapshot)


@snapshot.shower(
    "create",
    STACK_NAME,
    Opt("--name", "Name of the snapshot."),
    WAIT,
    fields=["id=ID name action status status_reason data creation_time"],
)
def create(cloud: Cloud, stack: str, body: Json, wait: bool) -> Any:
    """Create a snapshot of a stack."""
    found = locate(cloud, stack)
    with awaited(cloud, found, "SNAPSHOT", wait):
        made = cloud.call(HEAT, "POST", path_of(found, "snapshots"), json=body)
    return get(cloud, found, "snapshots", made["id"])["snapshot"] if wait else made


@snapshot.action("restore", STACK_NAME, SNAPSHOT, WAIT)
def restore(cloud: Cloud, stack: str, snapshot: str, wait: bool) -> None:
    """Restore a stack to a snapshot."""
    found = locate(cloud, stack)
    with awaited(cloud, found, "RESTORE", wait):
        cloud.request(HEAT, "POST", path_of(found, "snapshots", snapshot, "restore"))


def validate(snapshot: str, yes: bool) -> None:
    """Ask on a terminal whether the snapshot is to be deleted."""
    confirm(f"Delete the snapshot {snapshot}?", yes)


@snapshot.action("delete", STACK_NAME, SNAPSHOT, YES, validate=validate)
def delete(cloud: Cloud, stack: str, snapshot: str) -> None:
    """Delete a snapshot of a stack, after a confirmation prompt if standard input is a terminal."""
    cloud.request(HEAT, "DELETE", path_of(locate(cloud, stack), "snapshots", snapshot))
