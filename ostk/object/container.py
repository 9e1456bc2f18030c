"""Containers: what objects are kept in."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from typing import Any

from ..api.object_store import CONTAINER
from ..errors import Conflict, HTTPNotFound, OstkError
from ..language import LONG, Flag, Json, Noun, Opt, each
from ..session.cloud import Cloud
from .saving import destinations, download
from .swift import (
    BOX,
    BOXES,
    PART,
    SET,
    SWIFT,
    UNSET,
    about,
    account_name,
    at,
    change,
    contents,
    listing,
    refuse_unsound,
    told,
)

# What is shown only where it is told.
ALSO = {"read_acl": "read", "write_acl": "write", "sync_to": "sync-to", "sync_key": "sync-key"}

container = Noun(CONTAINER, "Manage containers: what objects are kept in.", ["name"], long=["bytes count"])


@container.lister(
    "create",
    Flag("--public", "Let everybody read it and list it."),
    Opt("--storage-policy", "Policy that says how it is kept.", not_sent=True),
    BOXES,
    columns=["account= container= x-trans-id="],
)
def create(cloud: Cloud, containers: Sequence[str], public: bool, storage_policy: str | None) -> list[Json]:
    """Create containers."""
    headers = {"X-Container-Read": ".r:*,.rlistings"} if public else {}
    headers |= {"X-Storage-Policy": storage_policy} if storage_policy else {}

    def make(name: str) -> Json:
        answer = cloud.request(SWIFT, "PUT", at(name), headers=headers, repeatable=True)
        return {"account": account_name(cloud), "container": name, "x-trans-id": answer.headers.get("X-Trans-Id")}

    return each(cloud, make, containers, "create", "container")


@container.action("delete", BOXES, Flag("--recursive -r", "Delete the objects in them first."))
def delete(cloud: Cloud, containers: Sequence[str], recursive: bool) -> None:
    """Delete containers."""

    def forget(container: str, name: str) -> None:
        with contextlib.suppress(HTTPNotFound):  # a list may still tell of what is gone
            cloud.request(SWIFT, "DELETE", at(container, name, told=True))

    def drop(container: str) -> None:
        names = [one["name"] for one in contents(cloud, container)] if recursive else []
        each(cloud, lambda name: forget(container, name), names, "delete", "object")
        try:
            with about(cloud, container):
                cloud.request(SWIFT, "DELETE", at(container))
        except Conflict as error:
            remedy = "Objects were added meanwhile; try again." if recursive else "Delete its objects with --recursive."
            raise Conflict(error.status, f"Container {container} is not empty. (HTTP 409)", remedy) from error

    each(cloud, drop, containers, "delete", "container")


@container.lister("list", PART, LONG)
def list_containers(cloud: Cloud, body: Json, every: bool) -> Iterator[Json]:
    """List containers."""
    return listing(cloud, "", body, every)


@container.action("save", BOX)
def save_container(cloud: Cloud, container: str) -> None:
    """Save all the objects in a container, as files in this directory."""
    listed = {item["name"]: item for item in contents(cloud, container)}
    files = destinations(listed.values())

    def save(name: str) -> None:
        file = files[name]
        if isinstance(file, OstkError):
            raise file
        download(cloud, at(container, name, told=True), file, listed[name])

    each(cloud, save, [*files], "save", "object")


@container.action("set", BOX, SET, validate=refuse_unsound)
def set_container(cloud: Cloud, container: str, property: Any) -> None:
    """Set properties of a container."""
    with about(cloud, container):
        change(cloud, at(container), "Container", property)


@container.shower("show", BOX, fields=[])
def show(cloud: Cloud, container: str) -> Json:
    """Show a container."""
    with about(cloud, container):
        headers = cloud.request(SWIFT, "HEAD", at(container)).headers
    counts = {"object_count": "X-Container-Object-Count", "bytes_used": "X-Container-Bytes-Used"}
    found = {key: headers.get(name) for key, name in {**counts, "storage_policy": "X-Storage-Policy"}.items()}
    found |= {key: headers[f"X-Container-{name}"] for key, name in ALSO.items() if f"X-Container-{name}" in headers}
    return {"account": account_name(cloud), "container": container, **found, **told("container", headers)}


@container.action("unset", BOX, UNSET, validate=refuse_unsound)
def unset(cloud: Cloud, container: str, property: Any) -> None:
    """Remove properties of a container."""
    with about(cloud, container):
        change(cloud, at(container), "Container", removed=property)
