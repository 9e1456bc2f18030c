"""Containers: what objects are kept in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..errors import NotFound, OstkError
from ..kinds import CONTAINER
from ..language import LONG, Arg, Flag, Json, Noun, Opt, each
from ..session.cloud import Cloud
from .swift import PART, SET, SWIFT, UNSET, account, at, change, listing, refuse_unsound, save, told

ONE = Arg("container", names=CONTAINER, local=True)
# What is shown only where it is told.
ALSO = {"read_acl": "read", "write_acl": "write", "sync_to": "sync-to", "sync_key": "sync-key"}

container = Noun(CONTAINER, "Manage containers: what objects are kept in.", ["name"], long=["bytes count"])


def refuse_slash(containers: Sequence[str]) -> None:
    """Refuse names that Swift would take for a container and an object in it."""
    for name in containers:
        if "/" in name:
            raise OstkError(f"A container cannot be named {name!r}: its name has no slash.")


@container.lister(
    "create",
    Flag("--public", "Let everybody read it and list it."),
    Opt("--storage-policy", "Policy that says how it is kept.", local=True),
    Arg("containers", nargs=-1, required=True, local=True, metavar="CONTAINER..."),
    columns=["account=account container=container x-trans-id=x-trans-id"],
    refuse=refuse_slash,
)
def create(cloud: Cloud, containers: Sequence[str], public: bool, storage_policy: str | None) -> list[Json]:
    """Create containers."""
    headers = {"X-Container-Read": ".r:*,.rlistings"} if public else {}
    headers |= {"X-Storage-Policy": storage_policy} if storage_policy else {}
    made: dict[str, Json] = {}

    def make(name: str) -> None:
        answer = cloud.request(SWIFT, "PUT", at(name), headers=headers)
        made[name] = {"account": account(cloud), "container": name, "x-trans-id": answer.headers.get("X-Trans-Id")}

    each(cloud, make, containers, "create", "container")
    return [made[name] for name in containers if name in made]


@container.each("delete", Flag("--recursive -r", "Delete the objects in them first."))
def delete(cloud: Cloud, container: str, recursive: bool) -> None:
    """Delete containers."""

    def forget(name: str) -> None:
        try:
            cloud.request(SWIFT, "DELETE", at(container, name))
        except NotFound:
            return  # a list may still tell of what is gone

    if recursive:
        cloud.at_once(forget, [one["name"] for one in listing(cloud, at(container), {}, True)])
    cloud.request(SWIFT, "DELETE", at(container))


@container.lister("list", PART, LONG)
def list_containers(cloud: Cloud, body: Json, every: bool) -> Iterator[Json]:
    """List containers."""
    return listing(cloud, "", body, every)


@container.action("save", ONE)
def save_container(cloud: Cloud, container: str) -> None:
    """Save all the objects in a container, as files in this directory."""
    names = [one["name"] for one in listing(cloud, at(container), {}, True)]
    each(cloud, lambda name: save(cloud, container, name, None), names, "save", "object")


@container.action("set", ONE, SET, refuse=refuse_unsound)
def set_container(cloud: Cloud, container: str, property: Any) -> None:
    """Set properties of a container."""
    change(cloud, at(container), "Container", property)


@container.shower("show", ONE, fields=[])
def show(cloud: Cloud, container: str) -> Json:
    """Show a container."""
    headers = cloud.request(SWIFT, "HEAD", at(container)).headers
    counts = {"object_count": "X-Container-Object-Count", "bytes_used": "X-Container-Bytes-Used"}
    found = {key: headers.get(name) for key, name in {**counts, "storage_policy": "X-Storage-Policy"}.items()}
    found |= {key: headers[f"X-Container-{name}"] for key, name in ALSO.items() if f"X-Container-{name}" in headers}
    return {"account": account(cloud), "container": container, **found, **told("container", headers)}


@container.action("unset", ONE, UNSET)
def unset(cloud: Cloud, container: str, property: Any) -> None:
    """Remove properties of a container."""
    change(cloud, at(container), "Container", removed=property)
