"""Programs named ostk-NAME, which run as `ostk NAME`."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NoReturn

import click

from .config.global_options import GLOBAL_OPTIONS
from .console import data_output
from .errors import OstkError
from .interrupt import State

if TYPE_CHECKING:
    from subprocess import Popen

GRACE_SECONDS = 5  # for a program to clean up after a signal


class ProgramCommand(click.Command):
    """A program on PATH: takes the place of ostk and gets all arguments that follow its name, as they are.

    Args:
        name: The name of the command.
        path: The path of the program.

    """

    def __init__(self, name: str, path: str) -> None:
        super().__init__(name, help=f"Run the program {path}.", add_help_option=False)
        self.path = path

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Leave the arguments to the program."""
        ctx.args = list(args)
        return ctx.args

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[click.shell_completion.CompletionItem[str]]:
        """Complete the names of files."""
        from click.shell_completion import CompletionItem

        return [CompletionItem(incomplete, type="file")]

    def invoke(self, ctx: click.Context) -> NoReturn:
        """Run the program; in a batch and at the prompt, which go on afterwards, in a child process.

        Raises:
            OstkError: The program cannot be run.

        """
        root = ctx.find_root()
        environment = {**os.environ, **variables(root.params)}
        sys.stdout.flush()
        sys.stderr.flush()
        try:
            if root.obj is not None:
                root.exit(run([self.path, *ctx.args], environment))
            # Python ignores SIGPIPE, and a program inherits that.
            if hasattr(signal, "SIGPIPE"):
                signal.signal(signal.SIGPIPE, signal.SIG_DFL)
            os.execve(self.path, [self.path, *ctx.args], environment)
        except OSError as error:
            raise OstkError(f"{self.path} cannot be run: {error.strerror}.") from None


def variables(params: dict[str, Any]) -> dict[str, str]:
    """Return the environment variables that stand for the global options: OS_CLOUD for --os-cloud."""
    found: dict[str, str] = {}
    for option in GLOBAL_OPTIONS:
        value = params.get(option.key)
        if value and option.setting:
            names = option.variables or (f"OS_{option.setting.upper()}",)
            found[names[0]] = "true" if value is True else str(value)
    if params.get("openrc"):
        found["OSTK_OPENRC"] = str(params["openrc"])
    if params.get("no_cache"):
        found["OSTK_CACHE"] = "0"
    return found


def run(words: list[str], environment: dict[str, str]) -> int:
    """Run a program as a child process and return its exit status; its output goes where that of commands goes.

    Its standard input is empty where that of the process holds the lines of a batch.

    Raises:
        OSError: The program cannot be run.

    """
    import io
    import subprocess

    try:
        captured = sys.stdout.fileno() != 1  # the output of a batch may be kept for later lines
    except (OSError, io.UnsupportedOperation):
        captured = True
    source = None if sys.stdin is sys.__stdin__ else subprocess.DEVNULL
    output = subprocess.PIPE if captured else None
    with subprocess.Popen(words, env=environment, stdin=source, stdout=output) as process:
        try:
            text = process.communicate()[0]
        except KeyboardInterrupt:
            stop(process)
            raise
    if captured:
        data_output().write(text)
    return process.returncode if process.returncode >= 0 else 128 - process.returncode


def stop(process: Popen[bytes]) -> None:
    """End a program after a signal, with time to clean up; Ctrl-C has reached the program too."""
    from subprocess import TimeoutExpired

    first = process.poll if State.number == signal.SIGINT else process.terminate
    for step in (first, process.terminate, process.kill):
        step()
        with suppress(TimeoutExpired):
            process.communicate(timeout=GRACE_SECONDS)
            return
