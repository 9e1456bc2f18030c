"""The commands of ostk, by the group names of the reference client: `ostk command list`."""

from __future__ import annotations

import click

from ..index import INDEX
from ..language import Json, Noun, Opt, Resource
from ..language.command_lookup import phrases
from ..plugins import programs
from ..render.format import LINES
from ..tree import following, plugin_leaves
from . import LOCAL_SERVICE

# The names of command groups, by the package of the noun …
GROUPS = {
    "accelerator": "openstack.accelerator.v2",
    "batch": "openstack.cli",
    "compute": "openstack.compute.v2",
    "identity": "openstack.identity.v3",
    "image": "openstack.image.v2",
    "local": "openstack.cli",
    "multi": "openstack.common",
    "network": "openstack.network.v2",
    "object": "openstack.object_store.v1",
    "placement": "openstack.placement.v1",
    "share": "openstack.share.v2",
    "volume": "openstack.volume.v3",
}
# … and by the first word of the noun, where a package has several groups.
SUBGROUPS = {
    "bgp": "openstack.network.v2.dynamic_routing",
    "bgpvpn": "openstack.network.v2.bgpvpn",
    "firewall": "openstack.network.v2.fwaas",
    "tap": "openstack.network.v2.taas",
    "vpn": "openstack.network.v2.vpnaas",
}
command = Noun(
    Resource(LOCAL_SERVICE, "command", ""),
    "List commands.",
    columns=["command_group commands"],
    formats={"commands": LINES},
)


def group_of(phrase: str) -> str:
    """Return the name of the group of a command, from the longest noun that begins the command."""
    noun = max((noun for noun in INDEX if f"{phrase} ".startswith(f"{noun} ")), key=len)
    package = INDEX[noun][0].partition(".")[0]
    return SUBGROUPS.get(noun.split()[0]) or GROUPS.get(package, f"openstack.{package}")


@command.lister(
    "list", Opt("--group", "Filter by text in the name of the command group, e.g. compute.", not_sent=True, default="")
)
def list_commands(group: str) -> list[Json]:
    """List all commands by command group. A plug-in is listed under the name of the package."""
    root = click.get_current_context().find_root()
    assert isinstance(root.command, click.Group)
    groups: dict[str, list[str]] = {}
    for word in root.command.list_commands(root):
        for phrase in phrases(root.command, root, word):
            groups.setdefault(group_of(phrase), []).append(phrase)
    for plugin, commands, _ in plugin_leaves(root):
        groups.setdefault(plugin.source, []).extend(commands)
    for program in programs():
        if program.name not in following("", INDEX):
            groups.setdefault("programs", []).append(program.name)
    return [{"command_group": name, "commands": sorted(groups[name])} for name in sorted(groups) if group in name]
