"""Changes of nodes: set and unset."""

from ..api.bare_metal import CHASSIS, DRIVER, NODE
from ..errors import OstkError
from ..language import Cloud, Flag, Json, Noun, Opt, exclusive
from .changes import UNSET_EXTRA, UNSET_PROPERTY, change, document, key_values, keys_option, removals, removed
from .node_options import CONTENT, INTERFACES, interface_option, titled

node = Noun(NODE, "Manage bare metal nodes.")


def validate_set(values: Json) -> None:
    """Raise OstkError for options that name one node where there are several, and --reset-interfaces alone."""
    for field, flag in {"name": "--name", "instance_uuid": "--instance-uuid"}.items():
        if values[field] and len(values["node"]) > 1:
            raise OstkError(f"{flag} cannot be used with several nodes.")
    if values["reset_interfaces"] and not values["driver"]:
        raise OstkError("--reset-interfaces requires --driver.")


def interface_options(name: str) -> list[Opt]:
    """Return the options that set the interface of a driver, or reset it."""
    reset = removed(
        f"--reset-{name}-interface", f"Reset the {titled(name)} interface to the default.", f"{name}_interface"
    )
    return exclusive(interface_option(name), reset)


@node.each(
    "set",
    Opt("--name", "New name."),
    Opt("--instance-uuid", "UUID of the instance on the node."),
    Opt("--chassis-uuid", "Chassis.", names=CHASSIS),
    Opt("--driver", "Driver, e.g. redfish.", names=DRIVER),
    [option for name in INTERFACES for option in interface_options(name)],
    Flag("--reset-interfaces", "Reset all interfaces that no option sets to the defaults of the new driver."),
    CONTENT,
    Opt("--protected", "Protect the node from undeploy, rebuild and deletion.", value=True),
    Opt("--protected-reason", "Reason for the protection."),
    Opt("--retired", "Retire the node.", value=True),
    Opt("--retired-reason", "Reason for the retirement."),
    Opt(
        "--enable-power-off/--disable-power-off",
        "Enable or disable power off of the node.",
        key="disable_power_off",
        convert=lambda enable: not enable,
    ),
    document("--target-raid-config", "Target RAID configuration"),
    key_values("--instance-info", "Instance info, e.g. image_source.", "instance_info"),
    validate=validate_set,
)
def set_node(cloud: Cloud, node: str, body: Json, reset_interfaces: bool) -> None:
    """Update nodes.

    VALUE of KEY=VALUE is text, unless it is an integer, true, false, null, or a JSON object, array or quoted string.
    Decimal numbers stay text: version=1.10 is not 1.1.
    """
    update(cloud, node, body, {"reset_interfaces": True} if reset_interfaces else {})


def update(cloud: Cloud, node: str, body: Json, query: Json) -> None:
    """Send the target RAID configuration, which has a request of its own, and then all other changes of a node."""
    changes = {key: value for key, value in body.items() if key != "target_raid_config"}
    if "target_raid_config" in body:
        cloud.send(NODE, "PUT", node, "states", "raid", json=body["target_raid_config"] or {})
    if changes or not body:
        change(cloud, NODE, node, changes, query)


UNSET = {
    "instance-uuid": "UUID of the instance",
    "instance-name": "name of the instance",
    "target-raid-config": "target RAID configuration",
    "chassis-uuid": "chassis",
    "network-data": "static network configuration",
    "protected": "protection",
    "protected-reason": "reason for the protection",
    "retired": "retirement",
    "retired-reason": "reason for the retirement",
}


@node.each(
    "unset",
    removals("name", "resource class", "conductor group", "owner", "lessee", "description", "shard", "parent node"),
    [removed(f"--{flag}", f"Remove the {what}.") for flag, what in UNSET.items()],
    [removed(f"--{name}-interface", f"Reset the {titled(name)} interface to the default.") for name in INTERFACES],
    removed("--automated-clean", "Reset automated cleaning to the default of the service."),
    UNSET_PROPERTY,
    keys_option("--driver-info", "the driver info"),
    keys_option("--instance-info", "the instance info"),
    UNSET_EXTRA,
)
def unset(cloud: Cloud, node: str, body: Json) -> None:
    """Unset fields of nodes."""
    update(cloud, node, body, {})
