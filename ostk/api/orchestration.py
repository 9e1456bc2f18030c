"""The Orchestration (Heat) API: its conventions and its resource types.

API reference: https://docs.openstack.org/api-ref/orchestration/v1/
"""

from .resource import Resource
from .service import Service

HEAT = Service(
    "heat", ("orchestration",), "v1", next_link="links", docs_url="https://docs.openstack.org/api-ref/orchestration/v1/"
)
STACK = Resource(HEAT, "stack", "/stacks", name="stack_name", status="stack_status", docs="#stacks")
# The whole path of a stack has its name and its ID; Heat redirects a request with one of them.
NAMED_STACK = Resource(
    HEAT, "stack", "/stacks/{}", list="/stacks", name="stack_name", status="stack_status", docs="#stacks"
)
STACK_RESOURCE = Resource(
    HEAT,
    "stack resource",
    "/stacks/{}/resources",
    "resource",
    id="resource_name",
    name="resource_name",
    status="resource_status",
    docs="#stack-resources",
)
STACK_EVENT = Resource(HEAT, "stack event", "/stacks/{}/events", "event", name="id", docs="#events")
STACK_OUTPUT = Resource(
    HEAT, "stack output", "/stacks/{}/outputs", "output", id="output_key", name="output_key", docs="#stack-outputs"
)
STACK_SNAPSHOT = Resource(HEAT, "stack snapshot", "/stacks/{}/snapshots", "snapshot", docs="#stack-snapshots")
BUILD_INFO = Resource(HEAT, "build info", "/build_info", docs="#general-api-information")
STACK_RESOURCE_TYPE = Resource(
    HEAT,
    "resource type",
    "/resource_types",
    "resource_type",
    id="resource_type",
    name="resource_type",
    docs="#resource-types",
)
HEAT_ENGINE = Resource(HEAT, "orchestration service", "/services", "service", name="id", docs="#services")
TEMPLATE_VERSION = Resource(
    HEAT, "template version", "/template_versions", "template_version", id="version", name="version", docs="#templates"
)
SOFTWARE_CONFIG = Resource(HEAT, "software config", "/software_configs", by_name="", docs="#software-configuration")
SOFTWARE_DEPLOYMENT = Resource(
    HEAT, "software deployment", "/software_deployments", name="id", docs="#software-configuration"
)
