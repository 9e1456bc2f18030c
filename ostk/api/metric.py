"""The Metric (Gnocchi) API: its conventions and its resource types.

API reference: https://gnocchi.osci.io/rest.html
"""

from .resource import Resource
from .service import LINK_HEADER, Service

GNOCCHI = Service(
    "gnocchi",
    ("metric",),
    "v1",
    wrapped=False,
    update="PATCH",
    next_link=LINK_HEADER,
    docs_url="https://gnocchi.osci.io/rest.html",
)
METRIC = Resource(GNOCCHI, "metric", "/metric", docs="#metrics")
# The ID may be any text; the service makes a UUID of it, and keeps the text as the original ID.
METRIC_RESOURCE = Resource(
    GNOCCHI,
    "metric resource",
    "/resource/generic",
    "resource",
    name="original_resource_id",
    by_name="original_resource_id",
    docs="#resources",
)
METRIC_RESOURCE_TYPE = Resource(
    GNOCCHI, "metric resource type", "/resource_type", "resource_type", id="name", docs="#resource-types"
)
ARCHIVE_POLICY = Resource(
    GNOCCHI,
    "metric archive policy",
    "/archive_policy",
    "archive_policy",
    "archive_policies",
    id="name",
    docs="#archive-policy",
)
ARCHIVE_POLICY_RULE = Resource(
    GNOCCHI,
    "metric archive policy rule",
    "/archive_policy_rule",
    "archive_policy_rule",
    id="name",
    docs="#archive-policy-rule",
)
METRIC_STATUS = Resource(GNOCCHI, "metric status", "/status", "status", docs="#status")
METRIC_CAPABILITY = Resource(GNOCCHI, "metric capability", "/capabilities", "capabilities", docs="#capabilities")
METRIC_SERVER = Resource(GNOCCHI, "metric server", "/", "server")
