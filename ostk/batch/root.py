"""How the root command runs the command lines of a batch, and of the prompt."""

import io
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import takewhile
from typing import Any, Protocol, cast

import click

from ..errors import FileError, OstkError
from ..files import read_text
from ..session.shared import SharedClouds
from .runner import Batch, Run
from .script import ENDS, read


class RootCommand(Protocol):
    """What a batch needs of the root command."""

    def run(self, words: Sequence[str], prog_name: str, **extra: Any) -> int:
        """Run a command line and return its exit status."""


def run_lines(path: str = "-", keep_going: bool = False, jobs: int = 1) -> None:
    """Run the commands of a file, "-" for standard input; end with the exit status of the batch.

    Raises:
        OstkError: This is a command of a batch or of the prompt, or the file cannot be read.

    """
    root = outermost("A batch cannot be run in a batch or at the prompt.")
    batch = Batch(line_runner(root, given(root)), keep_going)
    with lines_of(path) as lines:
        found = takewhile(lambda line: line.text not in ENDS, read(lines))
        status = batch.run_in_turn(found) if jobs == 1 else batch.run_at_once(found, jobs, root.params)
    root.exit(status)


def outermost(message: str) -> click.Context:
    """Return the context of the root command.

    Raises:
        OstkError: This is a command of a batch or of the prompt; `message` is the message.

    """
    root = click.get_current_context().find_root()
    if root.obj is not None:
        raise OstkError(message)
    return root


def given(root: click.Context) -> dict[str, Any]:
    """Return the global options of this process, by name."""
    return {name: value for name, value in root.params.items() if value}


def line_runner(root: click.Context, options: Mapping[str, Any]) -> Run:
    """Return the function that runs a command line.

    The global options hold for each line, except for those that the line itself has.
    """
    command = cast(RootCommand, root.command)

    def run(words: Sequence[str], shared: SharedClouds) -> int:
        return command.run(words, root.info_name or "", obj=shared, default_map=options)

    return run


@contextmanager
def lines_of(path: str) -> Iterator[Iterable[str]]:
    """Open a file of commands, "-" for standard input, which is then empty for the commands that read it.

    Raises:
        FileError: The file cannot be read, or is not text.

    """
    if path != "-":
        # Only line feeds and carriage returns end a line: str.splitlines knows more, which may stand in quotes.
        yield io.StringIO(read_text(path, "batch file"), newline=None)
        return
    given = sys.stdin
    with open(os.devnull, encoding="utf-8") as sys.stdin:
        try:
            yield given
        except UnicodeDecodeError:
            raise FileError("Standard input is not UTF-8 text.") from None
        finally:
            sys.stdin = given
