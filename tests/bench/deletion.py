"""Benchmark of recursive deletion: `python tests/bench/deletion.py [ROUNDS]`, on the cloud of OS_CLOUD.

Creates a container of 1,000 empty objects by a tar archive, and deletes both: with `ostk`, with `swift` (on PATH or in
OSTK_SWIFT) and with `ostk` of another commit (its path in OSTK_BEFORE), in turns. Prints the wall and CPU time and the
peak memory of each. Nearly all of the wall time is that of the object store.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tarfile
import time
import urllib.request
from pathlib import Path

OSTK = str(Path(sys.executable).with_name("ostk"))
CONTAINER = "ostk-bench-deletion"
COUNT = 1000


def output(*words: str) -> str:
    """Return what ostk prints."""
    return subprocess.run([OSTK, *words], check=True, capture_output=True, text=True).stdout.strip()


def archive() -> bytes:
    """Return a tar archive of empty files."""
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w") as tar:
        for number in range(COUNT):
            tar.addfile(tarfile.TarInfo(f"directory/object-{number:04}"))
    return content.getvalue()


def fill(url: str, token: str, data: bytes) -> None:
    """Create the container and its objects."""
    for address, body in ((f"{url}/{CONTAINER}", b""), (f"{url}/{CONTAINER}?extract-archive=tar", data)):
        request = urllib.request.Request(address, body, {"X-Auth-Token": token}, method="PUT")
        urllib.request.urlopen(request).read()


def main() -> None:
    """Measure and print."""
    swift = os.environ.get("OSTK_SWIFT") or shutil.which("swift")
    before = os.environ.get("OSTK_BEFORE")
    token, data = output("token", "issue", "-f", "value", "-c", "id"), archive()
    words = (word.strip("'") for word in output("container", "list", "--curl").split())
    url = next(word for word in words if word.startswith("http")).partition("?")[0]
    variables = {**os.environ, "OS_STORAGE_URL": url, "OS_AUTH_TOKEN": token}
    commands = {"ostk": [OSTK, "container", "delete", "-r", CONTAINER]}
    commands |= {"swift": [swift, "delete", CONTAINER]} if swift else {}
    commands |= {"ostk before": [before, "container", "delete", "-r", CONTAINER]} if before else {}
    for _ in range(int(sys.argv[1]) if sys.argv[1:] else 3):
        for name, argv in commands.items():
            fill(url, token, data)
            start = time.perf_counter()
            process = subprocess.Popen(argv, stdout=subprocess.DEVNULL, env=variables)
            _, status, used = os.wait4(process.pid, 0)
            wall, cpu = time.perf_counter() - start, used.ru_utime + used.ru_stime
            print(
                f"{name:12} wall {wall:6.2f} s  CPU {cpu:5.2f} s  {used.ru_maxrss / 1024:4.0f} MB  status {status >> 8}"
            )


if __name__ == "__main__":
    main()
