"""Every kind of thing a cloud keeps, one line each: the atlas of the API."""

from __future__ import annotations

from .language.kind import Kind
from .language.service import CINDER, GLANCE, KEYSTONE, KEYSTONE_V2, NEUTRON, NOVA

# Compute. Nova reads the name in a query as a regular expression of its database.
NOVA_NAME = "name=^{}$"
FLAVOR = Kind(
    NOVA,
    "flavor",
    "/flavors",
    list="/flavors/detail",
    microversion="2.61",
    by_name="",
    find_query=(("is_public", "None"),),
)
KEYPAIR = Kind(NOVA, "keypair", "/os-keypairs", id="name", microversion="2.92")
SERVER = Kind(
    NOVA,
    "server",
    "/servers",
    list="/servers/detail",
    microversion="2.100",
    by_name=NOVA_NAME,
    find_path="/servers",
)

# Identity
ACCESS_RULE = Kind(KEYSTONE, "access rule", "/users/{}/access_rules", name="id")
APPLICATION_CREDENTIAL = Kind(KEYSTONE, "application credential", "/users/{}/application_credentials")
CATALOG = Kind(KEYSTONE, "catalog", "/auth/catalog")
CONSUMER = Kind(KEYSTONE, "consumer", "/OS-OAUTH1/consumers", name="id")
CREDENTIAL = Kind(KEYSTONE, "credential", "/credentials", name="id")
DOMAIN = Kind(KEYSTONE, "domain", "/domains", as_given=True)
EC2_CREDENTIALS = Kind(
    KEYSTONE, "ec2 credentials", "/users/{}/credentials/OS-EC2", "credential", id="access", name="access"
)
ENDPOINT = Kind(KEYSTONE, "endpoint", "/endpoints", name="id")
ENDPOINT_GROUP = Kind(KEYSTONE, "endpoint group", "/OS-EP-FILTER/endpoint_groups")
FEDERATION_PROTOCOL = Kind(
    KEYSTONE, "federation protocol", "/OS-FEDERATION/identity_providers/{}/protocols", "protocol", name="id"
)
GROUP = Kind(KEYSTONE, "group", "/groups", as_given=True)
IDENTITY_PROVIDER = Kind(KEYSTONE, "identity provider", "/OS-FEDERATION/identity_providers", name="id")
LIMIT = Kind(KEYSTONE, "limit", "/limits", name="id")
MAPPING = Kind(KEYSTONE, "mapping", "/OS-FEDERATION/mappings", name="id")
POLICY = Kind(KEYSTONE, "policy", "/policies", plural="policies", name="id")
PROJECT = Kind(KEYSTONE, "project", "/projects", as_given=True)
REGION = Kind(KEYSTONE, "region", "/regions", name="id")
REGISTERED_LIMIT = Kind(KEYSTONE, "registered limit", "/registered_limits", name="id")
ROLE = Kind(KEYSTONE, "role", "/roles", as_given=True)
SERVICE = Kind(KEYSTONE, "service", "/services", by_name="", other_name="type")
SERVICE_PROVIDER = Kind(KEYSTONE, "service provider", "/OS-FEDERATION/service_providers", name="id")
TENANT = Kind(KEYSTONE_V2, "project", "/tenants", "tenant")
TOKEN = Kind(KEYSTONE, "token", "/auth/tokens")
TRUST = Kind(KEYSTONE, "trust", "/OS-TRUST/trusts", name="id")
USER = Kind(KEYSTONE, "user", "/users", as_given=True)

# Image
IMAGE = Kind(GLANCE, "image", "/images", find_also=(("os_hidden", "true"),))
IMAGE_TASK = Kind(GLANCE, "image task", "/tasks", key="task", id="id", name="id")
METADEF_NAMESPACE = Kind(
    GLANCE,
    "image metadef namespace",
    "/metadefs/namespaces",
    plural="namespaces",
    id="namespace",
    name="namespace",
)
METADEF_OBJECT = Kind(GLANCE, "image metadef object", "/metadefs/namespaces/{}/objects", "object", id="name")
METADEF_PROPERTY = Kind(
    GLANCE, "image metadef property", "/metadefs/namespaces/{}/properties", "property", id="name"
)
METADEF_RESOURCE_TYPE = Kind(
    GLANCE, "image metadef resource type", "/metadefs/resource_types", "resource_type", id="name"
)

# Network
NETWORK = Kind(NEUTRON, "network", "/networks")
NETWORK_AGENT = Kind(NEUTRON, "network agent", "/agents", key="agent", name="id")
PORT = Kind(NEUTRON, "port", "/ports")
QOS_POLICY = Kind(NEUTRON, "network qos policy", "/qos/policies", key="policy", plural="policies")
SUBNET = Kind(NEUTRON, "subnet", "/subnets")

# Volume
VOLUME = Kind(CINDER, "volume", "/volumes", list="/volumes/detail", microversion="3.71")
