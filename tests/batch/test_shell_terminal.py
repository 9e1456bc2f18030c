"""The prompt on a real terminal."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from ..fake_cloud import ENVIRONMENT
from ..test_interrupt import Held, held  # noqa: F401

pytestmark = pytest.mark.slow
FLAVORS = "GET /compute/v2.1/flavors/detail"
PROMPT = "envvars demo RegionOne> "


class Session:
    """ostk without words on a terminal of its own."""

    def __init__(self, url: str, **variables: str) -> None:
        self.seen = ""
        self.process_id, self.terminal = pty.fork()
        if not self.process_id:
            environment = {k: v for k, v in os.environ.items() if not k.startswith("OS_")} | ENVIRONMENT
            environment |= {"OS_AUTH_URL": f"{url}/identity/v3", "TERM": "dumb", "NO_COLOR": "1", **variables}
            os.execve(sys.executable, [sys.executable, "-m", "ostk"], environment)

    def expect(self, text: str, seconds: float = 20) -> str:
        """Read until a text comes; return what came, and forget it."""
        end = time.monotonic() + seconds
        while text not in self.seen and time.monotonic() < end:
            if select.select([self.terminal], [], [], 0.1)[0]:
                try:
                    self.seen += os.read(self.terminal, 65536).decode()
                except OSError:  # the process has ended
                    break
        assert text in self.seen, self.seen
        came, _, self.seen = self.seen.partition(text)
        return came

    def prompt(self, seconds: float = 20) -> str:
        """Read until the prompt waits for keys; return what came before it."""
        came, end = self.expect(PROMPT, seconds), time.monotonic() + seconds
        while termios.tcgetattr(self.terminal)[3] & termios.ICANON and time.monotonic() < end:
            time.sleep(0.01)
        return came

    def settle(self, seconds: float = 0.5) -> None:
        """Read and forget what comes, until nothing comes for a while."""
        while select.select([self.terminal], [], [], seconds)[0]:
            os.read(self.terminal, 65536)
        self.seen = ""

    def type(self, text: str) -> None:
        """Press keys."""
        os.write(self.terminal, text.encode())

    def status(self, seconds: float = 20) -> int:
        """Wait for the end and return the exit status."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if select.select([self.terminal], [], [], 0.1)[0]:
                with suppress(OSError):
                    self.seen += os.read(self.terminal, 65536).decode()
            ended, status = os.waitpid(self.process_id, os.WNOHANG)
            if ended:
                return os.waitstatus_to_exitcode(status)
        os.kill(self.process_id, signal.SIGKILL)
        raise AssertionError(f"The process goes on: {self.seen}")


@pytest.fixture
def session(held: Held) -> Iterator[Session]:  # noqa: F811
    held.fake_cloud.answers[FLAVORS] = {"flavors": [{"id": "1", "name": "small"}]}
    one = Session(held.local.url)
    yield one
    os.close(one.terminal)


def holds(text: str) -> Any:
    return lambda asked: text in asked.path


def test_ctrl_c_ends_a_command_and_not_the_prompt(held: Held, session: Session) -> None:  # noqa: F811
    session.prompt()
    for times in (1, 2):
        held.seen.clear()
        held.holds = holds("/flavors/detail")
        session.type("flavor list -f value -c Name\r")
        assert held.seen.wait(20)
        for _ in range(times):
            session.type("\x03")
        session.prompt()
        session.settle()  # the second one may reach the prompt, which is then shown again
        held.holds = holds("nothing")
        session.type("flavor list -f value -c Name\r")
        assert "small" in session.prompt()
    session.type("flavor delete x\x03")
    session.prompt()
    session.type("!echo a line of the system\r")
    session.expect("a line of the system\r\n")
    session.prompt()
    session.type("\x04")
    assert session.status() == 0
    assert not [line for line, _ in held.fake_cloud.sent if line.startswith("DELETE")]
    assert [line for line, _ in held.fake_cloud.all].count("POST /identity/v3/auth/tokens") == 1


def test_ctrl_c_while_several_requests_wait(held: Held, session: Session) -> None:  # noqa: F811
    session.prompt()
    held.holds = holds("/networks")
    session.type("network delete one two three\r")
    assert held.seen.wait(20)
    session.type("\x03")
    session.prompt(5)
    held.holds = holds("nothing")
    session.type("network show one -f value -c name\r")
    assert "one" in session.prompt()
    session.type("exit\r")
    assert session.status() == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_other_signals_end_the_prompt(held: Held, session: Session, number: int) -> None:  # noqa: F811
    session.prompt()
    os.kill(session.process_id, number)
    assert session.status() == 128 + number


def test_another_signal_ends_a_command_and_the_prompt(held: Held, session: Session) -> None:  # noqa: F811
    session.prompt()
    held.holds = holds("/flavors/detail")
    session.type("flavor list\r")
    assert held.seen.wait(20)
    os.kill(session.process_id, signal.SIGTERM)
    assert session.status() == 143


def test_tab_completes_on_a_terminal_with_control_sequences(held: Held) -> None:  # noqa: F811
    held.fake_cloud.answers["GET /network/v2.0/networks"] = {"networks": [{"id": "1", "name": "my small one"}]}
    one = Session(held.local.url, TERM="xterm", PROMPT_TOOLKIT_NO_CPR="1")
    one.expect("RegionOne")
    for keys, shown in (("networ\t", "k"), (" sho\t", "w"), (" my\t", "small")):
        one.settle()
        one.type(keys)
        one.expect(shown)  # of the text, only what changes is written
    one.type(" -f value -c name\r")
    one.expect("my small one\r\n")
    one.expect("RegionOne")
    one.type("\x04")
    assert one.status() == 0
    os.close(one.terminal)


def test_a_command_without_words_needs_a_terminal_for_its_output(held: Held) -> None:  # noqa: F811
    environment = {**os.environ, "TERM": "dumb"}
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "ostk"]
    done = subprocess.run(command, stdin=slave, capture_output=True, text=True, env=environment, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Usage: ostk ")
    os.close(master)
    os.close(slave)
