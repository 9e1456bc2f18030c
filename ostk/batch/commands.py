"""The command `ostk batch`, which also runs the command lines on standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol, cast

import click

from ..errors import OstkError
from ..files import read_text
from ..language import Arg, Command, Flag, Json, Opt
from ..session.cloud import Cloud
from ..session.shared import SharedClouds
from .runner import Batch, Run
from .script import read


class RootCommand(Protocol):
    """What a batch needs of the root command."""

    def run(self, words: Sequence[str], prog_name: str, **extra: Any) -> int:
        """Run a command line and return its exit status."""


def run_batch(cloud: Cloud, params: Sequence[click.Parameter], values: Json) -> None:
    """Run the commands of a file or of standard input; end with the exit status of the batch."""
    root = click.get_current_context().find_root()
    if root.obj is not None:
        raise OstkError("A batch cannot be run in a batch or at the prompt.")
    batch = Batch(line_runner(root), values["keep_going"])
    with lines_of(values["file"]) as lines:
        if values["jobs"] == 1:
            status = batch.run_in_turn(read(lines))
        else:
            status = batch.run_at_once(read(lines), values["jobs"], root.params)
    root.exit(status)


def line_runner(root: click.Context) -> Run:
    """Return the function that runs a command line.

    The global options of this process hold for each line, except for those that the line itself has.
    """
    command = cast(RootCommand, root.command)
    options = {name: value for name, value in root.params.items() if value}

    def run(words: Sequence[str], shared: SharedClouds) -> int:
        return command.run(words, root.info_name or "", obj=shared, default_map=options)

    return run


@contextmanager
def lines_of(path: str) -> Iterator[Iterable[str]]:
    """Open a file of commands, "-" for standard input, which is then empty for the commands that read it.

    Raises:
        FileError: The file cannot be read.

    """
    if path != "-":
        yield read_text(path, "batch file").splitlines()
        return
    given = sys.stdin
    with open(os.devnull, encoding="utf-8") as sys.stdin:
        try:
            yield given
        finally:
            sys.stdin = given


batch = Command(
    "batch",
    [
        Arg("file", "File with a command per line; - for standard input (default: -).", required=False, default="-"),
        Flag("--keep-going", "Continue after a command that failed."),
        Opt(
            "--jobs",
            "Number of commands to run at once; the output appears in the order of the lines (default: 1).",
            type=click.IntRange(1, 64),
            default=1,
            metavar="<number>",
        ),
    ],
    "Run the commands of a file in a single process.",
    run_batch,
)
