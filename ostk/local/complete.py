"""`ostk complete`: the scripts that teach a shell what the TAB key means after `ostk`."""

from __future__ import annotations

from collections.abc import Sequence

import click

from .. import program
from ..language import Command, Json, Opt
from ..session.cloud import Cloud

SHELLS = ["bash", "zsh", "fish"]


def script(shell: str, name: str = "ostk") -> str:
    """The completion script of a shell for the command `name`."""
    from click.shell_completion import get_completion_class

    from ..cli import main

    made = get_completion_class(shell)
    assert made is not None
    variables = made(main, {}, name, f"_{name.upper().replace('-', '_')}_COMPLETE").source_vars()
    return made.source_template % variables


def print_script(cloud: Cloud, params: Sequence[click.Parameter], values: Json) -> None:
    """Print the script, or with `none` the commands, one a line."""
    if values["shell"] != "none":
        print(script(values["shell"], values["name"] or program()))
        return
    from ..cli import main
    from ..language.command_lookup import phrases

    root = click.get_current_context().find_root()
    for noun in main.list_commands(root):
        print(*phrases(main, root, noun), sep="\n")


complete = Command(
    "complete",
    [
        Opt("--name", "Command name to complete (default: its own name)."),
        Opt("--shell", "Shell; bash unless given.", choices=[*SHELLS, "none"], default="bash"),
    ],
    "Print the script that completes ostk's words in a shell.",
    print_script,
)
