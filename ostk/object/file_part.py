"""A part of a file as the body of a request, with its MD5."""

from __future__ import annotations

import os
from collections.abc import Callable
from types import TracebackType
from typing import IO

from ..errors import FileError
from ..files import because
from ..streams import Hash
from .local_files import LocalFile

PIECE = 256 * 1024


class FilePart:
    """A part of a file, read once for each try of a request; `md5` is that of the data read since the last seek.

    The file must stay as it was when it was selected: a change is found before the last piece is read, so that the
    request is never complete.

    Args:
        file: The file; its size and its time are compared.
        start: Where the part begins.
        size: Size of the part in bytes.
        add: Called with the number of bytes read, negative when the part is read again.
    """

    def __init__(self, file: LocalFile, start: int, size: int, add: Callable[[int], None] = lambda count: None) -> None:
        self.name, self.expected = file.path, (file.size, file.modified)
        self.start, self.size, self.add = start, size, add
        self.position = 0
        self.raw: IO[bytes] = opened_raw(file.path)
        self.seek(0)

    def __enter__(self) -> FilePart:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.raw.close()
        if error:
            self.add(-self.position)

    def tell(self) -> int:
        """Return the position in the part."""
        return self.position

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Set the position: the start or the end of the part."""
        position = self.size if whence == os.SEEK_END else offset
        if position == 0:
            self.raw.seek(self.start)
            self.md5 = Hash("md5")
            self.add(-self.position)
            self.position = 0
        return position

    def read(self, size: int = PIECE) -> bytes:
        """Return the next bytes, b"" at the end.

        Raises:
            FileError: The file cannot be read, or has changed.
        """
        wanted = min(size, self.size - self.position)
        if wanted <= 0:
            return b""
        try:
            data = self.raw.read(wanted)
        except OSError as error:
            raise FileError(f"{self.name} cannot be read: {because(error)}.") from None
        self.md5.update(data)
        self.position += len(data)
        if not data:
            raise changed(self.name)
        if self.position == self.size:
            self.check()
        self.add(len(data))
        return data

    def check(self) -> None:
        """Raise FileError if the file has changed since it was selected."""
        status = os.fstat(self.raw.fileno())
        if self.expected != (status.st_size, status.st_mtime_ns):
            raise changed(self.name)


def changed(path: str) -> FileError:
    """Return the error for a file that was changed while it was read."""
    return FileError(f"The file {path!r} changed while it was read: nothing of it was stored.", "Try again.")


def opened_raw(path: str) -> IO[bytes]:
    """Open a file without a buffer. Raises FileError if it cannot be read."""
    try:
        return open(path, "rb", buffering=0)
    except (OSError, ValueError) as error:
        raise FileError(f"The file {path!r} cannot be read: {because(error)}.") from None


def md5_of(file: LocalFile, start: int = 0, size: int | None = None) -> str:
    """Return the MD5 of a part of a file, by default of the whole.

    Raises:
        FileError: The file cannot be read, or has changed.
    """
    with FilePart(file, start, (file.size or 0) if size is None else size) as part:
        while part.read(PIECE):
            pass
        return part.md5.hexdigest()
