"""Properties (Cinder's `metadata`) of volumes and snapshots, which requests of their own set and remove."""

from ..language import Cloud, Json, Opt, Resource, properties


def update_metadata(cloud: Cloud, resource: Resource, item: Json, body: Json) -> None:
    """Add metadata to a resource, or replace all metadata.

    Args:
        cloud: The cloud.
        resource: The type of the resource.
        item: The resource; `id` is read.
        body: `metadata` are the new keys and values; with `no_property`, all other keys are removed.
    """
    method, content = "PUT" if body.get("no_property") else "POST", {"metadata": body.get("metadata", {})}
    cloud.send(resource, method, item["id"], "metadata", json=content)


def delete_metadata(cloud: Cloud, resource: Resource, item: Json, body: Json) -> None:
    """Delete the metadata keys in `body["metadata"]` from a resource, one request a key."""

    def delete_key(key: str) -> None:
        path = resource.at(item["id"], "metadata", key)
        cloud.request(resource.service, "DELETE", path, microversion=resource.microversion)

    cloud.map_concurrent(delete_key, list(dict.fromkeys(body["metadata"])))


CREATE_PROPERTIES = properties("Set a property: KEY=VALUE.", key="metadata")
SET_PROPERTIES = [
    properties("Set a property: KEY=VALUE.", key="metadata", action=update_metadata),
    Opt(
        "--no-property",
        "Properties: remove all; with --property, replace the properties.",
        is_flag=True,
        action=update_metadata,
    ),
]
UNSET_PROPERTIES = Opt("--property...", "Key of the property to remove.", key="metadata", action=delete_metadata)
