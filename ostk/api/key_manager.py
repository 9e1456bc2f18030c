"""The Key Manager (Barbican) API: its conventions and its resource types.

API reference: https://docs.openstack.org/api-ref/key-manager/
"""

from __future__ import annotations

from .resource import Resource
from .service import Service

BARBICAN = Service(
    "barbican",
    ("key-manager",),
    "v1",
    docs_url="https://docs.openstack.org/api-ref/key-manager/",
    wrapped=False,
    next_link="next",
)
SECRET = Resource(BARBICAN, "secret", "/secrets", id="secret_ref")
SECRET_CONTAINER = Resource(BARBICAN, "secret container", "/containers", "container", id="container_ref")
