"""Properties of what Cinder keeps: set and removed by requests of their own."""

from __future__ import annotations

from ..language import Json, Opt, Resource, properties
from ..session.cloud import Cloud


def write(cloud: Cloud, resource: Resource, item: Json, body: Json) -> None:
    """Give something more properties, or these in the place of all."""
    method, content = "PUT" if body.get("no_property") else "POST", {"metadata": body.get("metadata", {})}
    cloud.call(
        resource.service, method, resource.at(item["id"], "metadata"), json=content, microversion=resource.microversion
    )


def remove(cloud: Cloud, resource: Resource, item: Json, body: Json) -> None:
    """Take properties from something."""

    def forget(key: str) -> None:
        path = resource.at(item["id"], "metadata", key)
        cloud.request(resource.service, "DELETE", path, microversion=resource.microversion)

    cloud.map_concurrent(forget, list(dict.fromkeys(body["metadata"])))


NEW = properties("Property to give it; may be repeated.", key="metadata")
SET = [
    properties("Property to set; may be repeated.", key="metadata", action=write),
    Opt("--no-property", "Remove all others.", is_flag=True, action=write),
]
UNSET = Opt("--property", "Property to remove; may be repeated.", key="metadata", multiple=True, action=remove)
