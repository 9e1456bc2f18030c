"""The DNS (Designate) API: its conventions and its resource types.

API reference: https://docs.openstack.org/api-ref/dns/dns-api-v2-index.html
"""

from ..record import replace
from .resource import Resource
from .service import Service

DESIGNATE = Service(
    "designate",
    ("dns",),
    "v2",
    wrapped=False,
    update="PATCH",
    listed_whole=True,
    docs_url="https://docs.openstack.org/api-ref/dns/dns-api-v2-index.html",
    next_link="links",
)
DNS_ZONE = Resource(DESIGNATE, "zone", "/zones", docs="#zones", name_end=".", any_case=True)
RECORD_SET = Resource(
    replace(DESIGNATE, update="PUT"), "recordset", "/zones/{}/recordsets", docs="#recordsets", any_case=True
)
ZONE_EXPORT = Resource(DESIGNATE, "zone export", "/zones/tasks/exports", "export", name="id", docs="#zone-exports")
ZONE_IMPORT = Resource(DESIGNATE, "zone import", "/zones/tasks/imports", "import", name="id", docs="#zone-imports")
ZONE_SHARE = Resource(DESIGNATE, "zone share", "/zones/{}/shares", "shared_zone", name="id", docs="#shared-zones")
ZONE_TRANSFER_REQUEST = Resource(
    DESIGNATE,
    "zone transfer request",
    "/zones/tasks/transfer_requests",
    "transfer_request",
    name="id",
    docs="#zone-ownership-transfers-requests",
)
ZONE_TRANSFER_ACCEPT = Resource(
    DESIGNATE,
    "zone transfer accept",
    "/zones/tasks/transfer_accepts",
    "transfer_accept",
    name="id",
    docs="#zone-ownership-transfers-accepts",
)
# A look-up lists all: in a filter a backslash, which patterns have, is an escape.
ZONE_BLACKLIST = Resource(
    DESIGNATE, "zone blacklist", "/blacklists", "blacklist", name="pattern", by_name="", docs="#blacklists"
)
NAME_SERVER = Resource(DESIGNATE, "name server", "/zones/{}/nameservers", "nameserver", id="hostname", name="hostname")
POOL = Resource(DESIGNATE, "DNS pool", "/pools", "pool", docs="#pools")
TLD = Resource(DESIGNATE, "TLD", "/tlds", "tld", docs="#tlds", any_case=True)
TSIG_KEY = Resource(DESIGNATE, "TSIG key", "/tsigkeys", "tsigkey", docs="#tsigkeys")
PTR_RECORD = Resource(DESIGNATE, "PTR record", "/reverse/floatingips", "floatingip", name="id", docs="#floatingips")
DNS_QUOTA = Resource(DESIGNATE, "DNS quota", "/quotas", "quota", id="project_id", name="project_id", docs="#quotas")
DNS_SERVICE = Resource(
    DESIGNATE,
    "DNS service",
    "/service_statuses",
    "service_status",
    "service_statuses",
    name="id",
    docs="#service-statuses",
)
DNS_LIMIT = Resource(DESIGNATE, "DNS limit", "/limits", "limit", docs="#limits")
