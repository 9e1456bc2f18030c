"""The Load Balancer (Octavia) API: its conventions and its resource types.

API reference: https://docs.openstack.org/api-ref/load-balancer/v2/
"""

from __future__ import annotations

from .resource import Resource
from .service import Busy, Service

BALANCERS, POOLS, POLICIES = "/lbaas/loadbalancers", "/lbaas/pools", "/lbaas/l7policies"
# Any change of a load balancer, or of something in it, locks the whole load balancer until the change is made.
BUSY = Busy(
    (
        (r"Load ?Balancer (\S+) is immutable", BALANCERS),
        (r"Invalid state PENDING_\w+ of loadbalancer resource (\S+)", BALANCERS),
        (r"Pool (\S+) is immutable", POOLS),
        (r"L7 ?Policy (\S+) is immutable", POLICIES),
    ),
    key="provisioning_status",
)
OCTAVIA = Service(
    "octavia",
    ("load-balancer",),
    "v2",
    listed_whole=True,
    docs_url="https://docs.openstack.org/api-ref/load-balancer/v2/",
    busy=BUSY,
)
LOAD_BALANCER = Resource(
    OCTAVIA,
    "load balancer",
    BALANCERS,
    "loadbalancer",
    status="provisioning_status",
    docs="#load-balancers",
    defaults='{"vip_vnic_type": "normal"}',
)
