"""The Bare Metal (Ironic) API: its conventions and its resource types.

API reference: https://docs.openstack.org/api-ref/baremetal/
"""

from ..record import replace
from .resource import Resource
from .service import Busy, Service

# The conductor that works on a node locks the node: it refuses other changes for a moment.
LOCKED = ((r"Node (\S+) is locked by host", "/nodes"),)
BUSY = Busy(LOCKED, key="reservation", until="", meanwhile="", says="is locked by")
IRONIC = Service(
    "ironic",
    ("baremetal", "bare-metal"),
    "v1",
    microversion_type="baremetal",
    legacy_microversion_header="X-OpenStack-Ironic-API-Version",
    wrapped=False,
    update="PATCH",
    next_link="next",
    docs_url="https://docs.openstack.org/api-ref/baremetal/",
    busy=BUSY,
)
NEWEST = "1.115"


def named(noun: str, path: str, plural: str, docs: str, id: str = "uuid", name: str = "name") -> Resource:
    """Return a type of resource; the service takes a name in the place of the ID in a path."""
    key = path.strip("/").rstrip("s")
    return Resource(
        IRONIC, noun, path, key, plural, id=id, name=name, in_path=True, microversion=NEWEST, by_name="", docs=docs
    )


NODE = replace(named("node", "/nodes", "nodes", "#nodes-nodes"), status="provision_state")
BARE_METAL_PORT = named("bare metal port", "/ports", "ports", "#ports-ports")
PORT_GROUP = named("port group", "/portgroups", "portgroups", "#portgroups-portgroups")
CHASSIS = named("chassis", "/chassis", "chassis", "#chassis-chassis", name="uuid")
DRIVER = named("driver", "/drivers", "drivers", "#drivers-drivers", id="name")
CONDUCTOR = named("conductor", "/conductors", "conductors", "#conductors-conductors", id="hostname", name="hostname")
ALLOCATION = replace(named("allocation", "/allocations", "allocations", "#allocations-allocations"), status="state")
DEPLOY_TEMPLATE = named(
    "deploy template", "/deploy_templates", "deploy_templates", "#deploy-templates-deploy-templates"
)
RUNBOOK = named("runbook", "/runbooks", "runbooks", "#runbooks-runbooks")
INSPECTION_RULE = named(
    "inspection rule", "/inspection_rules", "inspection_rules", "#inspection-rules-inspection-rules", name="uuid"
)
SHARD = named("shard", "/shards", "shards", "#shards-shards", id="name")
VOLUME_CONNECTOR = named(
    "volume connector", "/volume/connectors", "connectors", "#volume-connectors-volume", name="uuid"
)
VOLUME_TARGET = named("volume target", "/volume/targets", "targets", "#volume-targets-volume", name="uuid")
