"""The commands of ostk, by the group names of the reference client: `ostk command list`."""

import click

from .. import program
from ..api.services import known_service
from ..errors import ResourceNotFound
from ..index import INDEX
from ..language import FullOpt, Json, Noun, Resource, Value
from ..language.command_lookup import leaves, phrases
from ..language.help import service_of
from ..other_services import OTHER_SERVICES
from ..plugins import programs
from ..render.format import LINES
from ..session.versions import official_type
from ..tree import following, plugin_leaves
from . import LOCAL_SERVICE

# The names of command groups, by the package of the noun …
GROUPS = {
    "accelerator": "openstack.accelerator.v2",
    "alarming": "openstack.alarming.v2",
    "bare_metal": "openstack.baremetal.v1",
    "batch": "openstack.cli",
    "compute": "openstack.compute.v2",
    "container_infra": "openstack.container_infra.v1",
    "database": "openstack.database.v1",
    "dns": "openstack.dns.v2",
    "identity": "openstack.identity.v3",
    "image": "openstack.image.v2",
    "key_manager": "openstack.key_manager.v1",
    "load_balancer": "openstack.load_balancer.v2",
    "local": "openstack.cli",
    "metric": "openstack.metric.v1",
    "multi": "openstack.common",
    "network": "openstack.network.v2",
    "object": "openstack.object_store.v1",
    "orchestration": "openstack.orchestration.v1",
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


def of_service(root: click.Context, name: str) -> list[Json]:
    """Return the commands for one service, by command group.

    Args:
        root: The context of the program.
        name: A service type, such as volumev3, or the name of a project, such as cinder.

    Raises:
        ResourceNotFound: There are no commands for the service.
    """
    assert isinstance(root.command, click.Group)
    known = known_service(official_type(name)) or known_service(name)
    groups: dict[str, list[str]] = {}
    for phrase, leaf in leaves(root.command, root) if known else ():
        if known and (service := service_of(leaf)) and service.name == known.name:
            groups.setdefault(group_of(phrase), []).append(phrase)
    if not groups:
        other = next((one for one in OTHER_SERVICES if name in (one.name, *one.types)), None)
        title = f" ({other.title})" if other else ""
        hint = f"The catalog has the types of services: {program()} catalog list"
        if other:
            hint = f"Send requests to the service: {program()} api {other.types[0]} PATH"
        raise ResourceNotFound(f"{program()} has no commands for the service {name!r}{title}.", hint)
    return [{"command_group": group, "commands": sorted(groups[group])} for group in sorted(groups)]


@command.lister(
    "list",
    Value("--group", "Filter by text in the name of the command group, e.g. compute.", default=""),
    FullOpt("--service", "Filter by service (type or project name), e.g. key-manager.", not_sent=True, metavar="TYPE"),
)
def list_commands(group: str, service: str | None) -> list[Json]:
    """List all commands by command group. A plug-in is listed under the name of the package."""
    root = click.get_current_context().find_root()
    assert isinstance(root.command, click.Group)
    if service:
        return [one for one in of_service(root, service) if group in one["command_group"]]
    groups: dict[str, list[str]] = {}
    for word in root.command.list_commands(root):
        for phrase in phrases(root.command, root, word):
            groups.setdefault(group_of(phrase), []).append(phrase)
    for plugin, commands, _ in plugin_leaves(root):
        groups.setdefault(plugin.source, []).extend(commands)
    for found in programs():
        if found.name not in following("", INDEX):
            groups.setdefault("programs", []).append(found.name)
    return [{"command_group": name, "commands": sorted(groups[name])} for name in sorted(groups) if group in name]
