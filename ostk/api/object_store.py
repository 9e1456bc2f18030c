"""The Object Storage (Swift) API: its conventions and its resource types.

API reference: https://docs.openstack.org/api-ref/object-store/
"""

from .resource import Resource
from .service import Service

SWIFT = Service("swift", ("object-store",), docs_url="https://docs.openstack.org/api-ref/object-store/")
ACCOUNT = Resource(SWIFT, "object store account", "", docs="#accounts")
CONTAINER = Resource(SWIFT, "container", "", id="name", by_name="", docs="#containers")
OBJECT = Resource(SWIFT, "object", "/{}", id="name", by_name="", docs="#objects")
OBJECT_SEGMENT = Resource(SWIFT, "object segment", "/{}", id="name", by_name="", docs="#objects")
OBJECT_TEMPURL = Resource(SWIFT, "object tempurl", "", id="url", by_name="", docs="#temporary-urls")
