"""The command `ostk shell`: a prompt for commands."""

from __future__ import annotations

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


shell = Command("shell", [], "Open a prompt for commands, with completion and history.", run_shell)
