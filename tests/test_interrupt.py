"""Signals: Ctrl-C, SIGTERM and SIGHUP end a command at once, without a traceback and with clean-up."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from .fake_cloud import ENVIRONMENT, FakeCloud
from .http.local_server import Answer, LocalServer, ReceivedRequest

SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
BUILDING = {"server": {"id": "new-id", "name": "x", "status": "BUILD"}}
PATIENCE = 4.0  # seconds for the end of a process; it takes about one, on a machine that does other work


class Held:
    """A cloud for other processes; it does not answer requests for which `holds` is true."""

    def __init__(self) -> None:
        self.fake_cloud = FakeCloud()
        self.holds: Callable[[ReceivedRequest], bool] = lambda asked: False
        self.seen, self.release = threading.Event(), threading.Event()
        self.local = LocalServer(self.answer)
        self.fake_cloud.host = self.local.url

    def answer(self, asked: ReceivedRequest) -> Answer | None:
        """Answer as the fake cloud does, or hold the request."""
        if self.holds(asked):
            self.seen.set()
            self.release.wait(20)
            return None
        line = f"{self.local.url}{asked.path}"
        response = self.fake_cloud.handle(httpx.Request(asked.method, line, content=asked.body, headers=asked.headers))
        headers = {name.title(): text for name, text in response.headers.items() if name != "content-length"}
        return response.status_code, headers, response.read()

    def start(self, *argv: str) -> subprocess.Popen[str]:
        """Start ostk."""
        variables = {k: v for k, v in os.environ.items() if not k.startswith("OS_")}
        variables |= {**ENVIRONMENT, "OS_AUTH_URL": f"{self.local.url}/identity/v3"}
        command = [sys.executable, "-m", "ostk", *argv]
        pipe: Any = subprocess.PIPE
        return subprocess.Popen(command, env=variables, stdin=subprocess.DEVNULL, stdout=pipe, stderr=pipe, text=True)

    def interrupt(self, process: subprocess.Popen[str], number: int = signal.SIGINT) -> tuple[int, str]:
        """Send a signal once a request is held; return the exit code and all output."""
        assert self.seen.wait(20)
        time.sleep(0.1)
        process.send_signal(number)
        start = time.monotonic()
        out, error = process.communicate(timeout=20)
        assert time.monotonic() - start < PATIENCE
        return process.returncode, out + error


@pytest.fixture
def held() -> Iterator[Held]:
    """A cloud that holds requests."""
    held = Held()
    yield held
    held.release.set()
    held.local.close()


@pytest.mark.parametrize("number", SIGNALS)
def test_interrupt_ends_waiting(held: Held, number: int) -> None:
    flavors = {"flavors": [{"id": "f", "name": "f"}]}
    held.fake_cloud.answers |= {
        "GET /compute/v2.1/servers/new-id": BUILDING,
        "GET /compute/v2.1/flavors/detail": flavors,
    }
    polls: list[str] = []

    def polled(asked: ReceivedRequest) -> bool:
        polls.extend([asked.path] * asked.path.endswith("/servers/new-id"))
        if len(polls) > 1:
            held.seen.set()
        return False

    held.holds = polled
    process = held.start(*"server create --flavor f --image i --nic none --wait x".split())
    assert held.interrupt(process, number) == (128 + number, "")


@pytest.mark.parametrize(
    "words", ["network delete a b c", "network delete a", "network list", "container delete -r box crate"]
)
def test_interrupt_ends_requests_without_a_response(held: Held, words: str) -> None:
    box = "GET /object/v1/AUTH_p/box?format=json"
    held.fake_cloud.answers |= {box: [{"name": "o"}, {"name": "p"}], f"{box}&marker=p": []}
    reads = words.endswith("list")
    held.holds = lambda asked: asked.method == "DELETE" or (reads and asked.path.startswith("/network"))
    assert held.interrupt(held.start(*words.split())) == (130, "")


def test_interrupt_ends_the_wait_before_a_retry(held: Held) -> None:
    held.fake_cloud.answers["DELETE /network/v2.0/networks/a-id"] = (503, {})

    def noted(asked: ReceivedRequest) -> bool:
        if asked.method == "DELETE":
            held.seen.set()
        return False

    held.holds = noted
    assert held.interrupt(held.start("network", "delete", "a", "b")) == (130, "")


@pytest.mark.parametrize("number", SIGNALS)
def test_an_image_that_is_being_uploaded_is_removed(held: Held, tmp_path: Path, number: int) -> None:
    (tmp_path / "data").write_bytes(b"x" * 100)
    held.holds = lambda asked: asked.path.endswith("/file")
    process = held.start("image", "create", "new", "--file", "data")
    assert held.interrupt(process, number) == (128 + number, "")
    assert held.local.lines[-1] == "DELETE /image/v2/images/new-id"


@pytest.mark.parametrize("number", SIGNALS)
@pytest.mark.parametrize(
    "words", ["image save --file saved one", "object save --file saved box o", "container save box"]
)
def test_no_part_of_a_download_is_left(held: Held, tmp_path: Path, number: int, words: str) -> None:
    def data() -> Iterator[bytes]:
        yield b"x" * 1000
        held.seen.set()
        held.release.wait(20)

    def begun(asked: ReceivedRequest) -> Answer | None:
        if asked.method == "GET" and asked.path.endswith(("/file", "/o", "/p")):
            return 200, {"Content-Length": "1000000"}, data()
        return held.answer(asked)

    box = "GET /object/v1/AUTH_p/box?format=json"
    held.fake_cloud.answers |= {
        box: [{"name": "o", "bytes": 1000000}, {"name": "p", "bytes": 1000000}],
        f"{box}&marker=p": [],
    }
    held.local.close()
    held.local = LocalServer(begun)
    held.fake_cloud.host = held.local.url
    assert held.interrupt(held.start(*words.split()), number) == (128 + number, "")
    assert [path for path in tmp_path.rglob("*") if path.is_file() and "cache" not in str(path)] == []


@pytest.mark.parametrize("delay", [0.02, 0.05, 0.08, 0.12, 0.2])
def test_an_early_interrupt_prints_no_traceback_of_ostk(held: Held, delay: float) -> None:
    process = held.start("server", "list")
    time.sleep(delay)
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=20)
    # Before `run` begins, only Python can handle the signal: while it imports the two modules of the entry point.
    frames = re.findall(r'ostk/(\S+)", line \d+, in (\S+)', error)
    assert {*frames} <= {("__init__.py", "<module>"), ("__main__.py", "<module>")}


def test_a_signal_that_is_ignored_stays_ignored(held: Held) -> None:
    held.fake_cloud.answers["GET /compute/v2.1/flavors/detail"] = {"flavors": []}
    program = "import signal, ostk.interrupt as i; signal.signal(1, signal.SIG_IGN); i.install(); "
    program += "print(signal.getsignal(1) is signal.SIG_IGN, signal.getsignal(15) is i.handle)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "True True\n"


def test_an_interrupt_that_python_discards_is_raised_again() -> None:
    program = (
        "import signal, time, ostk.interrupt as i\n"
        "class Dying:\n"
        "    def __del__(self): signal.raise_signal(signal.SIGINT)\n"
        "i.install()\n"
        "i.State.running = True\n"
        "try:\n"
        "    one = Dying(); del one; time.sleep(5)\n"
        "except KeyboardInterrupt: print('raised')\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("raised\n", "")
