"""Benchmark of start-up and requests, in whole processes: `python tests/bench/run.py`.

Needs a cloud (OS_* variables or OS_CLOUD) and, for the last column, the reference client: `openstack` on
PATH or its path in OSTK_REFERENCE. Prints medians in milliseconds, and ratios to a bare Python, to the floor
(`floor.py` on the address that the command asks) and to the reference client; a test of none. An editable
install is slower than the one that people have.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

OSTK = str(Path(sys.executable).with_name("ostk"))
FLOOR = str(Path(__file__).with_name("floor.py"))
REFERENCE = os.environ.get("OSTK_REFERENCE") or shutil.which("openstack")
ASKED = {"flavor list": ("compute", "flavors/detail"), "image list": ("image", "v2/images?limit=1000")}
ASKED |= {"server list": ("compute", "servers/detail")}
LINES = ["--version", "--help", "flavor list --bogus", *ASKED]
ROUNDS, EVERY = 24, 4  # the reference client runs in every fourth round


def seconds(command: list[str], environment: dict[str, str]) -> float:
    """Return the wall time of one process, in seconds."""
    start = time.perf_counter()
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - start


def medians(commands: dict[str, list[str]], environment: dict[str, str]) -> dict[str, float]:
    """Return the median milliseconds of each command; they run in turns, so that load affects all alike."""
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(-1, ROUNDS):
        for name, command in commands.items():
            if command[0] == REFERENCE and turn > 0 and turn % EVERY:
                continue
            spent = seconds(command, environment)
            if turn >= 0:  # the first of all warms up
                taken[name].append(spent)
    return {name: statistics.median(times) * 1000 for name, times in taken.items()}


def output(*words: str) -> str:
    """Return the output of an ostk command."""
    return subprocess.run([OSTK, *words], capture_output=True, text=True, check=True).stdout.strip()


def address(service: str, path: str) -> str:
    """Return the URL of a list of resources, from the catalog."""
    catalog = json.loads(output("catalog", "show", service, "-f", "json"))
    url = next(one["url"] for one in catalog["endpoints"] if one["interface"] == "public").rstrip("/")
    return f"{url.removesuffix('/v2')}/{path}" if service == "image" else f"{url}/{path}"


def main() -> None:
    """Measure and print."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    environment["FLOOR_TOKEN"] = output("token", "issue", "-f", "value", "-c", "id")
    commands = {"python -c pass": [sys.executable, "-c", "pass"]}
    for line in LINES:
        if line in ASKED:
            commands[f"floor of {line}"] = [sys.executable, FLOOR, address(*ASKED[line])]
        commands[line] = [OSTK, *line.split()]
        if REFERENCE:
            commands[f"openstack {line}"] = [REFERENCE, *line.split()]
    found = medians(commands, environment)
    print(f"{'':28}{'ms':>8}{'/python':>9}{'/floor':>8}{'/openstack':>12}")
    for name, milliseconds in found.items():
        cells = f"{milliseconds / found['python -c pass']:9.2f}"
        others = [(f"floor of {name}", 8, 2), (f"openstack {name.removeprefix('floor of ')}", 12, 3)]
        for other, width, places in others:
            cells += f"{milliseconds / found[other]:{width}.{places}f}" if other in found else " " * width
        print(f"{name:28}{milliseconds:8.1f}{cells}")


if __name__ == "__main__":
    main()
