"""The Load Balancer (Octavia) API: its conventions and its resource types.

API reference: https://docs.openstack.org/api-ref/load-balancer/v2/
"""

from __future__ import annotations

from .resource import Resource
from .service import Service

OCTAVIA = Service("octavia", ("load-balancer",), "v2", docs_url="https://docs.openstack.org/api-ref/load-balancer/v2/")
LOAD_BALANCER = Resource(OCTAVIA, "load balancer", "/lbaas/loadbalancers", "loadbalancer", docs="#load-balancers")
