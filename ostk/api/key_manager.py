"""The Key Manager (Barbican) API: its conventions and its resource types.

API reference: https://docs.openstack.org/api-ref/key-manager/
"""

from .resource import Resource
from .service import Service

BARBICAN = Service(
    "barbican",
    ("key-manager",),
    "v1",
    microversion_type="key-manager",
    docs_url="https://docs.openstack.org/barbican/latest/api/reference/",
    wrapped=False,
    next_link="next",
    document_version="1.1",
)
PAGE = 100  # results per request: Barbican's largest page, its default is 10
SECRET = Resource(BARBICAN, "secret", "/secrets", href="secret_ref", microversion="1.2", docs="secrets.html")
SECRET_CONTAINER = Resource(
    BARBICAN, "secret container", "/containers", "container", href="container_ref", docs="containers.html"
)
SECRET_ORDER = Resource(BARBICAN, "secret order", "/orders", "order", name="id", href="order_ref", docs="orders.html")
SECRET_CONSUMER = Resource(
    BARBICAN,
    "secret consumer",
    "/secrets/{}/consumers",
    "consumer",
    id="resource_id",
    name="resource_id",
    microversion="1.2",
    docs="secret_consumers.html",
)
CERTIFICATE_AUTHORITY = Resource(BARBICAN, "CA", "/cas", "ca", name="id", href="ca_ref")
ACL = Resource(BARBICAN, "ACL", "/secrets", "acl", docs="acls.html")
