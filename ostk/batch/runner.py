"""Run the commands of a batch, one after another or several at once."""

import io
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import redirect_stdout
from typing import Any

from ..console import write_message
from ..errors import OstkError
from ..session.shared import SharedClouds
from .script import Line, hint
from .secret_lines import without_secrets

Run = Callable[[Sequence[str], SharedClouds], int]
USAGE = 2  # exit status of a command line that is not valid
ENDED_BY_SIGNAL = (129, 130, 141, 143)  # exit statuses that end a batch, also with --keep-going


class Batch:
    """Runs command lines in one process, which share tokens, connections and look-ups.

    Args:
        run: Runs one command line and returns its exit status.
        keep_going: Whether to go on after a command that failed.

    """

    def __init__(self, run: Run, keep_going: bool = False) -> None:
        self.run, self.keep_going = run, keep_going
        self.shared = SharedClouds()
        self.results: dict[str, str | None] = {}  # None for a failure without output
        self.status = 0

    def run_in_turn(self, lines: Iterable[Line]) -> int:
        """Run each command after the one before it.

        Returns:
            0 if all commands succeeded, the exit status of the command that ended the batch, or 1 if some commands
            failed and the batch went on.

        """
        try:
            for line in lines:
                if not self.ended(line, self.run_line(line)):
                    break
        finally:
            self.shared.close()
        return self.status

    def run_at_once(self, lines: Iterable[Line], jobs: int, flags: Mapping[str, Any]) -> int:
        """Run commands in child processes, several at once; the result is that of `run_in_turn`.

        Args:
            lines: The commands.
            jobs: The number of commands to run at once.
            flags: The global options that most commands have: the child processes share the token for these.

        """
        from .children import Children

        self.shared.authenticate(flags)
        Children(jobs, self.run_line, self.keep, self.ended).run_all(lines)
        return self.status

    def run_line(self, line: Line) -> int:
        """Run one command; keep its output if the line names a result. Return the exit status."""
        try:
            words = line.words(os.environ, self.results)
        except OstkError as error:
            error.show()
            if line.result:
                self.results[line.result] = None
            return USAGE
        if not line.result:
            return self.run(words, self.shared)
        output = io.BytesIO()
        stream = io.TextIOWrapper(output, "utf-8", "surrogateescape", write_through=True)
        with redirect_stdout(stream):
            status = self.run(words, self.shared)
        self.keep(line, status, output.getvalue())
        return status

    def keep(self, line: Line, status: int, output: bytes) -> None:
        """Keep the output of a line as its result, without blanks at its ends; None for a failure without output."""
        text = output.decode("utf-8", "surrogateescape").strip()
        self.results[line.result] = None if status and not text else text

    def ended(self, line: Line, status: int) -> bool:
        """Report a command that failed on standard error; return whether the batch goes on."""
        if status in ENDED_BY_SIGNAL:
            self.status = status
            return False
        if status:
            told = f"Line {line.number} failed (exit status {status}): {without_secrets(line.text)}"
            advice = hint(line.text) if status == USAGE else ""
            write_message(f"{told}\n{advice}" if advice else told)
            self.status = 1 if self.keep_going else status
        return self.keep_going or not status
