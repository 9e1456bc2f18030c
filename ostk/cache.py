"""The cache of tokens, catalogs, version documents and names, kept between runs: one file per credential."""

from __future__ import annotations

import contextlib
import json
import os
import stat
import sys
import threading
import time
from typing import Any

from .files import NO_LINK, inside, private
from .text import parse_boolean

LARGEST = 8 * 1024 * 1024  # bytes; a larger file is not one of ours
PARSED = "parsed-"  # the beginning of the names of caches that belong to a configuration file, not to a credential


class Cache:
    """The cache of one credential: a file that is read once and written whole at each change.

    A file that is damaged, is a symbolic link, belongs to another user or is readable by others counts as empty, and
    so does a file in a directory that is a link or belongs to another user. No method fails.

    Args:
        directory: The directory of the file.
        key: The hash that identifies the credential; the name of the file.
        enabled: Whether to cache anything.
    """

    def __init__(self, directory: str, key: str, enabled: bool = True) -> None:
        self.directory = directory
        self.name = f"{key}.json"
        self.enabled = enabled and bool(directory)
        self.lock = threading.Lock()
        self.held: dict[str, Any] | None = None

    @classmethod
    def of(cls, key: str, no_cache: bool = False) -> Cache:
        """Return the cache of the credential with this key; a disabled one for OSTK_CACHE=0 or --no-cache."""
        if no_cache or parse_boolean(os.environ.get("OSTK_CACHE", "")) is False:
            return cls("", key, enabled=False)
        return cls(directory(), key)

    def get(self, name: str) -> Any:
        """Return the value under a name, None if there is none or it has expired."""
        if not self.enabled:
            return None
        with self.lock:
            if self.held is None:
                self.held = self.read()
            entry = self.held.get(name)
            return entry[1] if entry is not None and valid(entry, time.time()) else None

    def put(self, name: str, value: Any, seconds: float | None = None) -> None:
        """Write a JSON value under a name; it expires after `seconds`, if they are given."""
        if not self.enabled:
            return
        with self.lock:
            now = time.time()
            # Another process may have written since: its entries stay, expired ones go.
            self.held = {one: entry for one, entry in self.read().items() if valid(entry, now)}
            self.held[name] = [None if seconds is None else now + seconds, value]
            self.write()

    def drop(self) -> None:
        """Delete everything cached for this credential."""
        with self.lock:
            self.held = {}
            if self.enabled:
                with contextlib.suppress(OSError), private(self.directory) as at:
                    os.unlink(inside(self.directory, at, self.name), dir_fd=at)

    def read(self) -> dict[str, Any]:
        """Return the content of the file, {} where it is absent or cannot be trusted."""
        try:
            with private(self.directory) as at:
                # Opening a FIFO would wait for a writer without O_NONBLOCK.
                flags = os.O_RDONLY | NO_LINK | getattr(os, "O_NONBLOCK", 0)
                number = os.open(inside(self.directory, at, self.name), flags, dir_fd=at)
            with open(number, encoding="utf-8") as file:
                # Owner and kind are those of the open file, so that nobody can swap it in between.
                state = os.fstat(number)
                ours = not hasattr(os, "getuid") or (state.st_uid == os.getuid() and not state.st_mode & 0o077)
                if not ours or not stat.S_ISREG(state.st_mode) or state.st_size > LARGEST:
                    return {}
                data = json.load(file)
        except (OSError, ValueError, RecursionError):
            return {}
        return data if isinstance(data, dict) else {}

    def write(self) -> None:
        """Replace the file as a whole: another process reads the old one or the new one."""
        # The thread's number keeps two sessions of one process apart, the process's two processes.
        new = f"{self.name}.{os.getpid()}.{threading.get_ident()}"
        try:
            os.makedirs(self.directory, mode=0o700, exist_ok=True)
            with private(self.directory) as at:
                new, old = (inside(self.directory, at, name) for name in (new, self.name))
                number = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | NO_LINK, 0o600, dir_fd=at)
                try:
                    with open(number, "w", encoding="utf-8") as file:
                        json.dump(self.held, file, separators=(",", ":"))
                    os.replace(new, old, src_dir_fd=at, dst_dir_fd=at)
                except BaseException:
                    os.unlink(new, dir_fd=at)
                    raise
        except (OSError, ValueError, TypeError):
            return


def valid(entry: Any, now: float) -> bool:
    """Return whether an entry is [time of expiry or None, value] and has not expired."""
    if not isinstance(entry, list) or len(entry) != 2:
        return False
    until = entry[0]
    return until is None or (isinstance(until, int | float) and now < until)


def directory() -> str:
    """Return the cache directory: `ostk` in the user's cache directory."""
    # Importing platformdirs takes 12 ms, a tenth of a command; on Linux it follows this rule of XDG.
    if sys.platform.startswith(("linux", "freebsd")):
        base = os.environ.get("XDG_CACHE_HOME", "").strip()
        return os.path.join(base if os.path.isabs(base) else os.path.expanduser("~/.cache"), "ostk")
    from platformdirs import user_cache_dir

    return user_cache_dir("ostk", appauthor=False)


def clear() -> int:
    """Delete the cache files of all credentials; return their number."""
    where, removed = directory(), 0
    with contextlib.suppress(OSError), private(where) as at:
        for name in os.listdir(where if at is None else at):
            if ".json" in name:
                with contextlib.suppress(OSError):
                    os.unlink(inside(where, at, name), dir_fd=at)
                    removed += name.endswith(".json") and not name.startswith(PARSED)
    return removed
