"""`ostk complete`: the scripts that teach a shell what the TAB key means after `ostk`."""

from __future__ import annotations

from collections.abc import Sequence

import click

from .. import program
from ..language import Command, Json, Opt
from ..session.cloud import Cloud

SHELLS = ["bash", "zsh", "fish"]


def script(root: click.Command, shell: str, name: str = "ostk") -> str:
    """The completion script of a shell for the command `name`."""
    from click.shell_completion import get_completion_class

    made = get_completion_class(shell)
    assert made is not None
    variables = made(root, {}, name, f"_{name.upper().replace('-', '_')}_COMPLETE").source_vars()
    return made.source_template % variables


def print_script(cloud: Cloud, params: Sequence[click.Parameter], values: Json) -> None:
    """Print the script, or with `none` the commands, one a line."""
    ctx = click.get_current_context().find_root()
    root = ctx.command
    assert isinstance(root, click.Group)
    if values["shell"] != "none":
        print(script(root, values["shell"], values["name"] or program()))
        return
    from ..language.command_lookup import phrases

    for noun in root.list_commands(ctx):
        print(*phrases(root, ctx, noun), sep="\n")


complete = Command(
    "complete",
    [
        Opt("--name", "Command name to complete (default: its own name)."),
        Opt("--shell", "Shell; bash unless given.", choices=[*SHELLS, "none"], default="bash"),
    ],
    "Print the script that completes ostk's words in a shell.",
    print_script,
)
