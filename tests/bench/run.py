"""How quick ostk is, whole processes side by side in one run: `python tests/bench/run.py`.

Needs a cloud (OS_* variables or OS_CLOUD) and, for the second half, the reference client: `openstack` on
PATH or its path in OSTK_REFERENCE. Prints medians in milliseconds and ratios; a test of neither.
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
LINES = ["--version", "--help", "flavor list --bogus", "flavor list", "image list", "server list"]


def seconds(command: list[str], environment: dict[str, str]) -> float:
    """Wall time of one process."""
    start = time.perf_counter()
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - start


def medians(commands: dict[str, list[str]], environment: dict[str, str], rounds: int) -> dict[str, float]:
    """Median milliseconds of each, run in turns so that a busy moment touches all alike."""
    for command in commands.values():
        seconds(command, environment)
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            taken[name].append(seconds(command, environment))
    return {name: statistics.median(times) * 1000 for name, times in taken.items()}


def output(*words: str) -> str:
    """What ostk prints."""
    return subprocess.run([OSTK, *words], capture_output=True, text=True, check=True).stdout.strip()


def main() -> None:
    """Measure and print."""
    token = output("token", "issue", "-f", "value", "-c", "id")
    catalog = output("catalog", "show", "compute", "-f", "json")
    endpoint = next(e["url"] for e in json.loads(catalog)["endpoints"] if e["interface"] == "public")
    environment = {
        **{k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"},
        "FLOOR_URL": f"{endpoint}/flavors/detail",
        "FLOOR_TOKEN": token,
    }
    ours = {line: [OSTK, *line.split()] for line in LINES}
    base = {"python": [sys.executable, "-c", "pass"], "floor": [sys.executable, FLOOR]}
    found = medians({**base, **ours}, environment, 21)
    print(f"{'':24}{'ms':>8}{'/python':>9}{'/floor':>8}")
    for name, milliseconds in found.items():
        ratios = f"{milliseconds / found['python']:9.2f}{milliseconds / found['floor']:8.2f}"
        print(f"{name:24}{milliseconds:8.1f}{ratios}")
    if REFERENCE:
        theirs = medians({line: [REFERENCE, *line.split()] for line in LINES}, environment, 5)
        print(f"\n{'':24}{'ms':>8}{'ostk/it':>9}")
        for name, milliseconds in theirs.items():
            print(f"{name:24}{milliseconds:8.1f}{found[name] / milliseconds:9.3f}")


if __name__ == "__main__":
    main()
