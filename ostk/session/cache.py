"""What is kept between runs: tokens, catalogs, version documents and names, one file a credential."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .config import Settings

OFF = ("0", "false", "no", "off")
LARGEST = 8 * 1024 * 1024  # bytes; a larger file is not one of ours


class Cache:
    """The file of one credential, read once and written whole at each change.

    A file that is damaged, of another user, readable by others or cannot be written counts as empty:
    nothing here ever fails. `key` is hashed already; it becomes the file's name.
    """

    def __init__(self, directory: str, key: str, enabled: bool = True) -> None:
        self.directory = directory
        self.path = os.path.join(directory, key + ".json")
        self.enabled = enabled and bool(directory)
        self.lock = threading.Lock()
        self.held: dict[str, Any] | None = None

    @classmethod
    def of(cls, settings: Settings, key: str) -> Cache:
        """The file of the credential with this key, unless OSTK_CACHE=0 or --no-cache forbid it."""
        off = os.environ.get("OSTK_CACHE", "").strip().lower() in OFF
        if off or settings.boolean("no_cache", False):
            return cls("", key, enabled=False)
        return cls(directory(), key)

    def get(self, name: str) -> Any:
        """What was put under this name; None if nothing was or its time is over."""
        if not self.enabled:
            return None
        with self.lock:
            if self.held is None:
                self.held = self.read()
            entry = self.held.get(name)
            return entry[1] if entry is not None and valid(entry, time.time()) else None

    def put(self, name: str, value: Any, seconds: float | None = None) -> None:
        """Keep a value of JSON under this name, for so many seconds or for ever."""
        if not self.enabled:
            return
        with self.lock:
            now = time.time()
            # What another process wrote meanwhile is kept, what has had its time is left out.
            self.held = {one: entry for one, entry in self.read().items() if valid(entry, now)}
            self.held[name] = [None if seconds is None else now + seconds, value]
            self.write()

    def drop(self) -> None:
        """Forget all of this credential."""
        with self.lock:
            self.held = {}
            if self.enabled:
                with contextlib.suppress(OSError):
                    os.unlink(self.path)

    def read(self) -> dict[str, Any]:
        """What the file holds."""
        try:
            # O_NOFOLLOW and the owner are checked on the open file, so that nobody can swap it in between.
            number = os.open(self.path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
            with open(number, encoding="utf-8") as file:
                state = os.fstat(number)
                ours = not hasattr(os, "getuid") or (state.st_uid == os.getuid() and not state.st_mode & 0o077)
                if not ours or state.st_size > LARGEST:
                    return {}
                data = json.load(file)
        except (OSError, ValueError, RecursionError):
            return {}
        return data if isinstance(data, dict) else {}

    def write(self) -> None:
        """Replace the file whole, so that whoever reads meanwhile sees the old one or the new one."""
        # The thread's number keeps two sessions of one process apart, the process's two processes.
        new = f"{self.path}.{os.getpid()}.{threading.get_ident()}"
        try:
            os.makedirs(self.directory, mode=0o700, exist_ok=True)
            if hasattr(os, "getuid"):
                state = os.stat(self.directory)
                if state.st_uid != os.getuid():
                    return
                if state.st_mode & 0o077:
                    os.chmod(self.directory, 0o700)
            number = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
            try:
                with open(number, "w", encoding="utf-8") as file:
                    json.dump(self.held, file, separators=(",", ":"))
                os.replace(new, self.path)
            except BaseException:
                os.unlink(new)
                raise
        except (OSError, ValueError, TypeError):
            return


def valid(entry: Any, now: float) -> bool:
    """Whether this is [until when or None, value] and its time is not over."""
    if not isinstance(entry, list) or len(entry) != 2:
        return False
    until = entry[0]
    return until is None or (isinstance(until, int | float) and now < until)


def directory() -> str:
    """The directory of the files: `ostk` in the user's cache directory."""
    # platformdirs costs 12 ms to import, a tenth of a whole command; on Linux and its like what it does is
    # this one rule of the XDG standard.
    if sys.platform.startswith(("linux", "freebsd")):
        base = os.environ.get("XDG_CACHE_HOME", "").strip()
        return os.path.join(base if os.path.isabs(base) else os.path.expanduser("~/.cache"), "ostk")
    from platformdirs import user_cache_dir

    return user_cache_dir("ostk", appauthor=False)


def clear() -> int:
    """Remove the files of all credentials; how many there were."""
    where, removed = directory(), 0
    try:
        names = os.listdir(where)
    except OSError:
        return 0
    for name in names:
        if ".json" in name:
            try:
                os.unlink(os.path.join(where, name))
            except OSError:
                continue
            removed += name.endswith(".json")
    return removed
