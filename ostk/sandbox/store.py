"""The storage of the practice cloud: JSON documents in one SQLite file, and files for uploads.

Several processes may use it at once: a writer holds the only write lock from the start of the request.
Nothing runs in the background: an item stores its scheduled changes and their times, and a read applies those due.
"""

import errno
import hashlib
import json
import os
import sqlite3
import stat
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from ..errors import FileError
from ..files import NO_LINK, because, private
from .data import Json

SCHEMA = 2  # kept as user_version; 0 is an empty file
LOCK_SECONDS = 60.0  # the time-out for the write lock
TABLES = """
CREATE TABLE IF NOT EXISTS resource (number INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL,
  id TEXT NOT NULL, gone REAL, data TEXT NOT NULL, UNIQUE (kind, id));
CREATE INDEX IF NOT EXISTS by_end ON resource (gone) WHERE gone IS NOT NULL;
"""
PUT = """INSERT INTO resource (kind, id, gone, data) VALUES (?, ?, ?, ?)
  ON CONFLICT (kind, id) DO UPDATE SET gone = excluded.gone, data = excluded.data"""


def directory() -> str:
    """Return the directory of the practice cloud: `sandbox` in the user's data directory of ostk."""
    from platformdirs import user_data_dir

    return os.path.join(user_data_dir("ostk", appauthor=False), "sandbox")


def new_id(dashes: bool = True) -> str:
    """Return a new UUID, without dashes as Keystone writes it."""
    value = uuid.UUID(bytes=os.urandom(16))
    return str(value) if dashes else value.hex


def stable_id(*words: str, dashes: bool = True) -> str:
    """Return a UUID derived from words: the same one in every practice cloud."""
    value = uuid.UUID(bytes=hashlib.md5("/".join(words).encode(), usedforsecurity=False).digest())
    return str(value) if dashes else value.hex


class Store:
    """The store at the time of one request."""

    def __init__(self, root: str, connection: sqlite3.Connection) -> None:
        self.root, self.connection, self.now = root, connection, time.time()

    def get(self, kind: str, item_id: str) -> Json | None:
        """Return an item in its current state, None if it is absent."""
        found = self.connection.execute(
            "SELECT data FROM resource WHERE kind = ? AND id = ?", (kind, item_id)
        ).fetchone()
        return self._apply_changes(found[0]) if found else None

    def all(self, kind: str, id_prefix: str = "", **fields: Any) -> list[Json]:
        """Return the items of a kind with these fields, oldest first; `id_prefix` is the prefix of their IDs."""
        words = "SELECT data FROM resource WHERE kind = ? AND id >= ? AND id < ? ORDER BY number"
        found = self.connection.execute(words, (kind, id_prefix, id_prefix + "\U0010ffff"))
        items = (self._apply_changes(row[0]) for row in found)
        return [x for x in items if x is not None and all(x.get(k) == v for k, v in fields.items())]

    def first(self, kind: str, **fields: Any) -> Json | None:
        """Return the oldest item of a kind with these fields."""
        return next(iter(self.all(kind, **fields)), None)

    def put(self, kind: str, item: Json, item_id: str = "") -> Json:
        """Store an item under its ID."""
        gone = next((step[0] for step in item.get("_steps") or [] if step[1] is None), item.get("_expires"))
        row = (kind, item_id or item["id"], gone, json.dumps(item, separators=(",", ":")))
        self.connection.execute(PUT, row)
        return item

    def delete(self, kind: str, *ids: str) -> None:
        """Delete items."""
        self.connection.executemany("DELETE FROM resource WHERE kind = ? AND id = ?", [(kind, id) for id in ids])

    def schedule_change(self, item: Json, seconds: float, change: Json | None) -> Json:
        """Schedule a change of fields of an item after so many seconds; None deletes the item."""
        item["_steps"] = [[self.now + seconds, change]]
        return item

    def _apply_changes(self, text: str) -> Json | None:
        """Return an item after the scheduled changes that are due, None if one of them deletes it."""
        item: Json = json.loads(text)
        steps = item.get("_steps") or []
        while steps and steps[0][0] <= self.now:
            at, change = steps.pop(0)
            if change is None:
                return None
            item.update({key: at if value == "<now>" else value for key, value in change.items()}, _changed=at)
        return item

    def file_path(self, name: str) -> str:
        """Return the path of an uploaded file."""
        return os.path.join(self.root, "files", name)

    def write_file(self, name: str, chunks: Iterator[bytes]) -> Json:
        """Write an upload atomically; return its size, MD5 and SHA-512."""
        md5, sha512, size = hashlib.md5(usedforsecurity=False), hashlib.sha512(), 0
        part = f"{self.file_path(name)}.{os.getpid()}.{time.monotonic_ns()}"
        try:
            with open(part, "wb", opener=lambda p, flags: os.open(p, flags, 0o600)) as file:
                for chunk in chunks:
                    size += file.write(chunk)
                    md5.update(chunk)
                    sha512.update(chunk)
            os.replace(part, self.file_path(name))
        finally:
            with suppress(FileNotFoundError):
                os.unlink(part)
        return {"size": size, "md5": md5.hexdigest(), "sha512": sha512.hexdigest()}

    def delete_file(self, name: str) -> None:
        """Delete an uploaded file, if it exists."""
        with suppress(FileNotFoundError):
            os.unlink(self.file_path(name))


def prepare_database(root: str) -> str:
    """Create the directory of the practice cloud and its database if they are absent; return the database's path.

    Raises:
        FileError: The directory or a file in it is a symbolic link, of another user or cannot be written.
    """
    files, path = os.path.join(root, "files"), os.path.join(root, "cloud.sqlite")
    try:
        os.makedirs(root, mode=0o700, exist_ok=True)
        with private(root):
            with suppress(FileExistsError):
                os.mkdir(files, 0o700)
            with private(files):
                number = os.open(path, os.O_CREAT | os.O_RDWR | NO_LINK | getattr(os, "O_NONBLOCK", 0), 0o600)
        try:
            state = os.fstat(number)
            if not stat.S_ISREG(state.st_mode) or (hasattr(os, "getuid") and state.st_uid != os.getuid()):
                raise PermissionError(errno.EPERM, f"{path} is not a file of this user")
        finally:
            os.close(number)
    except OSError as error:
        link = next((f"{one} is a symbolic link" for one in (root, files, path) if os.path.islink(one)), "")
        reason = link or because(error)
        raise FileError(f"The practice cloud in {root} cannot be opened: {reason}.", "Move it away.") from None
    return path


def schema(connection: sqlite3.Connection) -> int:
    """Return the version of the tables of a database, 0 if it has none."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def complete(store: Store, seed: Callable[[Store], None]) -> None:
    """Create the tables of an empty database and fill them; keep the content of an older one.

    Another process may have done so before this one got the lock.
    """
    version = schema(store.connection)
    if version == 0:
        for statement in TABLES.split(";"):
            store.connection.execute(statement)
        seed(store)
    elif version == 1:
        store.connection.execute("ALTER TABLE thing RENAME TO resource")
    store.connection.execute(f"PRAGMA user_version = {SCHEMA}")


@contextmanager
def open_store(seed: Callable[[Store], None], write: bool = True) -> Iterator[Store]:
    """Open the store for one request, in one transaction; `seed` fills a new store."""
    root = directory()
    path = prepare_database(root)
    connection = sqlite3.connect(path, timeout=LOCK_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA journal_mode = TRUNCATE")  # keeps the journal file
        current = schema(connection) == SCHEMA
        connection.execute("BEGIN" if current and not write else "BEGIN IMMEDIATE")
        store = Store(root, connection)
        if not current:
            complete(store, seed)
        if write:
            connection.execute("DELETE FROM resource WHERE gone <= ?", (store.now,))
        yield store
        connection.execute("COMMIT")
    finally:
        connection.close()  # rolls back without a commit
