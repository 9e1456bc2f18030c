"""The file of --log-file: each message, and with --debug each request, with its time, process and level."""

import os
import time
from contextlib import suppress
from typing import IO

from .redaction import redact_text
from .text import visible


class Log:
    """The file that the messages of the running command are added to; `file` is None where there is none."""

    file: IO[str] | None = None


def begin(path: str) -> None:
    """Add the messages from now on to a file that the user alone can read, if it is new; "" for no file.

    Raises:
        OSError: The file cannot be written.
        ValueError: The path cannot be one of a file.
    """
    end()
    if path:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        number = os.open(os.path.expanduser(path), flags, 0o600)
        Log.file = os.fdopen(number, "a", encoding="utf-8", errors="backslashreplace")


def end() -> None:
    """Close the file."""
    if Log.file is not None:
        with suppress(OSError):
            Log.file.close()
        Log.file = None


def log(text: str, level: str = "INFO") -> None:
    """Add a message of one or more lines to the file; one that cannot be written there is still on the terminal."""
    if Log.file is None:
        return
    now = time.time()
    moment = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(now))
    start = f"{moment}.{int(now % 1 * 1000):03} {os.getpid()} {level} ostk "
    lines = visible(redact_text(text), keep="\n").splitlines()
    with suppress(OSError):
        Log.file.write("".join(f"{start}{line}\n" for line in lines))
        Log.file.flush()
