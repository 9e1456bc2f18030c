"""Options for the fields of nodes, which create and set share."""

from ..api.bare_metal import NODE
from ..language import DESCRIPTION, Opt
from .changes import EXTRA, document, key_values

INTERFACES = "bios boot console deploy firmware inspect management network power raid rescue storage vendor".split()


def interface_option(name: str) -> Opt:
    """Return the option for the interface of a driver."""
    title = titled(name)
    return Opt(f"--{name}-interface", f"{title[:1].upper()}{title[1:]} interface of the driver.")


def titled(name: str) -> str:
    """Return the kind of an interface as it is written in a sentence."""
    return name.upper() if name in ("bios", "raid") else name


NETWORK_DATA = document("--network-data", "Static network configuration")
CONTENT = [
    Opt("--resource-class", "Resource class, which Nova flavors request."),
    Opt("--conductor-group", "Conductor group."),
    Opt("--automated-clean/--no-automated-clean", "Enable or disable automated cleaning."),
    Opt("--owner", "Owner (project ID)."),
    Opt("--lessee", "Lessee (project ID)."),
    DESCRIPTION,
    Opt("--shard", "Shard."),
    Opt("--parent-node", "Parent node.", key="parent_node", ref=NODE),
    Opt("--instance-name", "Name of the instance."),
    NETWORK_DATA,
    key_values("--driver-info", "Driver info, e.g. the BMC address.", "driver_info"),
    key_values("--property", "Properties of the hardware.", "properties"),
    EXTRA,
]
