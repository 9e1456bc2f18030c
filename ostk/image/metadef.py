"""Requests and parameters that the nouns of metadata definitions (metadefs) share."""

from collections.abc import Iterable, Sequence

from ..api.image import METADEF_NAMESPACE
from ..language import Arg, Cloud, Json, Resource, each

NAMESPACE = Arg("namespace", "Metadata definition namespace.", names=METADEF_NAMESPACE)
WRITABLE_FIELDS = "namespace display_name description visibility protected owner".split()


def update_namespace(cloud: Cloud, namespace: Json, changes: Json) -> None:
    """Change fields of a namespace; the other fields are sent with their current values."""
    current = select_fields(namespace, WRITABLE_FIELDS)
    replace_definition(cloud, METADEF_NAMESPACE, namespace["namespace"], {**current, **changes})


def replace_definition(cloud: Cloud, resource: Resource, name: str, body: Json) -> None:
    """Replace a definition. PUT clears the fields that are not in the body."""
    cloud.call(resource.service, "PUT", resource.at(name), json=body)


def select_fields(item: Json, keys: Iterable[str]) -> Json:
    """Return the fields of a resource that are in `keys` and have a value."""
    return {key: item[key] for key in keys if item.get(key) is not None}


def delete_definitions(cloud: Cloud, resource: Resource, names: Sequence[str]) -> None:
    """Delete definitions by name; without names, delete all definitions of this type in the namespace."""
    if not names:
        cloud.call(resource.service, "DELETE", resource.path)
    each(cloud, lambda name: cloud.delete(resource, name), names, "delete", resource.one)
