"""The Identity (Keystone) API: its conventions and its resource types.

API reference: https://docs.openstack.org/api-ref/identity/v3/, and for the extensions (OAuth, trusts, federation,
endpoint filter) https://docs.openstack.org/api-ref/identity/v3-ext/, which `docs` reaches by a relative address.
"""

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
ACCESS_RULE = Resource(KEYSTONE, "access rule", "/users/{}/access_rules", name="id", docs="#application-credentials")
APPLICATION_CREDENTIAL = Resource(
    KEYSTONE, "application credential", "/users/{}/application_credentials", docs="#application-credentials"
)
CATALOG = Resource(KEYSTONE, "catalog", "/auth/catalog", plural="catalog", docs="#get-service-catalog")
CONSUMER = Resource(KEYSTONE, "consumer", "/OS-OAUTH1/consumers", name="id", docs="../v3-ext/#os-oauth1-api")
CREDENTIAL = Resource(KEYSTONE, "credential", "/credentials", name="id", assume_id_if_missing=True, docs="#credentials")
DOMAIN = Resource(KEYSTONE, "domain", "/domains", assume_id_if_forbidden=True, docs="#domains")
EC2_CREDENTIALS = Resource(
    KEYSTONE, "ec2 credentials", "/users/{}/credentials/OS-EC2", "credential", id="access", name="access"
)
ENDPOINT = Resource(KEYSTONE, "endpoint", "/endpoints", name="id", docs="#service-catalog-and-endpoints")
ENDPOINT_GROUP = Resource(KEYSTONE, "endpoint group", "/OS-EP-FILTER/endpoint_groups", docs="../v3-ext/#endpoint-group")
FEDERATION_PROTOCOL = Resource(
    KEYSTONE,
    "federation protocol",
    "/OS-FEDERATION/identity_providers/{}/protocols",
    "protocol",
    name="id",
    client_assigned_id=True,
    docs="../v3-ext/#protocols",
)
GROUP = Resource(KEYSTONE, "group", "/groups", assume_id_if_forbidden=True, docs="#groups")
IDENTITY_PROVIDER = Resource(
    KEYSTONE,
    "identity provider",
    "/OS-FEDERATION/identity_providers",
    name="id",
    assume_id_if_missing=True,
    client_assigned_id=True,
    docs="../v3-ext/#identity-providers",
)
IMPLIED_ROLE = Resource(
    KEYSTONE, "implied role", "/role_inferences", key="role_inference", docs="#list-all-role-inference-rules"
)
LIMIT = Resource(KEYSTONE, "limit", "/limits", name="id", assume_id_if_missing=True, docs="#list-limits")
MAPPING = Resource(
    KEYSTONE, "mapping", "/OS-FEDERATION/mappings", name="id", client_assigned_id=True, docs="../v3-ext/#mappings"
)
POLICY = Resource(KEYSTONE, "policy", "/policies", plural="policies", name="id", docs="#policies")
PROJECT = Resource(KEYSTONE, "project", "/projects", assume_id_if_forbidden=True, docs="#projects")
REGION = Resource(KEYSTONE, "region", "/regions", name="id", assume_id_if_missing=True, docs="#regions")
REGISTERED_LIMIT = Resource(
    KEYSTONE, "registered limit", "/registered_limits", name="id", docs="#list-registered-limits"
)
REQUEST_TOKEN = Resource(KEYSTONE, "request token", "/OS-OAUTH1/request_token", docs="../v3-ext/#create-request-token")
ROLE = Resource(KEYSTONE, "role", "/roles", assume_id_if_forbidden=True, docs="#roles")
ROLE_ASSIGNMENT = Resource(KEYSTONE, "role assignment", "/role_assignments", docs="#roles")
SERVICE = Resource(
    KEYSTONE, "service", "/services", by_name="", other_name="type", docs="#service-catalog-and-endpoints"
)
SERVICE_PROVIDER = Resource(
    KEYSTONE,
    "service provider",
    "/OS-FEDERATION/service_providers",
    name="id",
    assume_id_if_missing=True,
    client_assigned_id=True,
    docs="../v3-ext/#service-providers",
)
TENANT = Resource(KEYSTONE_V2, "project", "/tenants", "tenant")
TOKEN = Resource(KEYSTONE, "token", "/auth/tokens", docs="#authentication-and-token-management")
TRUST = Resource(KEYSTONE, "trust", "/OS-TRUST/trusts", name="id", docs="../v3-ext/#os-trust-api")
USER = Resource(KEYSTONE, "user", "/users", assume_id_if_forbidden=True, docs="#users")
