"""Shell completion scripts: `ostk complete`."""

from __future__ import annotations

from collections.abc import Sequence

import click

from .. import program
from ..language import Command, Json, Opt
from ..session.cloud import Cloud

SHELLS = ["bash", "zsh", "fish"]


def script(root: click.Command, shell: str, name: str = "ostk") -> str:
    """Return the completion script of a shell for a program with this name."""
    from click.shell_completion import get_completion_class

    completion_class = get_completion_class(shell)
    assert completion_class is not None
    variables = completion_class(root, {}, name, f"_{name.upper().replace('-', '_')}_COMPLETE").source_vars()
    return completion_class.source_template % variables


def print_script(cloud: Cloud, params: Sequence[click.Parameter], values: Json) -> None:
    """Print the completion script; for the shell `none`, print all commands, one per line."""
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
        Opt("--name", "Name of the program to complete (default: the name ostk was started by)."),
        Opt(
            "--shell",
            "Shell to print a script for, or none to list all commands.",
            choices=[*SHELLS, "none"],
            default="bash",
        ),
    ],
    "Print a shell completion script.",
    print_script,
)
