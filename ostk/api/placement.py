"""The Placement API: its conventions and its resource types.

API reference: https://docs.openstack.org/api-ref/placement/
"""

from .resource import Resource
from .service import Service

PLACEMENT = Service(
    "placement",
    ("placement",),
    docs_url="https://docs.openstack.org/api-ref/placement/",
    microversion_type="placement",
    wrapped=False,
)
# The commands' columns are those of microversion 1.29; requests use a higher one only where
# --os-placement-api-version or the configuration pins it.
RESOURCE_PROVIDER = Resource(
    PLACEMENT, "resource provider", "/resource_providers", id="uuid", microversion="1.29", docs="#resource-providers"
)
RESOURCE_CLASS = Resource(
    PLACEMENT,
    "resource class",
    "/resource_classes",
    plural="resource_classes",
    id="name",
    microversion="1.29",
    docs="#resource-classes",
)
TRAIT = Resource(PLACEMENT, "trait", "/traits", id="name", microversion="1.29", docs="#traits")
ALLOCATION = Resource(
    PLACEMENT, "resource provider allocation", "/allocations", id="uuid", microversion="1.29", docs="#allocations"
)
ALLOCATION_CANDIDATE = Resource(
    PLACEMENT, "allocation candidate", "/allocation_candidates", microversion="1.29", docs="#allocation-candidates"
)
