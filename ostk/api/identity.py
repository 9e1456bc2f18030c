"""The Identity (Keystone) API: its conventions and its resource types.

API reference: https://docs.openstack.org/api-ref/identity/v3/
"""

from __future__ import annotations

from .resource import Resource
from .service import Service

KEYSTONE = Service(
    "keystone",
    ("identity",),
    "v3",
    docs_url="https://docs.openstack.org/api-ref/identity/v3/",
    update="PATCH",
    next_link="links",
    listed_whole=True,
)
KEYSTONE_V2 = Service(
    "keystone",
    ("identity",),
    "v2.0",
    docs_url="https://docs.openstack.org/api-ref/identity/v3/",
    next_link="tenants_links",
)
ACCESS_RULE = Resource(KEYSTONE, "access rule", "/users/{}/access_rules", name="id")
APPLICATION_CREDENTIAL = Resource(KEYSTONE, "application credential", "/users/{}/application_credentials")
CATALOG = Resource(KEYSTONE, "catalog", "/auth/catalog", plural="catalog")
CONSUMER = Resource(KEYSTONE, "consumer", "/OS-OAUTH1/consumers", name="id")
CREDENTIAL = Resource(KEYSTONE, "credential", "/credentials", name="id", assume_id_if_missing=True)
DOMAIN = Resource(KEYSTONE, "domain", "/domains", assume_id_if_forbidden=True)
EC2_CREDENTIALS = Resource(
    KEYSTONE, "ec2 credentials", "/users/{}/credentials/OS-EC2", "credential", id="access", name="access"
)
ENDPOINT = Resource(KEYSTONE, "endpoint", "/endpoints", name="id")
ENDPOINT_GROUP = Resource(KEYSTONE, "endpoint group", "/OS-EP-FILTER/endpoint_groups")
FEDERATION_PROTOCOL = Resource(
    KEYSTONE,
    "federation protocol",
    "/OS-FEDERATION/identity_providers/{}/protocols",
    "protocol",
    name="id",
    client_assigned_id=True,
)
GROUP = Resource(KEYSTONE, "group", "/groups", assume_id_if_forbidden=True)
IDENTITY_PROVIDER = Resource(
    KEYSTONE,
    "identity provider",
    "/OS-FEDERATION/identity_providers",
    name="id",
    assume_id_if_missing=True,
    client_assigned_id=True,
)
IMPLIED_ROLE = Resource(KEYSTONE, "implied role", "/role_inferences", key="role_inference")
LIMIT = Resource(KEYSTONE, "limit", "/limits", name="id", assume_id_if_missing=True)
MAPPING = Resource(KEYSTONE, "mapping", "/OS-FEDERATION/mappings", name="id", client_assigned_id=True)
POLICY = Resource(KEYSTONE, "policy", "/policies", plural="policies", name="id")
PROJECT = Resource(KEYSTONE, "project", "/projects", assume_id_if_forbidden=True)
REGION = Resource(KEYSTONE, "region", "/regions", name="id", assume_id_if_missing=True)
REGISTERED_LIMIT = Resource(KEYSTONE, "registered limit", "/registered_limits", name="id")
REQUEST_TOKEN = Resource(KEYSTONE, "request token", "/OS-OAUTH1/request_token")
ROLE = Resource(KEYSTONE, "role", "/roles", assume_id_if_forbidden=True)
ROLE_ASSIGNMENT = Resource(KEYSTONE, "role assignment", "/role_assignments")
SERVICE = Resource(KEYSTONE, "service", "/services", by_name="", other_name="type")
SERVICE_PROVIDER = Resource(
    KEYSTONE,
    "service provider",
    "/OS-FEDERATION/service_providers",
    name="id",
    assume_id_if_missing=True,
    client_assigned_id=True,
)
TENANT = Resource(KEYSTONE_V2, "project", "/tenants", "tenant")
TOKEN = Resource(KEYSTONE, "token", "/auth/tokens")
TRUST = Resource(KEYSTONE, "trust", "/OS-TRUST/trusts", name="id")
USER = Resource(KEYSTONE, "user", "/users", assume_id_if_forbidden=True)
