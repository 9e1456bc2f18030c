"""The Load Balancer (Octavia) API: its conventions and its resource types.

API reference: https://docs.openstack.org/api-ref/load-balancer/v2/
"""

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
    "v2.0",
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
LISTENER = Resource(
    OCTAVIA, "listener", "/lbaas/listeners", "listener", status="provisioning_status", docs="#listeners"
)
# A pool without a health monitor has no field for its ID.
POOL = Resource(
    OCTAVIA, "pool", POOLS, "pool", status="provisioning_status", docs="#pools", defaults='{"healthmonitor_id": ""}'
)
MEMBER = Resource(
    OCTAVIA,
    "member",
    f"{POOLS}/{{}}/members",
    "member",
    status="provisioning_status",
    docs="#members",
    defaults='{"vnic_type": "normal"}',
)
HEALTH_MONITOR = Resource(
    OCTAVIA,
    "health monitor",
    "/lbaas/healthmonitors",
    "healthmonitor",
    status="provisioning_status",
    docs="#health-monitor",
)
L7_POLICY = Resource(
    OCTAVIA, "L7 policy", POLICIES, "l7policy", "l7policies", status="provisioning_status", docs="#l7-policies"
)
L7_RULE = Resource(
    OCTAVIA, "L7 rule", f"{POLICIES}/{{}}/rules", "rule", name="id", status="provisioning_status", docs="#l7-rules"
)
BALANCER_QUOTA = Resource(
    OCTAVIA, "load balancer quota", "/lbaas/quotas", "quota", id="project_id", name="project_id", docs="#quotas"
)
PROVIDER = Resource(OCTAVIA, "load balancer provider", "/lbaas/providers", "provider", id="name", docs="#providers")
BALANCER_FLAVOR = Resource(OCTAVIA, "load balancer flavor", "/lbaas/flavors", "flavor", docs="#flavors")
BALANCER_FLAVOR_PROFILE = Resource(
    OCTAVIA, "load balancer flavor profile", "/lbaas/flavorprofiles", "flavorprofile", docs="#flavor-profiles"
)
BALANCER_ZONE = Resource(
    OCTAVIA,
    "load balancer availability zone",
    "/lbaas/availabilityzones",
    "availability_zone",
    id="name",
    docs="#availability-zones",
)
BALANCER_ZONE_PROFILE = Resource(
    OCTAVIA,
    "load balancer availability zone profile",
    "/lbaas/availabilityzoneprofiles",
    "availability_zone_profile",
    docs="#availability-zone-profiles",
)
AMPHORA = Resource(OCTAVIA, "amphora", "/octavia/amphorae", "amphora", "amphorae", name="id", docs="#amphora")
