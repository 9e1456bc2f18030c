"""The state of nodes: power, maintenance, boot device and mode, secure boot, console."""

from ..api.bare_metal import NODE
from ..errors import OstkError
from ..language import Arg, Cloud, Flag, Json, Noun, Opt, target
from .fields import joined

node = Noun(NODE, "Manage bare metal nodes.")
ONE = target(NODE, as_typed=True)
POWER_TIMEOUT = Opt(
    "--power-timeout", "Time for which the service waits for the power state, in seconds.", key="timeout", type=int
)
BOOT_DEVICES = "bios cdrom disk pxe safe wanboot"


def validate_timeout(power_timeout: int | None) -> None:
    """Raise OstkError for a --power-timeout that is no time."""
    if power_timeout is not None and power_timeout <= 0:
        raise OstkError(f"--power-timeout must be positive, not {power_timeout}.")


def set_power(cloud: Cloud, node: str, target: str, body: Json) -> None:
    """Request a power state of a node."""
    cloud.send(NODE, "PUT", node, "states", "power", json={"target": target, **body})


@node.each("power on", POWER_TIMEOUT, doing="power on", validate=validate_timeout)
def power_on(cloud: Cloud, node: str, body: Json) -> None:
    """Power on nodes."""
    set_power(cloud, node, "power on", body)


@node.each(
    "power off",
    Flag("--soft", "Soft power off: request a shutdown from the operating system."),
    POWER_TIMEOUT,
    doing="power off",
    validate=validate_timeout,
)
def power_off(cloud: Cloud, node: str, soft: bool, body: Json) -> None:
    """Power off nodes."""
    set_power(cloud, node, "soft power off" if soft else "power off", body)


@node.each(
    "reboot",
    Flag("--soft", "Soft reboot: request a reboot from the operating system."),
    POWER_TIMEOUT,
    validate=validate_timeout,
)
def reboot(cloud: Cloud, node: str, soft: bool, body: Json) -> None:
    """Reboot nodes."""
    set_power(cloud, node, "soft rebooting" if soft else "rebooting", body)


@node.each("maintenance set", Opt("--reason", "Reason for the maintenance."), doing="set")
def set_maintenance(cloud: Cloud, node: str, reason: str | None) -> None:
    """Put nodes into maintenance mode: Ironic stops power state synchronization and rejects deployments."""
    cloud.send(NODE, "PUT", node, "maintenance", json={"reason": reason})


@node.each("maintenance unset", doing="unset")
def unset_maintenance(cloud: Cloud, node: str) -> None:
    """Take nodes out of maintenance mode."""
    cloud.send(NODE, "DELETE", node, "maintenance")


@node.each(
    "boot device set",
    Arg("device", "Boot device.", key="boot_device", choices=BOOT_DEVICES),
    Opt("--persistent", "Make the boot device persistent (default: the next boot only).", is_flag=True, default=False),
    doing="set",
)
def set_boot_device(cloud: Cloud, node: str, body: Json, persistent: bool) -> None:
    """Set the boot device of nodes."""
    cloud.send(NODE, "PUT", node, "management", "boot_device", json={**body, "persistent": persistent})


@node.shower("boot device show", ONE, Flag("--supported", "Show the boot devices that can be set."))
def show_boot_device(cloud: Cloud, node: str, supported: bool) -> Json:
    """Show the boot device of a node."""
    path = ("management", "boot_device", *(["supported"] if supported else []))
    return joined(cloud.send(NODE, "GET", node, *path))


@node.each("boot mode set", Arg("boot_mode", "Boot mode.", key="target", choices="bios uefi"), doing="set")
def set_boot_mode(cloud: Cloud, node: str, body: Json) -> None:
    """Set the boot mode of nodes, for the next deployment."""
    cloud.send(NODE, "PUT", node, "states", "boot_mode", json=body)


@node.each("secure boot on", doing="change")
def secure_boot_on(cloud: Cloud, node: str) -> None:
    """Turn on secure boot of nodes."""
    cloud.send(NODE, "PUT", node, "states", "secure_boot", json={"target": "on"})


@node.each("secure boot off", doing="change")
def secure_boot_off(cloud: Cloud, node: str) -> None:
    """Turn off secure boot of nodes."""
    cloud.send(NODE, "PUT", node, "states", "secure_boot", json={"target": "off"})


@node.each("console enable", doing="enable")
def enable_console(cloud: Cloud, node: str) -> None:
    """Enable the console of nodes."""
    cloud.send(NODE, "PUT", node, "states", "console", json={"enabled": True})


@node.each("console disable", doing="disable")
def disable_console(cloud: Cloud, node: str) -> None:
    """Disable the console of nodes."""
    cloud.send(NODE, "PUT", node, "states", "console", json={"enabled": False})


@node.shower("console show", ONE)
def show_console(cloud: Cloud, node: str) -> Json:
    """Show the console of a node."""
    return cloud.send(NODE, "GET", node, "states", "console")


@node.each("inject nmi")
def inject_nmi(cloud: Cloud, node: str) -> None:
    """Inject a non-maskable interrupt (NMI) into nodes."""
    cloud.send(NODE, "PUT", node, "management", "inject_nmi", json={})
