"""Run many command lines of one client in one process: each in a fork, so that Python starts once.

usage: PYTHON record_client.py reference|ostk       (stdlib only: it runs under the reference client's interpreter)

Reads a JSON object a line from standard input, `argv`, `env` and `cwd`, and answers with one a line: `status`,
`output`, `errors`.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

SECONDS = 150


def client(name: str) -> Callable[[list[str]], Any]:
    """Return the function that runs a command line of a client, its modules imported."""
    if name == "reference":
        from openstackclient import shell  # type: ignore[import-not-found]

        preload()

        def reference(argv: list[str]) -> Any:
            sys.argv = ["openstack", *argv]
            return shell.main(argv)

        return reference
    from ostk.cli import main

    def ours(argv: list[str]) -> Any:
        sys.argv = ["ostk", *argv]
        return main(argv, prog_name="ostk")

    return ours


def preload() -> None:
    """Import the modules of all commands, so that no fork has to."""
    import contextlib
    from importlib.metadata import entry_points

    known = entry_points()
    for group in known.groups:
        if group.startswith(("openstack.", "cliff.formatter", "keystoneauth1")):
            for entry in known.select(group=group):
                with contextlib.suppress(Exception):
                    entry.load()


def run(main: Callable[[list[str]], Any], request: dict[str, Any]) -> dict[str, Any]:
    """Run one command line in a fork."""
    with tempfile.TemporaryFile("w+b") as out, tempfile.TemporaryFile("w+b") as errors:
        child = os.fork()
        if child == 0:
            status = 1
            try:
                os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
                os.dup2(out.fileno(), 1)
                os.dup2(errors.fileno(), 2)
                os.environ.clear()
                os.environ.update(request["env"])
                os.chdir(request["cwd"])
                status = main(request["argv"]) or 0
            except SystemExit as end:
                status = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
            except BaseException:
                import traceback

                traceback.print_exc()
            finally:
                for stream in (sys.stdout, sys.stderr):
                    stream.flush()
                os._exit(status)
        status = wait(child)
        texts = []
        for file in (out, errors):
            file.seek(0)
            texts.append(file.read().decode(errors="replace"))
    return {"status": status, "output": texts[0], "errors": texts[1]}


def wait(child: int) -> int:
    """Return the exit status of a child; 124 for one that was killed after SECONDS."""
    end = time.monotonic() + SECONDS
    pause = 0.002
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(pause)
        pause = min(pause * 1.5, 0.05)
    os.kill(child, 9)
    os.waitpid(child, 0)
    return 124


def serve(name: str) -> None:
    """Answer requests until there are no more."""
    main = client(name)
    for line in sys.stdin:
        answer = run(main, json.loads(line))
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    sys.path[0] = os.getcwd()  # in the place of tests/, where the package http is another
    serve(sys.argv[1])
