"""The Image (Glance) API: its conventions and its resource types.

API reference: https://docs.openstack.org/api-ref/image/v2/
"""

from __future__ import annotations

from .resource import Resource
from .service import Service

GLANCE = Service(
    "glance",
    ("image",),
    "v2",
    docs_url="https://docs.openstack.org/api-ref/image/v2/",
    wrapped=False,
    update="PATCH",
    patch="application/openstack-images-v2.1-json-patch",
    next_link="next",
    equals="eq:",
    listed_whole=True,
)
CACHED_IMAGE = Resource(GLANCE, "cached image", "/cache")
IMAGE = Resource(GLANCE, "image", "/images", find_also=(("os_hidden", "true"),))
IMAGE_TASK = Resource(GLANCE, "image task", "/tasks", key="task", id="id", name="id")
METADEF_ASSOCIATION = Resource(
    GLANCE,
    "image metadef resource type association",
    "/metadefs/namespaces/{}/resource_types",
    "resource_type_association",
    id="name",
)
METADEF_NAMESPACE = Resource(
    GLANCE, "image metadef namespace", "/metadefs/namespaces", plural="namespaces", id="namespace", name="namespace"
)
METADEF_OBJECT = Resource(GLANCE, "image metadef object", "/metadefs/namespaces/{}/objects", "object", id="name")
METADEF_PROPERTY = Resource(
    GLANCE, "image metadef property", "/metadefs/namespaces/{}/properties", "property", id="name"
)
METADEF_RESOURCE_TYPE = Resource(
    GLANCE, "image metadef resource type", "/metadefs/resource_types", "resource_type", id="name"
)
