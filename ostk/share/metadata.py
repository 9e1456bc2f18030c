"""Metadata (properties) and specs of Manila resources: set and removed by requests of their own."""

from collections.abc import Callable, Iterable
from typing import Any

from ..language import Cloud, Json, Opt, Resource, each, properties


def metadata_setter(method: str = "POST", subpath: str = "metadata") -> Callable[..., None]:
    """Return the action of an option that sends its pairs to `<resource>/<subpath>` with this HTTP method."""

    def write(cloud: Cloud, resource: Resource, item: Json, body: Json) -> None:
        cloud.send(resource, method, item["id"], subpath, json=body)

    return write


def delete_keys(
    cloud: Cloud, resource: Resource, resource_id: str, subpath: str, keys: Iterable[str], noun: str
) -> None:
    """Delete keys below a resource, one request each; go on after a failure.

    Args:
        cloud: The cloud.
        resource: The type of the resource.
        resource_id: The ID of the resource.
        subpath: What the keys are below: "metadata", "extra_specs", "group-specs" or "specs".
        keys: The keys; one that is given twice is deleted once.
        noun: What a key is called in a message.

    Raises:
        OstkError: At least one key could not be deleted.
    """

    def delete(key: str) -> None:
        cloud.request(
            resource.service, "DELETE", resource.at(resource_id, subpath, key), microversion=resource.microversion
        )

    each(cloud, delete, list(dict.fromkeys(keys)), "remove", noun)


def delete_properties(cloud: Cloud, resource: Resource, item: Json, body: Json) -> None:
    """Delete the properties whose keys are in `body["metadata"]`."""
    delete_keys(cloud, resource, item["id"], "metadata", body["metadata"], "property")


def set_property_option(since: str = "", method: str = "POST") -> Opt:
    """Return --property of `set`; `since` is the microversion, `method` the HTTP method that adds properties."""
    return properties("Set a property: KEY=VALUE.", key="metadata", action=metadata_setter(method), since=since)


def unset_property_option(since: str = "", **attrs: Any) -> Opt:
    """Return --property of `unset`; `since` is the microversion."""
    help = "Key of the property to remove."
    return Opt("--property...", help, key="metadata", action=delete_properties, since=since, **attrs)


def new_property_option(since: str = "") -> Opt:
    """Return --property of `create`; `since` is the microversion."""
    return properties("Set a property: KEY=VALUE.", key="metadata", since=since)
