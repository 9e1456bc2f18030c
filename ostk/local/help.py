"""`ostk help`: what --help says, for those who ask with a word."""

from __future__ import annotations

from collections.abc import Sequence

import click

from .. import program
from ..errors import OstkError
from ..language import Arg, Command, Json
from ..session.cloud import Cloud


def explain(cloud: Cloud, params: Sequence[click.Parameter], values: Json) -> None:
    """Print the help of the command that the words name, or of all of ostk."""
    root = click.get_current_context().find_root().command
    assert isinstance(root, click.Group)
    try:
        click.Group.main(root, [*values["words"], "--help"], program(), standalone_mode=False)
    except click.UsageError as error:
        raise OstkError(error.format_message()) from error


help = Command(
    "help", [Arg("words", nargs=-1, metavar="[WORD]...")], "Explain a command or a group of commands.", explain
)
