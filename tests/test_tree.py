"""The tree of commands: what stands in it, and what a look-up imports."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import click
import pytest

from ostk.cli import main
from ostk.index import INDEX
from ostk.language import Command
from ostk.tree import Group

NOUNS = {f"ostk.{place}" for modules, _ in INDEX.values() for place in modules.split()}
PROGRAM = """
import sys
from ostk.cli import main
try:
    main(sys.argv[1].split(), prog_name="ostk")
except SystemExit:
    pass
print(*sys.modules)
"""


def imported(line: str) -> set[str]:
    """The modules of nouns that a command line imports in a new process."""
    done = subprocess.run([sys.executable, "-c", PROGRAM, line], capture_output=True, text=True, check=False)
    return NOUNS.intersection(done.stdout.split("\n")[-2].split())


def looked_up(words: str) -> click.Command | None:
    """What stands in the tree at these words."""
    command: click.Command | None = main
    for word in words.split():
        assert isinstance(command, Group)
        command = command.get_command(click.Context(command), word)
    return command


@pytest.mark.parametrize(
    ("line", "modules"),
    [
        ("server list --bogus", "compute.server_list"),
        ("server group list --bogus", "compute.server_group"),
        ("network agent list --bogus", "network.agent"),
        ("image metadef resource type association list --bogus", "image.metadef_type"),
        ("image save --bogus", "image.image image.data"),
        ("router add port --bogus", "network.router network.router_links"),
        ("image import info --bogus", "image.image image.data"),
        ("api --bogus", "local.api"),
        ("bgp --help", "network.bgp_dragent network.bgp_peer network.bgp_speaker"),
        ("--help", ""),
    ],
)
def test_a_command_imports_its_noun_up_to_the_module_that_defines_the_command(line: str, modules: str) -> None:
    assert imported(line) == {f"ostk.{module}" for module in modules.split()}


@pytest.mark.parametrize(
    ("noun", "module", "verb"),
    [
        ("flavor", "compute.flavor", "list"),
        ("image", "image.member", "add project"),
        ("server", "compute.server_share", "add share"),
        ("server group", "compute.server_group", "show"),
        ("server resize", "", "confirm"),
    ],
)
def test_the_commands_of_a_noun_stand_in_the_tree_as_they_are_written(noun: str, module: str, verb: str) -> None:
    found = looked_up(f"{noun} {verb}")
    assert isinstance(found, Command)
    if module:
        assert found is getattr(import_module(f"ostk.{module}"), noun.split()[-1]).commands[verb]


@pytest.mark.parametrize("words", ["server resize", "server migrate", "image import", "bgp speaker list"])
def test_words_may_be_a_command_and_a_group(words: str) -> None:
    group = looked_up(words)
    assert isinstance(group, Group)
    assert isinstance(group.own, Command)
    parent, verb = looked_up(words.rpartition(" ")[0]), words.split()[-1]
    assert isinstance(parent, Group)
    below = group.list_commands(click.Context(group))[0]
    for rest, command in (([], group.own), (["--help"], group.own), (["one"], group.own), ([below], group)):
        assert parent.resolve_command(click.Context(parent), [verb, *rest]) == (verb, command, rest)


@pytest.mark.parametrize("name", ["", " ", "server group", "server list", " server"])
def test_a_name_of_no_word_or_of_several_is_no_command(name: str) -> None:
    assert main.get_command(click.Context(main), name) is None


@pytest.mark.parametrize("words", ["image import", "server resize", "server migrate"])
def test_a_group_that_is_a_command_too_has_its_parameters(words: str) -> None:
    ctx = click.Context(main)
    group: click.Command | None = main
    for word in words.split():
        assert isinstance(group, Group)
        group = group.get_command(ctx, word)
    assert isinstance(group, Group)
    assert group.own is not None
    assert group.params == group.own.params
    assert not {*group.get_params(ctx)} & {*group.own.params}
