"""Benchmark of object listings: `python tests/bench/listing.py [OSTK ...]`. Needs curl, and no cloud.

A local server answers with the pages of a container of 20,000, 100,000 and 1,000,000 objects. Prints the CPU time, the
time until the first line, and the peak memory of `object list --all` in several formats beside those of curl for the
same pages, with each of the `ostk` programs that are named (default: that of this Python).
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import time
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

PAGE = 10_000
SIZES = (20_000, 100_000, 1_000_000)
LINES = ("-f value", "-f csv --long", "-f jsonl --long", "-f json --long")
ROUNDS = 3


@cache
def body() -> bytes:
    """Return the body of a page: JSON as Swift writes it, with names in which `@@@@` is the number of the page."""
    rows = [
        {
            "bytes": number,
            "hash": "d41d8cd98f00b204e9800998ecf8427e",
            "name": f"directory/@@@@/object-{number:06}.txt",
            "content_type": "text/plain",
            "last_modified": "2026-01-01T12:00:00.000000",
        }
        for number in range(PAGE)
    ]
    return json.dumps(rows).encode()


class Pages(BaseHTTPRequestHandler):
    """Answers `GET /SIZE/container` with the page after the marker."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Send a page, [] after the last one."""
        url = urlsplit(self.path)
        marker = re.search(r"/(\d+)/", parse_qs(url.query).get("marker", [""])[0])
        page = int(marker[1]) + 1 if marker else 0
        content = body().replace(b"@@@@", b"%04d" % page) if page * PAGE < int(url.path.split("/")[1]) else b"[]"
        self.send_response(200)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Print nothing."""


def measured(argv: list[str], url: str) -> tuple[float, float, float]:
    """Return the CPU seconds of a command, the seconds until its first output, and its peak memory in MB."""
    variables = {"OS_AUTH_TYPE": "admin_token", "OS_TOKEN": "x", "OS_ENDPOINT": url, "PATH": os.environ["PATH"]}
    start = time.perf_counter()
    process = subprocess.Popen(argv, stdout=subprocess.PIPE, env=variables)
    assert process.stdout
    process.stdout.read(1)
    first = time.perf_counter() - start
    while process.stdout.read(1 << 20):
        pass
    _, status, used = os.wait4(process.pid, 0)
    assert status == 0, argv
    return used.ru_utime + used.ru_stime, first, used.ru_maxrss / 1024


def curl(size: int, url: str) -> list[str]:
    """Return the command line of curl that gets all pages."""
    markers = ["", *(f"&marker=directory/{page:04}/z" for page in range(size // PAGE))]
    return ["curl", "-s", *(f"{url}/container?format=json{marker}" for marker in markers)]


def main() -> None:
    """Measure and print."""
    programs = sys.argv[1:] or [str(Path(sys.executable).with_name("ostk"))]
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    body()
    print(f"{'objects':>9}  {'command':40}{'CPU s':>8}{'first s':>9}{'MB':>6}")
    for size in SIZES:
        url = f"http://127.0.0.1:{server.server_port}/{size}"
        commands = {"curl": curl(size, url)}
        commands |= {
            f"{program[-22:]} {line}": [program, "object", "list", "container", "--all", *line.split()]
            for line in LINES
            for program in programs
        }
        taken: dict[str, list[tuple[float, float, float]]] = {}
        for _ in range(ROUNDS if size < SIZES[-1] else 1):
            for name, argv in commands.items():
                taken.setdefault(name, []).append(measured(argv, url))
        for name, runs in taken.items():
            cpu, first, memory = (min(run[index] for run in runs) for index in range(3))
            print(f"{size:9}  {name:40}{cpu:8.3f}{first:9.2f}{memory:6.0f}", flush=True)


if __name__ == "__main__":
    main()
