"""Properties and specs of what Manila keeps: set and removed by requests of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ..language import Json, Opt, Resource, each, properties
from ..session.cloud import Cloud


def writes(method: str = "POST", below: str = "metadata") -> Callable[..., None]:
    """The action that gives something more properties, or more of what is kept `below` it, by this method."""

    def write(cloud: Cloud, resource: Resource, item: Json, body: Json) -> None:
        cloud.call(
            resource.service, method, resource.at(item["id"], below), json=body, microversion=resource.microversion
        )

    return write


def forget(cloud: Cloud, resource: Resource, id: str, below: str, keys: Iterable[str], noun: str) -> None:
    """Take what is kept `below` something from it; what it does not have does not keep the others from it."""

    def one(key: str) -> None:
        cloud.request(resource.service, "DELETE", resource.at(id, below, key), microversion=resource.microversion)

    each(cloud, one, list(dict.fromkeys(keys)), "remove", noun)


def remove(cloud: Cloud, resource: Resource, item: Json, body: Json) -> None:
    """Take properties from something."""
    forget(cloud, resource, item["id"], "metadata", body["metadata"], "property")


def setting(since: str = "", method: str = "POST") -> Opt:
    """The option that sets properties, from this microversion on."""
    help = "Property to set; may be repeated."
    return properties(help, key="metadata", action=writes(method), since=since)


def unsetting(since: str = "", **attrs: Any) -> Opt:
    """The option that removes properties, from this microversion on."""
    help = "Property to remove; may be repeated."
    return Opt("--property", help, key="metadata", multiple=True, action=remove, since=since, **attrs)


NEW = properties("Property to give it; may be repeated.", key="metadata")
SET, UNSET = setting(), unsetting()
