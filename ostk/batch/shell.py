"""The command `ostk shell`: a prompt for commands."""

import sys
from collections.abc import Sequence

import click

from ..language import Command, Json
from ..session.cloud import Cloud
from .root import outermost, run_lines


def run_shell(cloud: Cloud, params: Sequence[click.Parameter], values: Json) -> None:
    """Open the prompt; run the commands on standard input if that is no terminal."""
    if sys.stdin is None or not sys.stdin.isatty():
        run_lines()
        return
    root = outermost("A prompt cannot be opened at the prompt or in a batch.")
    from .interpreter import Interpreter
    from .prompt import Prompt

    Prompt(Interpreter(root)).run()


HELP = """Open a prompt for commands, with completion and history.

The lines are those of a batch: quotes, $VARIABLES, NAME = COMMAND, {NAME}, comments. Global options of this command
hold for each line. Type help at the prompt for use CLOUD, project NAME and other commands of the prompt. Without a
terminal, the command lines on standard input are run, as ostk batch does."""
shell = Command("shell", [], HELP, run_shell)
