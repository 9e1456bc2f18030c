"""Every kind of thing a cloud keeps, one line each: the atlas of the API."""

from __future__ import annotations

from typing import Any

from .language.kind import Kind
from .language.service import (
    BARBICAN,
    CINDER,
    DESIGNATE,
    GLANCE,
    HEAT,
    KEYSTONE,
    KEYSTONE_V2,
    MANILA,
    NEUTRON,
    NOVA,
    OCTAVIA,
    PLACEMENT,
    SWIFT,
)
from .record import replace

# Compute
AGGREGATE = Kind(NOVA, "aggregate", "/os-aggregates", microversion="2.81", by_name="")
AVAILABILITY_ZONE = Kind(
    NOVA, "availability zone", "/os-availability-zone", plural="availabilityZoneInfo", id="zoneName", name="zoneName"
)
COMPUTE_AGENT = Kind(NOVA, "compute agent", "/os-agents", key="agent", id="agent_id", name="agent_id")
COMPUTE_SERVICE = Kind(NOVA, "compute service", "/os-services", key="service", name="id", microversion="2.69")
FLAVOR = Kind(
    NOVA,
    "flavor",
    "/flavors",
    list="/flavors/detail",
    microversion="2.61",
    by_name="",
    find_query=(("is_public", "None"),),
    defaults='{"ram": 0, "disk": 0, "vcpus": 0, "swap": 0, "OS-FLV-EXT-DATA:ephemeral": 0, '
    '"os-flavor-access:is_public": true}',
)
HOST = Kind(NOVA, "host", "/os-hosts", id="host_name", name="host_name")
HYPERVISOR = Kind(
    NOVA,
    "hypervisor",
    "/os-hypervisors",
    list="/os-hypervisors/detail",
    name="hypervisor_hostname",
    microversion="2.88",
    by_name="hypervisor_hostname_pattern",
    find_path="/os-hypervisors",
)
KEYPAIR = Kind(NOVA, "keypair", "/os-keypairs", id="name", microversion="2.92")
LIMITS = Kind(NOVA, "limits", "/limits")
QUOTA = Kind(NOVA, "quota", "/os-quota-sets", key="quota_set", microversion="2.56")
SERVER = Kind(
    NOVA, "server", "/servers", list="/servers/detail", microversion="2.100", by_pattern=True, find_path="/servers"
)
SERVER_EVENT = Kind(
    NOVA,
    "server event",
    "/servers/{}/os-instance-actions",
    key="instanceAction",
    id="request_id",
    name="request_id",
    microversion="2.84",
)
SERVER_GROUP = Kind(NOVA, "server group", "/os-server-groups", microversion="2.64", by_name="")
SERVER_INTERFACE = Kind(
    NOVA, "server interface", "/servers/{}/os-interface", key="interfaceAttachment", id="port_id", microversion="2.70"
)
SERVER_MIGRATION = Kind(
    NOVA, "server migration", "/os-migrations", key="migration", id="uuid", name="uuid", microversion="2.80"
)
SERVER_SHARE = Kind(NOVA, "server share", "/servers/{}/shares", key="share", id="share_id", microversion="2.97")
SERVER_VOLUME = Kind(
    NOVA,
    "server volume",
    "/servers/{}/os-volume_attachments",
    key="volumeAttachment",
    id="volumeId",
    microversion="2.89",
)
USAGE = Kind(
    NOVA, "usage", "/os-simple-tenant-usage", key="tenant_usage", id="tenant_id", name="tenant_id", microversion="2.75"
)

# Identity
ACCESS_RULE = Kind(KEYSTONE, "access rule", "/users/{}/access_rules", name="id")
APPLICATION_CREDENTIAL = Kind(KEYSTONE, "application credential", "/users/{}/application_credentials")
CATALOG = Kind(KEYSTONE, "catalog", "/auth/catalog", plural="catalog")
CONSUMER = Kind(KEYSTONE, "consumer", "/OS-OAUTH1/consumers", name="id")
CREDENTIAL = Kind(KEYSTONE, "credential", "/credentials", name="id", gone=True)
DOMAIN = Kind(KEYSTONE, "domain", "/domains", as_given=True)
EC2_CREDENTIALS = Kind(
    KEYSTONE, "ec2 credentials", "/users/{}/credentials/OS-EC2", "credential", id="access", name="access"
)
ENDPOINT = Kind(KEYSTONE, "endpoint", "/endpoints", name="id")
ENDPOINT_GROUP = Kind(KEYSTONE, "endpoint group", "/OS-EP-FILTER/endpoint_groups")
FEDERATION_PROTOCOL = Kind(
    KEYSTONE,
    "federation protocol",
    "/OS-FEDERATION/identity_providers/{}/protocols",
    "protocol",
    name="id",
    chosen=True,
)
GROUP = Kind(KEYSTONE, "group", "/groups", as_given=True)
IDENTITY_PROVIDER = Kind(
    KEYSTONE, "identity provider", "/OS-FEDERATION/identity_providers", name="id", gone=True, chosen=True
)
IMPLIED_ROLE = Kind(KEYSTONE, "implied role", "/role_inferences", key="role_inference")
LIMIT = Kind(KEYSTONE, "limit", "/limits", name="id", gone=True)
MAPPING = Kind(KEYSTONE, "mapping", "/OS-FEDERATION/mappings", name="id", chosen=True)
POLICY = Kind(KEYSTONE, "policy", "/policies", plural="policies", name="id")
PROJECT = Kind(KEYSTONE, "project", "/projects", as_given=True)
REGION = Kind(KEYSTONE, "region", "/regions", name="id", gone=True)
REGISTERED_LIMIT = Kind(KEYSTONE, "registered limit", "/registered_limits", name="id")
REQUEST_TOKEN = Kind(KEYSTONE, "request token", "/OS-OAUTH1/request_token")
ROLE = Kind(KEYSTONE, "role", "/roles", as_given=True)
ROLE_ASSIGNMENT = Kind(KEYSTONE, "role assignment", "/role_assignments")
SERVICE = Kind(KEYSTONE, "service", "/services", by_name="", other_name="type")
SERVICE_PROVIDER = Kind(
    KEYSTONE, "service provider", "/OS-FEDERATION/service_providers", name="id", gone=True, chosen=True
)
TENANT = Kind(KEYSTONE_V2, "project", "/tenants", "tenant")
TOKEN = Kind(KEYSTONE, "token", "/auth/tokens")
TRUST = Kind(KEYSTONE, "trust", "/OS-TRUST/trusts", name="id")
USER = Kind(KEYSTONE, "user", "/users", as_given=True)

# Image
CACHED_IMAGE = Kind(GLANCE, "cached image", "/cache")
IMAGE = Kind(GLANCE, "image", "/images", find_also=(("os_hidden", "true"),))
IMAGE_TASK = Kind(GLANCE, "image task", "/tasks", key="task", id="id", name="id")
METADEF_ASSOCIATION = Kind(
    GLANCE,
    "image metadef resource type association",
    "/metadefs/namespaces/{}/resource_types",
    "resource_type_association",
    id="name",
)
METADEF_NAMESPACE = Kind(
    GLANCE, "image metadef namespace", "/metadefs/namespaces", plural="namespaces", id="namespace", name="namespace"
)
METADEF_OBJECT = Kind(GLANCE, "image metadef object", "/metadefs/namespaces/{}/objects", "object", id="name")
METADEF_PROPERTY = Kind(GLANCE, "image metadef property", "/metadefs/namespaces/{}/properties", "property", id="name")
METADEF_RESOURCE_TYPE = Kind(
    GLANCE, "image metadef resource type", "/metadefs/resource_types", "resource_type", id="name"
)

# Network
ADDRESS_GROUP = Kind(NEUTRON, "address group", "/address-groups")
ADDRESS_SCOPE = Kind(NEUTRON, "address scope", "/address-scopes")
AUTO_TOPOLOGY = Kind(
    NEUTRON, "network auto allocated topology", "/auto-allocated-topology", "auto_allocated_topology", name="id"
)
BGP_PEER = Kind(NEUTRON, "bgp peer", "/bgp-peers", by_name="")  # these plugins refuse to look for a name
BGP_SPEAKER = Kind(NEUTRON, "bgp speaker", "/bgp-speakers", by_name="")
BGPVPN = Kind(NEUTRON, "bgpvpn", "/bgpvpn/bgpvpns", by_name="")
BGPVPN_NETWORK = Kind(
    NEUTRON,
    "bgpvpn network association",
    "/bgpvpn/bgpvpns/{}/network_associations",
    "network_association",
    name="id",
    gone=True,
)
BGPVPN_PORT = replace(
    BGPVPN_NETWORK, noun="bgpvpn port association", path="/bgpvpn/bgpvpns/{}/port_associations", key="port_association"
)
BGPVPN_ROUTER = replace(
    BGPVPN_NETWORK,
    noun="bgpvpn router association",
    path="/bgpvpn/bgpvpns/{}/router_associations",
    key="router_association",
)
CONNTRACK_HELPER = Kind(
    NEUTRON, "network l3 conntrack helper", "/routers/{}/conntrack_helpers", "conntrack_helper", name="id"
)
DEFAULT_SECURITY_GROUP_RULE = Kind(NEUTRON, "default security group rule", "/default-security-group-rules", name="id")
DEFAULT_STATEFULNESS = Kind(
    NEUTRON,
    "security group default statefulness",
    "/security-groups-default-statefulness",
    plural="security_groups_default_statefulness",
    name="id",
)
FIREWALL_GROUP = Kind(NEUTRON, "firewall group", "/fwaas/firewall_groups")
FIREWALL_POLICY = Kind(
    NEUTRON, "firewall group policy", "/fwaas/firewall_policies", "firewall_policy", "firewall_policies"
)
FIREWALL_RULE = Kind(NEUTRON, "firewall group rule", "/fwaas/firewall_rules", "firewall_rule")
FLOATING_IP = Kind(
    NEUTRON, "floating ip", "/floatingips", key="floatingip", name="floating_ip_address", by_name="floating_ip_address"
)
IP_AVAILABILITY = Kind(
    NEUTRON,
    "ip availability",
    "/network-ip-availabilities",
    "network_ip_availability",
    "network_ip_availabilities",
    id="network_id",
    name="network_name",
    by_name="network_name",
)
LOCAL_IP = Kind(NEUTRON, "local ip", "/local_ips")
LOCAL_IP_ASSOCIATION = Kind(
    NEUTRON,
    "local ip association",
    "/local_ips/{}/port_associations",
    "port_association",
    id="fixed_port_id",
    name="fixed_port_id",
)
METER = Kind(NEUTRON, "network meter", "/metering/metering-labels", "metering_label")
METER_RULE = Kind(NEUTRON, "network meter rule", "/metering/metering-label-rules", "metering_label_rule", name="id")
NDP_PROXY = Kind(NEUTRON, "router ndp proxy", "/ndp_proxies", "ndp_proxy", "ndp_proxies")
NETWORK = Kind(NEUTRON, "network", "/networks", defaults='{"port_security_enabled": false, "router:external": false}')
NETWORK_AGENT = Kind(NEUTRON, "network agent", "/agents", key="agent", name="id")
NETWORK_EXTENSION = Kind(NEUTRON, "network extension", "/extensions", "extension", id="alias")
NETWORK_FLAVOR = Kind(NEUTRON, "network flavor", "/flavors", "flavor")
NETWORK_FLAVOR_PROFILE = Kind(NEUTRON, "network flavor profile", "/service_profiles", "service_profile", name="id")
NETWORK_SEGMENT = Kind(NEUTRON, "network segment", "/segments", "segment")
NETWORK_SEGMENT_RANGE = Kind(NEUTRON, "network segment range", "/network_segment_ranges")
NETWORK_SERVICE_PROVIDER = Kind(
    NEUTRON, "network service provider", "/service-providers", "service_provider", id="name"
)
NETWORK_QUOTA = Kind(NEUTRON, "quota", "/quotas", name="id")
NETWORK_ZONE = Kind(NEUTRON, "availability zone", "/availability_zones", id="name")
PORT = Kind(NEUTRON, "port", "/ports", defaults='{"port_security_enabled": false}')
PORT_FORWARDING = Kind(
    NEUTRON, "floating ip port forwarding", "/floatingips/{}/port_forwardings", "port_forwarding", name="id"
)
QOS_POLICY = Kind(NEUTRON, "network qos policy", "/qos/policies", key="policy", plural="policies")
QOS_RULE_TYPE = Kind(NEUTRON, "network qos rule type", "/qos/rule-types", "rule_type", id="type", name="type")
RBAC_POLICY = Kind(NEUTRON, "network rbac", "/rbac-policies", "rbac_policy", "rbac_policies", name="id")
ROUTER = Kind(NEUTRON, "router", "/routers")
SECURITY_GROUP = Kind(NEUTRON, "security group", "/security-groups")
SECURITY_GROUP_RULE = Kind(NEUTRON, "security group rule", "/security-group-rules", name="id")
SUBNET = Kind(NEUTRON, "subnet", "/subnets")
SUBNET_POOL = Kind(NEUTRON, "subnet pool", "/subnetpools", "subnetpool")
TAP_FLOW = Kind(NEUTRON, "tap flow", "/taas/tap_flows", by_name="")
TAP_MIRROR = Kind(NEUTRON, "tap mirror", "/taas/tap_mirrors", by_name="")
TAP_SERVICE = Kind(NEUTRON, "tap service", "/taas/tap_services", by_name="")
TRUNK = Kind(NEUTRON, "network trunk", "/trunks", "trunk")
VPN_CONNECTION = Kind(NEUTRON, "vpn ipsec site connection", "/vpn/ipsec-site-connections", "ipsec_site_connection")
VPN_ENDPOINT_GROUP = Kind(NEUTRON, "vpn endpoint group", "/vpn/endpoint-groups", "endpoint_group")
VPN_IKE_POLICY = Kind(NEUTRON, "vpn ike policy", "/vpn/ikepolicies", "ikepolicy", "ikepolicies")
VPN_IPSEC_POLICY = Kind(NEUTRON, "vpn ipsec policy", "/vpn/ipsecpolicies", "ipsecpolicy", "ipsecpolicies")
VPN_SERVICE = Kind(NEUTRON, "vpn service", "/vpn/vpnservices", "vpnservice")

# Volume
VOLUME = Kind(CINDER, "volume", "/volumes", list="/volumes/detail", microversion="3.71")
VOLUME_BACKUP = Kind(CINDER, "volume backup", "/backups", "backup", list="/backups/detail", microversion="3.64")
VOLUME_SNAPSHOT = Kind(
    CINDER, "volume snapshot", "/snapshots", "snapshot", list="/snapshots/detail", microversion="3.65"
)
VOLUME_TYPE = Kind(CINDER, "volume type", "/types", by_name="", find_query=(("is_public", "none"),))
VOLUME_SERVICE = Kind(CINDER, "volume service", "/os-services", "service", id="host", name="host", microversion="3.71")
VOLUME_HOST = Kind(CINDER, "volume host", "/os-services", "service", id="host", name="host")
VOLUME_POOL = Kind(CINDER, "volume backend pool", "/scheduler-stats/get_pools", "pool", id="name")
VOLUME_CAPABILITY = Kind(CINDER, "volume backend capability", "/capabilities", id="key", name="key")
VOLUME_BACKUP_RECORD = Kind(CINDER, "volume backup record", "/backups", "backup-record")
CONSISTENCY_GROUP = Kind(
    CINDER, "consistency group", "/consistencygroups", "consistencygroup", list="/consistencygroups/detail"
)
CONSISTENCY_SNAPSHOT = Kind(
    CINDER, "consistency group snapshot", "/cgsnapshots", "cgsnapshot", list="/cgsnapshots/detail"
)
MANAGEABLE_SNAPSHOT = Kind(
    CINDER,
    "manageable snapshot",
    "/manageable_snapshots/detail",
    "manageable-snapshot",
    microversion="3.71",
    since="3.8",
)
MANAGEABLE_VOLUME = Kind(
    CINDER, "manageable volume", "/manageable_volumes/detail", "manageable-volume", microversion="3.71", since="3.8"
)
RESOURCE_FILTER = Kind(
    CINDER,
    "block storage resource filter",
    "/resource_filters",
    "resource_filter",
    id="resource",
    name="resource",
    microversion="3.71",
    since="3.33",
)
VOLUME_ATTACHMENT = Kind(
    CINDER,
    "volume attachment",
    "/attachments",
    "attachment",
    list="/attachments/detail",
    name="id",
    microversion="3.71",
    gone=True,
    since="3.27",
)
VOLUME_CLUSTER = Kind(
    CINDER,
    "block storage cluster",
    "/clusters",
    "cluster",
    list="/clusters/detail",
    id="name",
    microversion="3.71",
    since="3.7",
)
VOLUME_GROUP = Kind(
    CINDER, "volume group", "/groups", "group", list="/groups/detail", microversion="3.71", since="3.13"
)
VOLUME_GROUP_SNAPSHOT = Kind(
    CINDER,
    "volume group snapshot",
    "/group_snapshots",
    "group_snapshot",
    list="/group_snapshots/detail",
    microversion="3.71",
    since="3.14",
)
VOLUME_GROUP_TYPE = Kind(
    CINDER,
    "volume group type",
    "/group_types",
    "group_type",
    microversion="3.71",
    by_name="",
    find_query=(("is_public", "None"),),
    since="3.11",
    defaults='{"group_specs": {}}',
)
VOLUME_LOG_LEVEL = Kind(
    CINDER, "block storage log level", "/os-services", "log_level", microversion="3.71", since="3.32"
)
VOLUME_MESSAGE = Kind(CINDER, "volume message", "/messages", "message", name="id", microversion="3.71", since="3.3")
VOLUME_QOS = Kind(CINDER, "volume qos", "/qos-specs", "qos_specs", "qos_specs", by_name="")
VOLUME_TRANSFER = Kind(
    CINDER,
    "volume transfer request",
    "/volume-transfers",
    "transfer",
    list="/volume-transfers/detail",
    microversion="3.71",
)
VOLUME_WORKER = Kind(CINDER, "block storage worker", "/workers", "worker", microversion="3.71", since="3.24")
VOLUME_QUOTA = Kind(CINDER, "quota", "/os-quota-sets", "quota_set", name="id")
VOLUME_ZONE = Kind(
    CINDER, "availability zone", "/os-availability-zone", plural="availabilityZoneInfo", id="zoneName", name="zoneName"
)

# Shared file systems


def shares(noun: str, path: str, key: str = "", **more: Any) -> Kind:
    """A kind that Manila keeps, up to the newest microversion of it whose shapes ostk knows."""
    return Kind(MANILA, noun, path, key, microversion="2.98", **more)


EVERYWHERE = (("all_tenants", "1"),)  # who administers the cloud finds by name what any project has
SHARE = shares(
    "share",
    "/shares",
    list="/shares/detail",
    find_query=(("all_tenants", "1"), ("is_public", "True")),
    find_also=(("is_soft_deleted", "True"),),
)
SHARE_ACCESS = shares("share access", "/share-access-rules", "access", plural="access_list", name="id")
SHARE_BACKUP = shares(
    "share backup", "/share-backups", list="/share-backups/detail", find_query=EVERYWHERE, since="2.80"
)
SHARE_EXPORT_LOCATION = shares(
    "share export location", "/shares/{}/export_locations", "export_location", name="id", since="2.9"
)
SHARE_GROUP = shares("share group", "/share-groups", list="/share-groups/detail", find_query=EVERYWHERE, since="2.31")
SHARE_GROUP_SNAPSHOT = shares(
    "share group snapshot",
    "/share-group-snapshots",
    list="/share-group-snapshots/detail",
    find_query=EVERYWHERE,
    since="2.31",
)
SHARE_GROUP_TYPE = shares(
    "share group type", "/share-group-types", by_name="", find_query=(("is_public", "all"),), since="2.31"
)
SHARE_INSTANCE = shares("share instance", "/share_instances", name="id", since="2.3")
SHARE_INSTANCE_EXPORT_LOCATION = shares(
    "share instance export location", "/share_instances/{}/export_locations", "export_location", name="id", since="2.9"
)
SHARE_LIMITS = shares("share limits", "/limits", "limits")
SHARE_LOCK = shares("share lock", "/resource-locks", "resource_lock", name="id", since="2.81")
SHARE_MESSAGE = shares("share message", "/messages", "message", name="id", since="2.37")
SHARE_NETWORK = shares("share network", "/share-networks", list="/share-networks/detail", find_query=EVERYWHERE)
SHARE_NETWORK_SUBNET = shares("share network subnet", "/share-networks/{}/subnets", name="id", by_name="", since="2.51")
SHARE_POOL = shares("share pool", "/scheduler-stats/pools", "pool", id="name")
SHARE_QOS_TYPE = shares("share qos type", "/qos-types", "qos_type", since="2.94")
SHARE_QUOTA = shares("share quota", "/quota-sets", "quota_set", name="id", since="2.7")
SHARE_REPLICA = shares("share replica", "/share-replicas", list="/share-replicas/detail", name="id", since="2.11")
SHARE_REPLICA_EXPORT_LOCATION = shares(
    "share replica export location", "/share-replicas/{}/export-locations", "export_location", name="id", since="2.47"
)
SHARE_SECURITY_SERVICE = shares(
    "share security service",
    "/security-services",
    "security_service",
    list="/security-services/detail",
    find_query=EVERYWHERE,
)
SHARE_SERVER = shares("share server", "/share-servers", name="id", by_name="id")
SHARE_SERVICE = shares("share service", "/services", "service", name="id", since="2.7")
SHARE_SNAPSHOT = shares("share snapshot", "/snapshots", "snapshot", list="/snapshots/detail", find_query=EVERYWHERE)
SHARE_SNAPSHOT_ACCESS = shares(
    "share snapshot access",
    "/snapshots/{}/access-list",
    "snapshot_access",
    plural="snapshot_access_list",
    name="id",
    since="2.32",
)
SHARE_SNAPSHOT_EXPORT_LOCATION = shares(
    "share snapshot export location",
    "/snapshots/{}/export-locations",
    "share_snapshot_export_location",
    name="id",
    since="2.32",
)
SHARE_SNAPSHOT_INSTANCE = shares(
    "share snapshot instance",
    "/snapshot-instances",
    "snapshot_instance",
    list="/snapshot-instances/detail",
    name="id",
    since="2.19",
)
SHARE_SNAPSHOT_INSTANCE_EXPORT_LOCATION = shares(
    "share snapshot instance export location",
    "/snapshot-instances/{}/export-locations",
    "share_snapshot_export_location",
    name="id",
    since="2.32",
)
SHARE_TRANSFER = shares("share transfer", "/share-transfers", "transfer", list="/share-transfers/detail", since="2.77")
SHARE_TYPE = shares(
    "share type", "/types", "share_type", by_name="", find_query=(("is_public", "all"),), defaults='{"extra_specs": {}}'
)
SHARE_ZONE = Kind(MANILA, "availability zone", "/availability-zones", id="name", microversion="2.7")

# Objects
ACCOUNT = Kind(SWIFT, "object store account", "")
CONTAINER = Kind(SWIFT, "container", "", id="name", by_name="")
OBJECT = Kind(SWIFT, "object", "/{}", id="name", by_name="")

# Placement: version 1.29 is the newest whose answers people's scripts know; a pin may ask for more
RESOURCE_PROVIDER = Kind(PLACEMENT, "resource provider", "/resource_providers", id="uuid", microversion="1.29")
RESOURCE_CLASS = Kind(
    PLACEMENT, "resource class", "/resource_classes", plural="resource_classes", id="name", microversion="1.29"
)
TRAIT = Kind(PLACEMENT, "trait", "/traits", id="name", microversion="1.29")
ALLOCATION = Kind(PLACEMENT, "resource provider allocation", "/allocations", id="uuid", microversion="1.29")
ALLOCATION_CANDIDATE = Kind(PLACEMENT, "allocation candidate", "/allocation_candidates", microversion="1.29")

# Other services
DNS_ZONE = Kind(DESIGNATE, "zone", "/zones")
LOAD_BALANCER = Kind(OCTAVIA, "load balancer", "/lbaas/loadbalancers", "loadbalancer")
SECRET = Kind(BARBICAN, "secret", "/secrets", id="secret_ref")
SECRET_CONTAINER = Kind(BARBICAN, "secret container", "/containers", "container", id="container_ref")
STACK = Kind(HEAT, "stack", "/stacks/{}", list="/stacks", name="stack_name")
