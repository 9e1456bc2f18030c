"""Run the commands of a batch in child processes, several at once."""

import os
import signal
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import IO

from ..console import data_output, write_message
from .script import Line

GRACE_SECONDS = 0.5  # for commands that the signal has reached that ends this process
POLL_SECONDS = 0.02


class Child:
    """A command in a child process: `status` is its exit status, None while it runs.

    Args:
        line: The command.
        run: Runs the command and returns its exit status.

    """

    def __init__(self, line: Line, run: Callable[[Line], int]) -> None:
        self.line = line
        self.status: int | None = None
        self.output, self.messages = tempfile.TemporaryFile(), tempfile.TemporaryFile()  # noqa: SIM115
        sys.stdout.flush()
        sys.stderr.flush()
        self.process_id = os.fork()
        if not self.process_id:
            self.run_and_exit(run)

    def run_and_exit(self, run: Callable[[Line], int]) -> None:
        """Run the command in the child process, with its output and messages in the files, and end the process."""
        status = 1
        try:
            sys.stdout, sys.stderr = redirect(1, self.output), redirect(2, self.messages)
            # The result of the line is read from the file.
            status = run(self.line._replace(result=""))
            sys.stdout.flush()
            sys.stderr.flush()
        finally:
            os._exit(status)

    def write(self, keep: Callable[[Line, int, bytes], None]) -> None:
        """Write the messages and the output of the command; keep the output of a line that names a result."""
        assert self.status is not None
        for file in (self.output, self.messages):
            file.seek(0)
        if messages := self.messages.read().decode("utf-8", "surrogateescape"):
            write_message(messages.removesuffix("\n"))
        output = self.output.read()
        if self.line.result:
            keep(self.line, self.status, output)
        else:
            data_output().write(output)
            sys.stdout.flush()
        self.output.close()
        self.messages.close()


def redirect(descriptor: int, file: IO[bytes]) -> IO[str]:
    """Direct standard output (1) or standard error (2) of this process to a file; return it as a text stream."""
    os.dup2(file.fileno(), descriptor)
    return open(descriptor, "w", encoding="utf-8", errors="surrogateescape", closefd=False)


class Children:
    """Runs commands in child processes, several at once; their output appears in the order of the commands.

    Args:
        jobs: The number of commands to run at once.
        run: Runs a command, in a child process, and returns its exit status.
        keep: Called with a line that names a result, its exit status and its output.
        ended: Called with each line and its exit status, in order; returns whether to begin further commands.

    """

    def __init__(
        self,
        jobs: int,
        run: Callable[[Line], int],
        keep: Callable[[Line, int, bytes], None],
        ended: Callable[[Line, int], bool],
    ) -> None:
        self.jobs, self.run, self.keep, self.ended = jobs, run, keep, ended
        self.children: deque[Child] = deque()  # whose output was not written yet
        self.goes_on = True

    def run_all(self, lines: Iterable[Line]) -> None:
        """Run commands. A command waits for the results that it uses; commands that were begun are waited for."""
        try:
            for line in lines:
                while self.running() >= self.jobs or line.uses(child.line.result for child in self.children):
                    self.wait()
                if not self.goes_on:
                    break
                self.children.append(Child(line, self.run))
            while self.children:
                self.wait()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End the commands that run, wait until they have cleaned up, and write what they have to say.

        Ctrl-C has reached them as well. SIGTERM is for those that a signal for this process alone has not reached;
        a command that cleans up ignores it.
        """
        end = time.monotonic() + GRACE_SECONDS
        while self.running() and time.monotonic() < end:
            if not self.reap(os.WNOHANG):
                time.sleep(POLL_SECONDS)
        for child in self.children:
            if child.status is None:
                os.kill(child.process_id, signal.SIGTERM)
        while self.running():
            self.reap()
        with suppress(OSError):
            for child in self.children:
                child.write(self.keep)

    def running(self) -> int:
        """Return the number of commands that run."""
        return sum(child.status is None for child in self.children)

    def wait(self) -> None:
        """Wait until a command ends; write the output of those that all earlier commands have ended for."""
        self.reap()
        while self.children and (ended := self.children[0].status) is not None:
            child = self.children.popleft()
            child.write(self.keep)
            self.goes_on = self.ended(child.line, ended) and self.goes_on

    def reap(self, how: int = 0) -> bool:
        """Wait until a command ends, or with os.WNOHANG only look; return whether one has ended."""
        try:
            process_id, status = os.waitpid(-1, how)
        except ChildProcessError:  # a signal came right after the last child had ended
            process_id, status = -1, os.EX_SOFTWARE << 8
        for child in self.children:
            if child.process_id == process_id or (process_id < 0 and child.status is None):
                code = os.waitstatus_to_exitcode(status)
                child.status = code if code >= 0 else 128 - code
        return process_id != 0
