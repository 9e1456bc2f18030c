"""What the practice cloud keeps: one SQLite file of JSON documents, and files for what was uploaded.

Several processes may use it at once: whoever writes holds the only write lock from the start of its request.
Nothing runs in the background: a thing carries what will happen to it, and when.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

Json = dict[str, Any]
WAIT = 60.0  # seconds for other processes to finish writing
TABLES = """
CREATE TABLE IF NOT EXISTS thing (number INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL,
  id TEXT NOT NULL, gone REAL, data TEXT NOT NULL, UNIQUE (kind, id));
CREATE INDEX IF NOT EXISTS by_end ON thing (gone) WHERE gone IS NOT NULL;
"""


def directory() -> str:
    """Where the practice cloud lives: `sandbox` in the user's data directory of ostk."""
    from platformdirs import user_data_dir

    return os.path.join(user_data_dir("ostk", appauthor=False), "sandbox")


def new_id(dashes: bool = True) -> str:
    """A new ID, as most services write them or, without dashes, as Keystone does."""
    text = os.urandom(16).hex()
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:])) if dashes else text


def same_id(*words: str, dashes: bool = True) -> str:
    """An ID made from words: the same ones in every practice cloud."""
    import hashlib

    text = hashlib.md5("/".join(words).encode(), usedforsecurity=False).hexdigest()
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:])) if dashes else text


class Store:
    """One request's view of what is kept."""

    def __init__(self, where: str, connection: sqlite3.Connection) -> None:
        self.where, self.connection, self.now = where, connection, time.time()

    def get(self, kind: str, id: str) -> Json | None:
        """A thing as it is now, None if there is none."""
        found = self.connection.execute("SELECT data FROM thing WHERE kind = ? AND id = ?", (kind, id))
        row = found.fetchone()
        return self._now(row[0]) if row else None

    def all(self, kind: str, within: str = "", **fields: Any) -> list[Json]:
        """The things of a kind, the oldest first: those below `within`, with these fields."""
        rows = self.connection.execute(
            "SELECT data FROM thing WHERE kind = ? AND id >= ? AND id < ? ORDER BY number",
            (kind, within, within + "\U0010ffff"),
        )
        items = (self._now(row[0]) for row in rows)
        return [x for x in items if x is not None and all(x.get(k) == v for k, v in fields.items())]

    def put(self, kind: str, item: Json, id: str = "") -> Json:
        """Keep a thing under its ID, in the place of what was there."""
        steps = item.get("_steps") or []
        gone = next((step[0] for step in steps if step[1] is None), item.get("_expires"))
        self.connection.execute(
            "INSERT INTO thing (kind, id, gone, data) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (kind, id) DO UPDATE SET gone = excluded.gone, data = excluded.data",
            (kind, id or item["id"], gone, json.dumps(item, separators=(",", ":"))),
        )
        return item

    def drop(self, kind: str, id: str) -> None:
        """Forget a thing."""
        self.connection.execute("DELETE FROM thing WHERE kind = ? AND id = ?", (kind, id))

    def later(self, item: Json, *steps: tuple[float, Json | None]) -> Json:
        """Let a thing change: after so many seconds these fields, or None for its end."""
        item["_steps"] = [[self.now + seconds, change] for seconds, change in steps]
        return item

    def _now(self, text: str) -> Json | None:
        """A thing with all that has happened to it meanwhile."""
        item: Json = json.loads(text)
        steps = item.get("_steps") or []
        while steps and steps[0][0] <= self.now:
            at, change = steps.pop(0)
            if change is None:
                return None
            item.update({key: at if value == "<now>" else value for key, value in change.items()})
            item["_changed"] = at
        return item

    def file(self, name: str) -> str:
        """The path of the file that holds what was uploaded under this name."""
        return os.path.join(self.where, "files", name)

    def keep(self, name: str, chunks: Iterator[bytes]) -> Json:
        """Write an upload whole or not at all; its size, MD5 and SHA-512."""
        import hashlib

        md5, sha512, size = hashlib.md5(usedforsecurity=False), hashlib.sha512(), 0
        path = self.file(name)
        part = f"{path}.{os.getpid()}.{time.monotonic_ns()}"
        try:
            with open(part, "wb", opener=lambda p, flags: os.open(p, flags, 0o600)) as file:
                for chunk in chunks:
                    file.write(chunk)
                    md5.update(chunk)
                    sha512.update(chunk)
                    size += len(chunk)
            os.replace(part, path)
        except BaseException:
            if os.path.exists(part):
                os.unlink(part)
            raise
        return {"size": size, "md5": md5.hexdigest(), "sha512": sha512.hexdigest()}

    def forget(self, name: str) -> None:
        """Remove the file of an upload, if there is one."""
        if os.path.exists(self.file(name)):
            os.unlink(self.file(name))


@contextmanager
def opened(write: bool = True, where: str = "") -> Iterator[Store]:
    """The practice cloud for one request, filled at its first use; what fails leaves no trace."""
    where = where or directory()
    path = os.path.join(where, "cloud.sqlite")
    if not os.path.exists(path):
        os.makedirs(os.path.join(where, "files"), mode=0o700, exist_ok=True)
        os.chmod(where, 0o700)
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    connection = sqlite3.connect(path, timeout=WAIT, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA synchronous = OFF")
        if not connection.execute("PRAGMA user_version").fetchone()[0]:
            fill(where, connection)
        connection.execute("BEGIN IMMEDIATE" if write else "BEGIN")
        store = Store(where, connection)
        if write:
            connection.execute("DELETE FROM thing WHERE gone <= ?", (store.now,))
        try:
            yield store
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
    finally:
        connection.close()


def fill(where: str, connection: sqlite3.Connection) -> None:
    """Make the tables and put in what a new cloud has, unless another process just did."""
    from .seed import seed

    connection.execute("BEGIN IMMEDIATE")
    if not connection.execute("PRAGMA user_version").fetchone()[0]:
        for statement in TABLES.split(";"):
            connection.execute(statement)
        seed(Store(where, connection))
        connection.execute("PRAGMA user_version = 1")
    connection.execute("COMMIT")


def reset(where: str = "") -> None:
    """Forget everything; the next use begins anew."""
    import shutil

    with opened(where=where) as store:
        store.connection.execute("DELETE FROM thing")
        shutil.rmtree(os.path.join(store.where, "files"), ignore_errors=True)
        os.makedirs(os.path.join(store.where, "files"), mode=0o700, exist_ok=True)
        from .seed import seed

        seed(store)
