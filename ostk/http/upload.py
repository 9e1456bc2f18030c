"""A file as the body of a request."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import IO

CHUNK = 256 * 1024


class Upload:
    """A file as a request's body, from its current position; a retry begins there again."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.start = file.tell()
        self.size = file.seek(0, os.SEEK_END) - self.start
        file.seek(self.start)

    def __iter__(self) -> Iterator[bytes]:
        self.file.seek(self.start)
        while chunk := self.file.read(CHUNK):
            yield chunk
