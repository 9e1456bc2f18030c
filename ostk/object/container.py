"""Containers, which hold the objects of an account."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from typing import Any

from ..api.object_store import CONTAINER
from ..errors import Conflict, HTTPNotFound
from ..language import LONG, Flag, FullOpt, Json, Noun, Opt, each
from ..session.cloud import Cloud
from .destinations import destinations
from .download import DIRECTORY, SKIP_IDENTICAL, Wanted, download_all
from .swift import (
    CONTAINER_ARGUMENT,
    CONTAINERS_ARGUMENT,
    LIST_OPTIONS,
    PROGRESS,
    PROPERTIES,
    REMOVED_PROPERTIES,
    SWIFT,
    account_name,
    format_metadata,
    list_all_objects,
    naming_missing,
    pages_of,
    path_of,
    update_metadata,
    validate_metadata,
)

# Fields of `container show` that have a header only if they are set, and the header without X-Container-.
OPTIONAL_FIELDS = {"read_acl": "read", "write_acl": "write", "sync_to": "sync-to", "sync_key": "sync-key"}

PREFIX = FullOpt("--prefix", "Save the objects whose names begin with this prefix.", not_sent=True)

container = Noun(CONTAINER, "Manage containers.", ["name"], long=["bytes count"])


@container.lister(
    "create",
    Flag("--public", "Allow everybody to read and list the objects (read ACL .r:*,.rlistings)."),
    Opt("--storage-policy", "Name of the storage policy of the containers.", not_sent=True),
    CONTAINERS_ARGUMENT,
    columns=["account= container= x-trans-id="],
)
def create(cloud: Cloud, containers: Sequence[str], public: bool, storage_policy: str | None) -> list[Json]:
    """Create containers."""
    headers = {"X-Container-Read": ".r:*,.rlistings"} if public else {}
    headers |= {"X-Storage-Policy": storage_policy} if storage_policy else {}

    def create_container(name: str) -> Json:
        answer = cloud.request(SWIFT, "PUT", path_of(name), headers=headers, repeatable=True)
        return {"account": account_name(cloud), "container": name, "x-trans-id": answer.headers.get("X-Trans-Id")}

    return each(cloud, create_container, containers, "create", "container")


@container.action("delete", CONTAINERS_ARGUMENT, Flag("--recursive -r", "Delete all objects in the containers first."))
def delete(cloud: Cloud, containers: Sequence[str], recursive: bool) -> None:
    """Delete containers."""

    def delete_object(container: str, name: str) -> None:
        with contextlib.suppress(HTTPNotFound):  # Swift is eventually consistent: a listing may hold deleted objects
            cloud.request(SWIFT, "DELETE", path_of(container, name, listed=True))

    def delete_container(container: str) -> None:
        names = [one["name"] for one in list_all_objects(cloud, container)] if recursive else []
        each(cloud, lambda name: delete_object(container, name), names, "delete", "object")
        try:
            with naming_missing(cloud, container):
                cloud.request(SWIFT, "DELETE", path_of(container))
        except Conflict as error:
            if recursive:
                hint = "Objects were added during the deletion; try again."
            else:
                hint = "Delete the objects in the container with --recursive."
            raise Conflict(error.status, f"Container {container} is not empty. (HTTP 409)", hint) from error

    each(cloud, delete_container, containers, "delete", "container")


@container.lister("list", LIST_OPTIONS, LONG)
def list_containers(cloud: Cloud, body: Json, every: bool) -> Iterator[Json]:
    """List containers (up to 10000 by default)."""
    return pages_of(cloud, "", body, every)


@container.action("save", CONTAINER_ARGUMENT, PREFIX, DIRECTORY, SKIP_IDENTICAL, PROGRESS)
def save_container(
    cloud: Cloud, container: str, prefix: str | None, directory: str | None, skip_identical: bool, progress: str
) -> None:
    """Download all objects in a container to files below a directory (default: the current directory)."""
    listed = {item["name"]: item for item in list_all_objects(cloud, container, prefix)}
    files = destinations(listed.values(), directory or ".")
    wanted = {
        name: Wanted(name, path_of(container, name, listed=True), path, "", listed[name], skip_identical=skip_identical)
        if isinstance(path, str)
        else path
        for name, path in files.items()
    }
    download_all(cloud, wanted, progress)


@container.action("set", CONTAINER_ARGUMENT, PROPERTIES, validate=validate_metadata)
def set_container(cloud: Cloud, container: str, property: Any) -> None:
    """Set properties of a container."""
    with naming_missing(cloud, container):
        update_metadata(cloud, path_of(container), "Container", property)


@container.shower("show", CONTAINER_ARGUMENT, fields=[])
def show(cloud: Cloud, container: str) -> Json:
    """Show a container."""
    with naming_missing(cloud, container):
        headers = cloud.request(SWIFT, "HEAD", path_of(container)).headers
    counts = {"object_count": "X-Container-Object-Count", "bytes_used": "X-Container-Bytes-Used"}
    found = {key: headers.get(name) for key, name in {**counts, "storage_policy": "X-Storage-Policy"}.items()}
    optional = {key: f"X-Container-{name}" for key, name in OPTIONAL_FIELDS.items()}
    found |= {key: headers[name] for key, name in optional.items() if name in headers}
    return {"account": account_name(cloud), "container": container, **found, **format_metadata("container", headers)}


@container.action("unset", CONTAINER_ARGUMENT, REMOVED_PROPERTIES, validate=validate_metadata)
def unset(cloud: Cloud, container: str, property: Any) -> None:
    """Remove properties from a container."""
    with naming_missing(cloud, container):
        update_metadata(cloud, path_of(container), "Container", removed=property)
