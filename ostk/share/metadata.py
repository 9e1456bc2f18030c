"""Properties of what Manila keeps, which it calls metadata: set and removed by requests of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..language import Json, Kind, Opt, each, properties
from ..session.cloud import Cloud


def writes(method: str) -> Callable[..., None]:
    """The action that gives something more properties by this method."""

    def write(cloud: Cloud, kind: Kind, item: Json, body: Json) -> None:
        path = kind.at(item["id"], "metadata")
        cloud.call(kind.service, method, path, json={"metadata": body["metadata"]}, microversion=kind.microversion)

    return write


def remove(cloud: Cloud, kind: Kind, item: Json, body: Json) -> None:
    """Take properties from something; one that it does not have does not keep the others from it."""

    def forget(key: str) -> None:
        path = kind.at(item["id"], "metadata", key)
        cloud.request(kind.service, "DELETE", path, microversion=kind.microversion)

    each(cloud, forget, list(dict.fromkeys(body["metadata"])), "remove", "property")


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
