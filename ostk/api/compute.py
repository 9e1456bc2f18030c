"""The Compute (Nova) API: its conventions and its resource types.

API reference: https://docs.openstack.org/api-ref/compute/
"""

from .resource import Resource
from .service import Service

NOVA = Service(
    "nova",
    ("compute", "computev3"),
    "v2.1",
    docs_url="https://docs.openstack.org/api-ref/compute/",
    also=("v1.1",),  # the name of v2 until 2012; Nova kept /v1.1 as an alias of /v2 until 2016
    microversion_type="compute",
    legacy_microversion_header="X-OpenStack-Nova-API-Version",
)
AGGREGATE = Resource(
    NOVA, "aggregate", "/os-aggregates", microversion="2.81", by_name="", docs="#host-aggregates-os-aggregates"
)
AVAILABILITY_ZONE = Resource(
    NOVA,
    "availability zone",
    "/os-availability-zone",
    plural="availabilityZoneInfo",
    id="zoneName",
    name="zoneName",
    docs="#availability-zones-os-availability-zone",
)
COMPUTE_AGENT = Resource(
    NOVA, "compute agent", "/os-agents", key="agent", id="agent_id", name="agent_id", docs="#guest-agents-os-agents"
)
COMPUTE_SERVICE = Resource(
    NOVA,
    "compute service",
    "/os-services",
    key="service",
    name="id",
    microversion="2.69",
    docs="#compute-services-os-services",
)
FLAVOR = Resource(
    NOVA,
    "flavor",
    "/flavors",
    list="/flavors/detail",
    microversion="2.61",
    by_name="",
    find_query=(("is_public", "None"),),
    listed_whole=True,
    defaults='{"ram": 0, "disk": 0, "vcpus": 0, "swap": 0, "OS-FLV-EXT-DATA:ephemeral": 0, '
    '"os-flavor-access:is_public": true}',
    docs="#flavors",
)
HOST = Resource(NOVA, "host", "/os-hosts", id="host_name", name="host_name", docs="#hosts-os-hosts-deprecated")
HYPERVISOR = Resource(
    NOVA,
    "hypervisor",
    "/os-hypervisors",
    list="/os-hypervisors/detail",
    name="hypervisor_hostname",
    microversion="2.88",
    by_name="hypervisor_hostname_pattern",
    find_path="/os-hypervisors",
    docs="#hypervisors-os-hypervisors",
)
KEYPAIR = Resource(NOVA, "keypair", "/os-keypairs", id="name", microversion="2.92", docs="#keypairs-keypairs")
LIMITS = Resource(NOVA, "limits", "/limits", docs="#limits-limits")
QUOTA = Resource(
    NOVA, "quota", "/os-quota-sets", key="quota_set", microversion="2.56", docs="#quota-sets-os-quota-sets"
)
SERVER = Resource(
    NOVA,
    "server",
    "/servers",
    list="/servers/detail",
    microversion="2.100",
    by_pattern=True,
    find_path="/servers",
    docs="#servers-servers",
)
SERVER_EVENT = Resource(
    NOVA,
    "server event",
    "/servers/{}/os-instance-actions",
    key="instanceAction",
    id="request_id",
    name="request_id",
    microversion="2.84",
    docs="#servers-actions-servers-os-instance-actions",
)
SERVER_GROUP = Resource(
    NOVA, "server group", "/os-server-groups", microversion="2.64", by_name="", docs="#server-groups-os-server-groups"
)
SERVER_INTERFACE = Resource(
    NOVA,
    "server interface",
    "/servers/{}/os-interface",
    key="interfaceAttachment",
    id="port_id",
    microversion="2.70",
    docs="#port-interfaces-servers-os-interface",
)
SERVER_MIGRATION = Resource(
    NOVA,
    "server migration",
    "/os-migrations",
    key="migration",
    id="uuid",
    name="uuid",
    microversion="2.80",
    docs="#migrations-os-migrations",
)
SERVER_SHARE = Resource(
    NOVA,
    "server share",
    "/servers/{}/shares",
    key="share",
    id="share_id",
    microversion="2.97",
    docs="#servers-with-shares-attachments-servers-shares",
)
SERVER_VOLUME = Resource(
    NOVA,
    "server volume",
    "/servers/{}/os-volume_attachments",
    key="volumeAttachment",
    id="volumeId",
    microversion="2.89",
    docs="#servers-with-volume-attachments-servers-os-volume-attachments",
)
USAGE = Resource(
    NOVA,
    "usage",
    "/os-simple-tenant-usage",
    key="tenant_usage",
    id="tenant_id",
    name="tenant_id",
    microversion="2.75",
    docs="#usage-reports-os-simple-tenant-usage",
)
