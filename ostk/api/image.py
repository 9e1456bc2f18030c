"""The Image (Glance) API: its conventions and its resource types.

API reference: https://docs.openstack.org/api-ref/image/v2/
"""

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
CACHED_IMAGE = Resource(GLANCE, "cached image", "/cache", docs="#cache-manage")
IMAGE = Resource(GLANCE, "image", "/images", find_also=(("os_hidden", "true"),), docs="#images")
IMAGE_TASK = Resource(GLANCE, "image task", "/tasks", key="task", id="id", name="id", docs="#tasks")
METADEF_ASSOCIATION = Resource(
    GLANCE,
    "image metadef resource type association",
    "/metadefs/namespaces/{}/resource_types",
    "resource_type_association",
    id="name",
    docs="metadefs-index.html#metadata-definition-resource-types",
)
METADEF_NAMESPACE = Resource(
    GLANCE,
    "image metadef namespace",
    "/metadefs/namespaces",
    plural="namespaces",
    id="namespace",
    name="namespace",
    docs="metadefs-index.html#metadata-definition-namespaces",
)
METADEF_OBJECT = Resource(
    GLANCE,
    "image metadef object",
    "/metadefs/namespaces/{}/objects",
    "object",
    id="name",
    docs="metadefs-index.html#metadata-definition-objects",
)
METADEF_PROPERTY = Resource(
    GLANCE,
    "image metadef property",
    "/metadefs/namespaces/{}/properties",
    "property",
    id="name",
    docs="metadefs-index.html#metadata-definition-properties",
)
METADEF_RESOURCE_TYPE = Resource(
    GLANCE,
    "image metadef resource type",
    "/metadefs/resource_types",
    "resource_type",
    id="name",
    docs="metadefs-index.html#metadata-definition-resource-types",
)
