"""Containers, which hold the objects of an account."""

from collections.abc import Iterator, Sequence
from typing import Any

from ..api.object_store import CONTAINER
from ..errors import Conflict
from ..language import LONG, Cloud, Flag, FullOpt, Json, Noun, Value, each, exclusive
from .bulk_delete import delete_large_objects, delete_objects, delete_versions, segments_option
from .destinations import destinations
from .download import DIRECTORY, SKIP_IDENTICAL, Wanted, download_all
from .settings import (
    CONTAINER_SETTINGS,
    PUBLIC_ACL,
    SHOW_KEYS,
    headers_for,
    options,
    removal_headers,
    removals,
    validate_set,
    validate_values,
)
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
    names_in,
    naming_missing,
    pages_of,
    path_of,
    update_metadata,
)

# Fields of `container show` that exist only if they are set, and their headers. `openstack` lacks those of versions.
OPTIONAL_FIELDS = {
    "read_acl": "X-Container-Read",
    "write_acl": "X-Container-Write",
    "sync_to": "X-Container-Sync-To",
    "sync_key": "X-Container-Sync-Key",
    "versions_enabled": "X-Versions-Enabled",
    "versions_location": "X-Versions-Location",
    "history_location": "X-History-Location",
}


PREFIX = FullOpt("--prefix", "Save the objects whose names begin with this prefix.", not_sent=True)

container = Noun(CONTAINER, "Manage containers.", ["name"], long=["bytes count"])


@container.lister(
    "create",
    Flag("--public", "Allow everybody to read and list the objects (read ACL .r:*,.rlistings)."),
    Value("--storage-policy", "Name of the storage policy of the containers."),
    options(CONTAINER_SETTINGS),
    CONTAINERS_ARGUMENT,
    columns=["account= container= x-trans-id="],
    validate=validate_values,
)
def create(
    cloud: Cloud, containers: Sequence[str], values: Json, public: bool, storage_policy: str | None
) -> list[Json]:
    """Create containers. The settings of a container that exists are changed."""
    headers = headers_for(CONTAINER_SETTINGS, values)
    headers |= {"X-Container-Read": PUBLIC_ACL} if public else {}
    headers |= {"X-Storage-Policy": storage_policy} if storage_policy else {}

    def create_container(name: str) -> Json:
        answer = cloud.request(SWIFT, "PUT", path_of(name), headers=headers, repeatable=True)
        return {"account": account_name(cloud), "container": name, "x-trans-id": answer.headers.get("X-Trans-Id")}

    return each(cloud, create_container, containers, "create", "container")


@container.action(
    "delete",
    CONTAINERS_ARGUMENT,
    Flag("--recursive -r", "Delete all objects in the containers first, and all versions of the objects."),
    segments_option(needs="--recursive"),
)
def delete(cloud: Cloud, containers: Sequence[str], recursive: bool, segments: bool) -> None:
    """Delete containers. Segments of large objects in other containers are kept without --segments."""

    def delete_container(container: str) -> None:
        with naming_missing(cloud, container):
            if recursive:
                empty(cloud, container, segments)
            try:
                cloud.request(SWIFT, "DELETE", path_of(container))
            except Conflict as error:
                hint = "Delete the objects in the container with --recursive."
                if recursive:
                    hint = "Objects were added during the deletion; try again."
                raise Conflict(error.status, f"Container {container} is not empty. (HTTP 409)", hint) from error

    each(cloud, delete_container, containers, "delete", "container")


def empty(cloud: Cloud, container: str, segments: bool) -> None:
    """Delete all objects in a container, and all their versions. In a dry run they are listed all the same."""
    with cloud.force_send():
        headers = cloud.request(SWIFT, "HEAD", path_of(container)).headers
    if segments:
        delete_large_objects(cloud, container)
    if "X-Versions-Enabled" in headers:  # false: versions are suspended, and older ones may exist
        delete_versions(cloud, container)
    else:
        delete_objects(cloud, container, names_in(cloud, container))


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


@container.action(
    "set",
    CONTAINER_ARGUMENT,
    PROPERTIES,
    exclusive(
        FullOpt(
            "--public",
            "Allow everybody to read and list the objects (read ACL .r:*,.rlistings).",
            is_flag=True,
            not_sent=True,
            default=False,
        ),
        FullOpt("--private", "Remove the read and write ACLs.", is_flag=True, not_sent=True, default=False),
    ),
    options(CONTAINER_SETTINGS),
    validate=validate_set,
)
def set_container(cloud: Cloud, container: str, property: Any, values: Json, public: bool, private: bool) -> None:
    """Set properties, ACLs, versions, quotas, static web and keys of a container."""
    headers = headers_for(CONTAINER_SETTINGS, values)
    headers |= {"X-Container-Read": PUBLIC_ACL} if public else {}
    headers |= {"X-Remove-Container-Read": "x", "X-Remove-Container-Write": "x"} if private else {}
    with naming_missing(cloud, container):
        update_metadata(cloud, path_of(container), "Container", property, headers=headers)


@container.shower("show", CONTAINER_ARGUMENT, SHOW_KEYS, fields=[])
def show(cloud: Cloud, container: str, show_keys: bool) -> Json:
    """Show a container."""
    with naming_missing(cloud, container):
        headers = cloud.request(SWIFT, "HEAD", path_of(container)).headers
    counts = {"object_count": "X-Container-Object-Count", "bytes_used": "X-Container-Bytes-Used"}
    found = {key: headers.get(name) for key, name in {**counts, "storage_policy": "X-Storage-Policy"}.items()}
    found |= {key: headers[name] for key, name in OPTIONAL_FIELDS.items() if name in headers}
    named = {"account": account_name(cloud), "container": container}
    return {**named, **found, **format_metadata("container", headers, show_keys)}


@container.action("unset", CONTAINER_ARGUMENT, REMOVED_PROPERTIES, removals(CONTAINER_SETTINGS), validate=validate_set)
def unset(cloud: Cloud, container: str, property: Any, values: Json) -> None:
    """Remove properties, ACLs, quotas, static web and keys of a container."""
    headers = removal_headers(CONTAINER_SETTINGS, values)
    with naming_missing(cloud, container):
        update_metadata(cloud, path_of(container), "Container", removed=property, headers=headers)
