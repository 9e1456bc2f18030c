"""The commands themselves: `ostk command list`."""

from __future__ import annotations

from collections.abc import Sequence

import click

from ..index import INDEX
from ..language import Branch, Column, Command, Json, Opt
from ..language.verbs import print_items, shown
from ..render.format import LINES
from ..render.options import LIST_OPTIONS, output_from
from ..session.cloud import Cloud

# What the groups are called, by the package a noun's module is in …
GROUPS = {
    "accelerator": "openstack.accelerator.v2",
    "across": "openstack.common",
    "compute": "openstack.compute.v2",
    "identity": "openstack.identity.v3",
    "image": "openstack.image.v2",
    "local": "openstack.cli",
    "network": "openstack.network.v2",
    "object": "openstack.object_store.v1",
    "placement": "openstack.placement.v1",
    "share": "openstack.share.v2",
    "volume": "openstack.volume.v3",
}
# … and by its first word, where one package is several groups.
PARTS = {
    "bgp": "openstack.network.v2.dynamic_routing",
    "bgpvpn": "openstack.network.v2.bgpvpn",
    "firewall": "openstack.network.v2.fwaas",
    "tap": "openstack.network.v2.taas",
    "vpn": "openstack.network.v2.vpnaas",
}
COLUMNS = [Column("group", "Command Group"), Column("commands", "Commands", format=LINES)]


def group_of(noun: str) -> str:
    """The group a noun's commands are in."""
    package = INDEX[noun][0].partition(".")[0]
    return PARTS.get(noun.split()[0]) or GROUPS.get(package, f"openstack.{package}")


def commands(noun: str) -> list[str]:
    """The commands of a noun in the index, without those of nouns that begin with the same words."""
    from ..cli import main

    ctx = click.get_current_context().find_root()
    found: click.Command | None = main
    for word in noun.split():
        assert isinstance(found, click.Group)
        found = found.get_command(ctx, word)
    others = {key.removeprefix(f"{noun} ").split()[0] for key in INDEX if key.startswith(f"{noun} ")}
    return list(below(found, ctx, noun, others))


def below(command: click.Command | None, ctx: click.Context, words: str, others: set[str]) -> list[str]:
    """The commands in a group, itself if it is one."""
    if not isinstance(command, click.Group):
        return [words]
    found = [words] if command.invoke_without_command else []
    for name in command.list_commands(ctx):
        if name not in others:
            found += below(command.get_command(ctx, name), ctx, f"{words} {name}", set())
    return found


def list_commands(cloud: Cloud, params: Sequence[click.Parameter], values: Json) -> None:
    """Print the commands of each group, or of those whose name holds a text."""
    output = output_from(values)
    columns = shown(COLUMNS, values, output)
    groups: dict[str, list[str]] = {}
    for noun in INDEX:
        if (values["group"] or "") in group_of(noun):
            groups.setdefault(group_of(noun), []).extend(commands(noun))
    items = [{"group": group, "commands": sorted(groups[group])} for group in sorted(groups)]
    print_items(columns, items, output)


command = Branch("command", "See what commands there are.")
command.add(
    "list",
    Command(
        "list",
        [Opt("--group", "Only groups with this text in their name."), LIST_OPTIONS],
        "List all commands, by group.",
        list_commands,
    ),
)
