"""The DNS (Designate) API: its conventions and its resource types.

API reference: https://docs.openstack.org/api-ref/dns/
"""

from __future__ import annotations

from .resource import Resource
from .service import Service

DESIGNATE = Service("designate", ("dns",), "v2", docs_url="https://docs.openstack.org/api-ref/dns/", next_link="links")
DNS_ZONE = Resource(DESIGNATE, "zone", "/zones")
