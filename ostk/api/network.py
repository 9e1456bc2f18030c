"""The Networking (Neutron) API: its conventions and its resource types.

API reference: https://docs.openstack.org/api-ref/network/v2/
"""

from ..record import replace
from .resource import Resource
from .service import Service

NEUTRON = Service(
    "neutron",
    ("network",),
    "v2.0",
    docs_url="https://docs.openstack.org/api-ref/network/v2/",
    listed_whole=True,
    older_names=(("project_id", "tenant_id"),),  # Neutron before Newton returns only tenant_id
)
ADDRESS_GROUP = Resource(NEUTRON, "address group", "/address-groups", docs="#address-groups")
ADDRESS_SCOPE = Resource(NEUTRON, "address scope", "/address-scopes", docs="#address-scopes")
AUTO_TOPOLOGY = Resource(
    NEUTRON,
    "network auto allocated topology",
    "/auto-allocated-topology",
    "auto_allocated_topology",
    name="id",
    docs="#auto-allocated-topologies",
)
# The BGP, BGP VPN and TaaS plug-ins of Neutron 29 answer ?name=x with 400 "invalid attribute for filtering".
BGP_PEER = Resource(NEUTRON, "bgp peer", "/bgp-peers", by_name="", docs="#bgp-peer")
BGP_SPEAKER = Resource(NEUTRON, "bgp speaker", "/bgp-speakers", by_name="", docs="#bgp-speaker")
BGPVPN = Resource(NEUTRON, "bgpvpn", "/bgpvpn/bgpvpns", by_name="", docs="#bgp-vpns")
BGPVPN_NETWORK = Resource(
    NEUTRON,
    "bgpvpn network association",
    "/bgpvpn/bgpvpns/{}/network_associations",
    "network_association",
    name="id",
    assume_id_if_missing=True,
    docs="#network-associations",
)
BGPVPN_PORT = replace(
    BGPVPN_NETWORK,
    noun="bgpvpn port association",
    path="/bgpvpn/bgpvpns/{}/port_associations",
    key="port_association",
    docs="#port-associations",
)
BGPVPN_ROUTER = replace(
    BGPVPN_NETWORK,
    noun="bgpvpn router association",
    path="/bgpvpn/bgpvpns/{}/router_associations",
    key="router_association",
    docs="#router-associations",
)
CONNTRACK_HELPER = Resource(
    NEUTRON,
    "network l3 conntrack helper",
    "/routers/{}/conntrack_helpers",
    "conntrack_helper",
    name="id",
    docs="#routers-conntrack-helper-ct-target-rules",
)
DEFAULT_SECURITY_GROUP_RULE = Resource(
    NEUTRON,
    "default security group rule",
    "/default-security-group-rules",
    name="id",
    docs="#security-group-default-rules-security-group-default-rules",
)
DEFAULT_STATEFULNESS = Resource(
    NEUTRON,
    "security group default statefulness",
    "/security-groups-default-statefulness",
    plural="security_groups_default_statefulness",
    name="id",
    docs="#security-groups-default-statefulness-security-groups-default-statefulness",
)
FIREWALL_GROUP = Resource(NEUTRON, "firewall group", "/fwaas/firewall_groups", docs="#list-firewall-groups")
FIREWALL_POLICY = Resource(
    NEUTRON,
    "firewall group policy",
    "/fwaas/firewall_policies",
    "firewall_policy",
    "firewall_policies",
    docs="#list-firewall-policies",
)
FIREWALL_RULE = Resource(
    NEUTRON, "firewall group rule", "/fwaas/firewall_rules", "firewall_rule", docs="#list-firewall-rules"
)
FLOATING_IP = Resource(
    NEUTRON,
    "floating ip",
    "/floatingips",
    key="floatingip",
    name="floating_ip_address",
    by_name="floating_ip_address",
    docs="#floating-ips-floatingips",
)
IP_AVAILABILITY = Resource(
    NEUTRON,
    "ip availability",
    "/network-ip-availabilities",
    "network_ip_availability",
    "network_ip_availabilities",
    id="network_id",
    name="network_name",
    by_name="network_name",
    docs="#network-ip-availability-and-usage-stats",
)
LOCAL_IP = Resource(NEUTRON, "local ip", "/local_ips", docs="#local-ips-local-ips")
LOCAL_IP_ASSOCIATION = Resource(
    NEUTRON,
    "local ip association",
    "/local_ips/{}/port_associations",
    "port_association",
    id="fixed_port_id",
    name="fixed_port_id",
    docs="#local-ip-associations-port-associations",
)
METER = Resource(NEUTRON, "network meter", "/metering/metering-labels", "metering_label", docs="#list-metering-labels")
METER_RULE = Resource(
    NEUTRON,
    "network meter rule",
    "/metering/metering-label-rules",
    "metering_label_rule",
    name="id",
    docs="#list-metering-label-rules",
)
NDP_PROXY = Resource(
    NEUTRON, "router ndp proxy", "/ndp_proxies", "ndp_proxy", "ndp_proxies", docs="#router-ndp-proxy-ndp-proxies"
)
NETWORK = Resource(
    NEUTRON,
    "network",
    "/networks",
    defaults='{"port_security_enabled": false, "router:external": false}',
    docs="#networks",
)
NETWORK_AGENT = Resource(NEUTRON, "network agent", "/agents", key="agent", name="id", docs="#agents")
NETWORK_EXTENSION = Resource(
    NEUTRON, "network extension", "/extensions", "extension", id="alias", docs="#list-extensions"
)
NETWORK_FLAVOR = Resource(NEUTRON, "network flavor", "/flavors", "flavor", docs="#list-flavors")
NETWORK_FLAVOR_PROFILE = Resource(
    NEUTRON, "network flavor profile", "/service_profiles", "service_profile", name="id", docs="#list-service-profiles"
)
NETWORK_SEGMENT = Resource(NEUTRON, "network segment", "/segments", "segment", docs="#segments")
NETWORK_SEGMENT_RANGE = Resource(
    NEUTRON, "network segment range", "/network_segment_ranges", docs="#network-segment-ranges"
)
NETWORK_SERVICE_PROVIDER = Resource(
    NEUTRON, "network service provider", "/service-providers", "service_provider", id="name", docs="#service-providers"
)
NETWORK_QUOTA = Resource(NEUTRON, "quota", "/quotas", name="id", docs="#quotas-extension-quotas")
NETWORK_ZONE = Resource(NEUTRON, "availability zone", "/availability_zones", id="name", docs="#availability-zones")
PORT = Resource(NEUTRON, "port", "/ports", defaults='{"port_security_enabled": false}', docs="#ports")
PORT_FORWARDING = Resource(
    NEUTRON,
    "floating ip port forwarding",
    "/floatingips/{}/port_forwardings",
    "port_forwarding",
    name="id",
    docs="#floating-ips-port-forwarding",
)
QOS_POLICY = Resource(
    NEUTRON, "network qos policy", "/qos/policies", key="policy", plural="policies", docs="#qos-policies-qos"
)
QOS_RULE_TYPE = Resource(
    NEUTRON, "network qos rule type", "/qos/rule-types", "rule_type", id="type", name="type", docs="#qos-rule-types"
)
RBAC_POLICY = Resource(
    NEUTRON, "network rbac", "/rbac-policies", "rbac_policy", "rbac_policies", name="id", docs="#rbac-policies"
)
ROUTER = Resource(NEUTRON, "router", "/routers", docs="#routers-routers")
SECURITY_GROUP = Resource(NEUTRON, "security group", "/security-groups", docs="#security-groups-security-groups")
SECURITY_GROUP_RULE = Resource(
    NEUTRON,
    "security group rule",
    "/security-group-rules",
    name="id",
    docs="#security-group-rules-security-group-rules",
)
SUBNET = Resource(NEUTRON, "subnet", "/subnets", docs="#subnets")
SUBNET_POOL = Resource(NEUTRON, "subnet pool", "/subnetpools", "subnetpool", docs="#subnet-pools-extension-subnetpools")
TAP_FLOW = Resource(NEUTRON, "tap flow", "/taas/tap_flows", by_name="", docs="#tap-flow")
TAP_MIRROR = Resource(NEUTRON, "tap mirror", "/taas/tap_mirrors", by_name="", docs="#tap-mirrors")
TAP_SERVICE = Resource(NEUTRON, "tap service", "/taas/tap_services", by_name="", docs="#tap-service")
TRUNK = Resource(NEUTRON, "network trunk", "/trunks", "trunk", docs="#trunk-networking")
VPN_CONNECTION = Resource(
    NEUTRON,
    "vpn ipsec site connection",
    "/vpn/ipsec-site-connections",
    "ipsec_site_connection",
    docs="#list-ipsec-connections",
)
VPN_ENDPOINT_GROUP = Resource(
    NEUTRON, "vpn endpoint group", "/vpn/endpoint-groups", "endpoint_group", docs="#vpn-endpoint-groups"
)
VPN_IKE_POLICY = Resource(
    NEUTRON, "vpn ike policy", "/vpn/ikepolicies", "ikepolicy", "ikepolicies", docs="#list-ike-policies"
)
VPN_IPSEC_POLICY = Resource(
    NEUTRON, "vpn ipsec policy", "/vpn/ipsecpolicies", "ipsecpolicy", "ipsecpolicies", docs="#list-ipsec-policies"
)
VPN_SERVICE = Resource(NEUTRON, "vpn service", "/vpn/vpnservices", "vpnservice", docs="#list-vpn-services")
