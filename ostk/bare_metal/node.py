"""Nodes: the machines that Ironic manages."""

from ..api.bare_metal import CHASSIS, DRIVER, NODE
from ..errors import HTTPNotFound
from ..language import ALL_FIELDS_IN_API_ORDER, Cloud, Flag, Json, Opt, exclusive, target, without
from .fields import fetch, fields_option
from .node_options import CONTENT, INTERFACES, interface_option
from .verbs import add_delete, add_list, described

node = described(
    NODE,
    "Manage bare metal nodes.",
    """
    allocation_uuid automated_clean bios_interface boot_interface boot_mode chassis_uuid clean_step conductor
    conductor_group console_enabled console_interface created_at raid_config deploy_interface deploy_step description
    disable_power_off driver driver_info driver_internal_info extra fault firmware_interface health inspect_interface
    inspection_finished_at inspection_started_at instance_info instance_name instance_uuid last_error lessee maintenance
    maintenance_reason management_interface name network_data network_interface owner parent_node power_interface
    power_state properties protected protected_reason provision_updated_at provision_state raid_interface
    rescue_interface reservation resource_class retired retired_reason secure_boot storage_interface target_power_state
    target_provision_state target_raid_config traits uuid updated_at vendor_interface
    """,
    "uuid name instance_uuid power_state provision_state maintenance",
)
PARTS = ("ports", "portgroups", "states", "volume")  # links to the parts of a node
add_list(
    node,
    Opt("--maintenance/--no-maintenance", "Filter by maintenance mode."),
    Opt("--retired/--no-retired", "Filter by retirement: retired nodes or nodes not retired."),
    Opt("--fault", "Filter by fault."),
    exclusive(
        Opt("--associated", "List nodes with an instance.", value=True),
        Opt("--unassociated", "List nodes without an instance.", key="associated", value=False),
    ),
    Opt("--provision-state", "Filter by provision state."),
    Opt("--driver", "Filter by driver.", names=DRIVER),
    Opt("--resource-class", "Filter by resource class."),
    Opt("--conductor-group", "Filter by conductor group."),
    Opt("--conductor", "Filter by conductor."),
    Opt("--chassis", "Filter by chassis.", key="chassis_uuid", names=CHASSIS),
    Opt("--owner", "Filter by owner."),
    Opt("--lessee", "Filter by lessee."),
    Opt("--description-contains", "Filter by a part of the description.", metavar="TEXT"),
    Opt("--instance-name", "Filter by name of the instance."),
    Opt("--sharded/--unsharded", "Filter by shard: nodes with or without a shard."),
    Opt("--shards", "Filter by shards.", key="shard", greedy="+", convert=",".join, metavar="SHARD..."),
    exclusive(
        Opt("--include-children", "List child nodes too.", value=True),
        Opt("--parent-node", "List the child nodes of a node.", key="parent_node", ref=NODE),
    ),
    detail="/nodes/detail",
)
add_delete(node)


@node.shower(
    "show",
    target(NODE, as_typed=True),
    Flag("--instance", "NODE is the UUID of the instance on the node."),
    fields_option(node.fields),
    fields=[ALL_FIELDS_IN_API_ORDER],
)
def show(cloud: Cloud, node: str, instance: bool, fields: tuple[str, ...]) -> Json:
    """Show a node."""
    uuid = uuid_of_instance(cloud, node) if instance else node
    found = fetch(cloud, NODE, uuid, fields, PARTS)
    return found if fields and "chassis_uuid" not in fields else with_chassis(found)


def uuid_of_instance(cloud: Cloud, instance: str) -> str:
    """Return the UUID of the node that an instance is on. Raises HTTPNotFound if there is none."""
    with cloud.force_send():
        found = next(cloud.pages(NODE, {"instance_uuid": instance}), None)
    if found is None:
        raise HTTPNotFound(404, f"No node has an instance with the UUID {instance}.")
    return str(found["uuid"])


def with_chassis(item: Json) -> Json:
    """Return a node with the field of the chassis, which an answer may lack."""
    return {**item, "chassis_uuid": item.get("chassis_uuid", "")}


@node.shower(
    "create",
    Opt("--driver", "Driver, e.g. redfish.", required=True, names=DRIVER),
    Opt("--name", "Name of the node."),
    Opt("--uuid", "UUID of the node."),
    Opt("--chassis-uuid", "Chassis.", names=CHASSIS),
    [interface_option(name) for name in INTERFACES],
    CONTENT,
    Opt("--disable-power-off", "Disable power off of the node.", value=True),
    fields=[ALL_FIELDS_IN_API_ORDER],
)
def create(cloud: Cloud, body: Json) -> Json:
    """Create a node.

    VALUE of KEY=VALUE is text, unless it is an integer, true, false, null, or a JSON object, array or quoted string.
    Decimal numbers stay text: version=1.10 is not 1.1.
    """
    return with_chassis(without(cloud.send(NODE, "POST", json=body), "links", *PARTS))
