"""The command `ostk batch`, which also runs the command lines on standard input."""

from collections.abc import Sequence

import click

from ..language import Arg, Command, Flag, Json, Opt
from ..session.cloud import Cloud
from .root import run_lines


def run_batch(cloud: Cloud, params: Sequence[click.Parameter], values: Json) -> None:
    """Run the commands of a file or of standard input; end with the exit status of the batch."""
    run_lines(values["file"], values["keep_going"], values["jobs"])


batch = Command(
    "batch",
    [
        Arg("file", "File with a command per line; - for standard input (default: -).", required=False, default="-"),
        Flag("--keep-going", "Continue after a command that failed."),
        Opt(
            "--jobs",
            "Number of commands to run at once; the output appears in the order of the lines.",
            type=click.IntRange(1, 64),
            default=1,
            metavar="NUMBER",
        ),
    ],
    "Run the commands of a file in a single process.",
    run_batch,
)
