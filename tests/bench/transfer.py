"""Benchmark of transfers, in whole processes: `python tests/bench/transfer.py [ROW...]`.

Each row runs several programs in turns, so that load affects all alike, and prints for each the median wall and CPU
time (user and system) and the peak memory, and the ratios of this `ostk` to the others. The object store is a local
server that only sends or discards (`sink.py`; with --tls over TLS), with --cloud that of OS_CLOUD. Compared are, where
they exist: `ostk` of another commit (its path in OSTK_BEFORE), `curl`, and `swift` (on PATH or in OSTK_SWIFT). ROUNDS
are the turns, and BENCH_DIRECTORY is where the files go (a memory file system leaves the disk out).
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))
from sink import ACCOUNT, BIG, CERTIFICATE, COUNT, DATA, SMALL  # type: ignore[import-not-found]

OSTK = str(Path(sys.executable).with_name("ostk"))
BEFORE = os.environ.get("OSTK_BEFORE")
SWIFT = os.environ.get("OSTK_SWIFT") or shutil.which("swift")
CURL = shutil.which("curl")
ROUNDS = int(os.environ.get("ROUNDS", "5"))
MiB = 1 << 20


class Store(NamedTuple):
    """An object store: its name, its URL, a token and the environment of the programs."""

    name: str
    url: str
    token: str
    environment: dict[str, str]


class Run(NamedTuple):
    """What a process took: seconds of wall and CPU time, and MiB of memory."""

    wall: float
    cpu: float
    memory: float


def run(command: list[str], environment: dict[str, str], directory: str) -> Run:
    """Run a process to its end."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, env=environment, cwd=directory, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def compare(store: Store, row: str, commands: dict[str, list[str]], rounds: int = ROUNDS) -> None:
    """Run the commands in turns, each in an empty directory, and print a line for each."""
    found: dict[str, list[Run]] = {name: [] for name in commands}
    for turn in range(-1, rounds):
        for name, command in commands.items():
            with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIRECTORY")) as directory:
                used = run(command, store.environment, directory)
            if turn >= 0:  # the first of all warms up: tokens, caches of files
                found[name].append(used)
    medians = {
        name: Run(*(statistics.median(values) for values in zip(*runs, strict=True))) for name, runs in found.items()
    }
    first = next(iter(medians.values()))
    for name, one in medians.items():
        ratios = f"{first.wall / one.wall:16.2f}{first.cpu / one.cpu:6.2f}" if one is not first else ""
        print(f"{store.name:6} {row:14}{name:14}{one.wall:9.2f}{one.cpu:9.2f}{one.memory:9.0f}{ratios}", flush=True)


def curl(store: Store, *words: str) -> list[str]:
    """Return a command of curl with the token."""
    program = [CURL or "curl", "--cacert", CERTIFICATE, "-sSf", "--no-progress-meter"]
    return [*program, "-H", f"X-Auth-Token: {store.token}", *words]


def swift(store: Store, *words: str) -> list[str]:
    """Return a command of swift with the token."""
    program = [SWIFT or "swift", "--os-cacert", CERTIFICATE]
    return [*program, "--os-storage-url", store.url, "--os-auth-token", store.token, *words]


def programs(ours: list[str], store: Store, *others: tuple[str, list[str]]) -> dict[str, list[str]]:
    """Return the commands to compare, by name: those of ostk, of ostk before, and of other programs that exist."""
    found = {"ostk": [OSTK, *ours]}
    if BEFORE:
        found["ostk before"] = [BEFORE, *ours]
    return found | {name: command for name, command in others if shutil.which(command[0])}


def big_down(store: Store) -> None:
    """One object of 1 GiB (or BENCH_MIB) down."""
    url = f"{store.url}/big/big"
    others = [("curl", curl(store, "-o", "big", url)), ("swift", swift(store, "download", "big", "big", "-o", "big"))]
    compare(store, f"{BIG >> 20} MiB down", programs(["object", "save", "big", "big"], store, *others))


def small_down(store: Store) -> None:
    """1,000 objects of 4 KiB down."""
    with tempfile.NamedTemporaryFile("w", suffix=".curl") as urls:
        for number in range(COUNT):
            urls.write(f"url = {store.url}/small/o{number:04}\noutput = o{number:04}\n")
        urls.flush()
        others = [
            ("curl -Z", curl(store, "-Z", "--parallel-max", "16", "-K", urls.name)),
            ("swift", swift(store, "download", "small")),
        ]
        compare(store, f"{COUNT} down", programs(["container", "save", "small"], store, *others))


@contextmanager
def big_file() -> Iterator[str]:
    """Yield the path of a file of 1 GiB."""
    with tempfile.NamedTemporaryFile(dir=os.environ.get("BENCH_DIRECTORY")) as file:
        file.truncate(BIG)
        yield file.name


def big_up(store: Store) -> None:
    """One object of 1 GiB up; curl does not compare its MD5, so that it stands beside curl and md5sum as well."""
    url = f"{store.url}/big/up"
    with big_file() as path:
        sent = curl(store, "-o", "/dev/null", "-H", "Expect:", "-T", path, url)
        hashed = ["sh", "-c", 'md5sum "$0"; exec "$@"', path, *sent]
        others = [("curl", sent), ("curl, md5sum", hashed), ("swift", swift(store, *SWIFT_UP, "big", path))]
        compare(store, "1 GiB up", programs(["object", "create", "big", path, "--name", "up"], store, *others))


def segments_up(store: Store) -> None:
    """A large object of 1 GiB in four segments up."""
    size = str(256 * MiB)
    with big_file() as path:
        words = ["object", "create", "big", path, "--name", "up", "--segment-size", size]
        others = [("swift -S", swift(store, *SWIFT_UP, "-S", size, "big", path))]
        compare(store, "1 GiB, 4 parts", {"ostk": [OSTK, *words], **dict(others if SWIFT else [])})


def small_up(store: Store) -> None:
    """1,000 objects of 4 KiB up."""
    with tempfile.TemporaryDirectory() as directory, tempfile.NamedTemporaryFile("w", suffix=".curl") as urls:
        paths = [str(Path(directory, f"o{number:04}")) for number in range(COUNT)]
        for path in paths:
            Path(path).write_bytes(DATA)
            urls.write(f"upload-file = {path}\nurl = {store.url}/small/up/\noutput = /dev/null\n")
        urls.flush()
        others = [
            ("curl -Z", curl(store, "-H", "Expect:", "-Z", "--parallel-max", "16", "-K", urls.name)),
            ("swift", swift(store, *SWIFT_UP, "small", directory)),
        ]
        compare(store, f"{COUNT} up", programs(["object", "create", "small", *paths], store, *others))


SWIFT_UP = ("upload", "--skip-container-put")
ROWS: dict[str, Callable[[Store], None]] = {
    "big-down": big_down,
    "small-down": small_down,
    "big-up": big_up,
    "segments-up": segments_up,
    "small-up": small_up,
}


@contextmanager
def local_store() -> Iterator[Store]:
    """Run the local server."""
    command = [sys.executable, str(Path(__file__).with_name("sink.py")), *{"--tls"}.intersection(sys.argv[1:])]
    with (
        tempfile.TemporaryDirectory() as home,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server,
    ):
        assert server.stdout
        assert server.stdin
        url = server.stdout.readline().strip()
        environment = {key: value for key, value in os.environ.items() if not key.startswith("OS_")}
        environment |= {"OS_AUTH_URL": f"{url}/v3", "OS_USERNAME": "bench", "OS_PASSWORD": "bench", "HOME": home}
        environment |= {"OS_PROJECT_NAME": "bench", "XDG_CACHE_HOME": home, "OS_CACERT": CERTIFICATE}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        try:
            yield Store("TLS" if "--tls" in command else "local", url + ACCOUNT, "the-token", environment)
        finally:
            server.stdin.close()


@contextmanager
def cloud_store() -> Iterator[Store]:
    """Fill the object store of a cloud with what is downloaded, and remove it again."""

    def output(*words: str) -> str:
        return subprocess.run([OSTK, *words], capture_output=True, text=True, check=True).stdout.strip()

    endpoints = json.loads(output("catalog", "show", "object-store", "-f", "json"))["endpoints"]
    url = next(one["url"] for one in endpoints if one["interface"] == "public")
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory() as data:
        for number in range(COUNT):
            Path(data, f"o{number:04}").write_bytes(os.urandom(SMALL))
        with Path(data, "big").open("wb") as big:
            big.truncate(BIG)
        output("container", "create", "big", "small")
        names = [f"o{number:04}" for number in range(COUNT)]
        subprocess.run([OSTK, "object", "create", "small", *names], cwd=data, check=True, stdout=subprocess.DEVNULL)
        subprocess.run([OSTK, "object", "create", "big", "big"], cwd=data, check=True, stdout=subprocess.DEVNULL)
    try:
        yield Store("cloud", url, output("token", "issue", "-f", "value", "-c", "id"), environment)
    finally:
        output("container", "delete", "--recursive", "big", "small")


def main() -> None:
    """Measure and print."""
    rows = [word for word in sys.argv[1:] if word in ROWS] or [*ROWS]
    print(f"{'':7}{'':14}{'':14}{'wall s':>9}{'CPU s':>9}{'MiB':>9}{'ostk/it: wall':>16}{'CPU':>6}")
    with (cloud_store if "--cloud" in sys.argv[1:] else local_store)() as store:
        for row in rows:
            ROWS[row](store)


if __name__ == "__main__":
    main()
