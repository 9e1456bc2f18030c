"""What the nouns of metadata definitions share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..api.image import METADEF_NAMESPACE
from ..language import Arg, Json, Resource, each
from ..session.cloud import Cloud

NAMESPACE = Arg("namespace", not_sent=True)
WRITABLE = "namespace display_name description visibility protected owner".split()


def change(cloud: Cloud, item: Json, body: Json) -> None:
    """Change some fields of a namespace, and keep the others."""
    put(cloud, METADEF_NAMESPACE, item["namespace"], {**kept(item, WRITABLE), **body})


def put(cloud: Cloud, resource: Resource, name: str, body: Json) -> None:
    """Replace a definition: Glance forgets what is not sent."""
    cloud.call(resource.service, "PUT", resource.at(name), json=body)


def kept(item: Json, keys: Iterable[str]) -> Json:
    """Those of these fields that have a value."""
    return {key: item[key] for key in keys if item.get(key) is not None}


def delete_these(cloud: Cloud, resource: Resource, names: Sequence[str]) -> None:
    """Delete definitions; all in their namespace if none is named."""
    if not names:
        cloud.call(resource.service, "DELETE", resource.path)
    each(cloud, lambda name: cloud.delete(resource, name), names, "delete", resource.one)
