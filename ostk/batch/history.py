"""The history of the prompt: a file in the user's state directory, without lines that hold secrets."""

import json
import os
from collections.abc import Iterable
from contextlib import suppress

from prompt_toolkit.history import History as BaseHistory

from ..files import NO_LINK, inside, private
from .secret_lines import holds_secret

NAME = "history"
KEPT = 5000  # lines; a longer file is cut to these when a prompt opens
LARGEST = 16 * 1024 * 1024  # bytes; a larger file is not one of ours


class History(BaseHistory):
    """The lines that were typed, kept in a file that only the user can read; without a file where that is impossible.

    Args:
        directory: The directory of the file (default: ostk in the user's state directory).

    """

    def __init__(self, directory: str = "") -> None:
        super().__init__()
        self.directory = directory or state_directory()

    def append_string(self, string: str) -> None:
        """Add a line, unless it is empty or holds a secret."""
        if string.strip() and not holds_secret(string):
            super().append_string(string)

    def load_history_strings(self) -> Iterable[str]:
        """Return the lines, the latest first."""
        lines: list[str] = []
        with suppress(OSError, ValueError, UnicodeError):
            for raw in self.read().splitlines():
                with suppress(ValueError):
                    text = json.loads(raw)
                    lines += [text] if isinstance(text, str) else []
            if len(lines) > 2 * KEPT:
                self.write([json.dumps(text) for text in lines[-KEPT:]], os.O_TRUNC)
        return lines[: -KEPT - 1 : -1]

    def store_string(self, string: str) -> None:
        """Append a line to the file."""
        with suppress(OSError, ValueError):
            self.write([json.dumps(string)], os.O_APPEND)

    def read(self) -> str:
        """Return the content of the file, which must be an ordinary one of the user's own."""
        with private(self.directory) as at:
            flags = os.O_RDONLY | NO_LINK | getattr(os, "O_NONBLOCK", 0)
            number = os.open(inside(self.directory, at, NAME), flags, dir_fd=at)
        with open(number, encoding="utf-8") as file:
            return file.read() if os.fstat(number).st_size <= LARGEST else ""

    def write(self, lines: Iterable[str], how: int) -> None:
        """Write lines to the file, after its end (O_APPEND) or in its place (O_TRUNC)."""
        os.makedirs(self.directory, mode=0o700, exist_ok=True)
        with private(self.directory) as at:
            flags = os.O_WRONLY | os.O_CREAT | NO_LINK | how
            number = os.open(inside(self.directory, at, NAME), flags, 0o600, dir_fd=at)
            with open(number, "w" if how == os.O_TRUNC else "a", encoding="utf-8") as file:
                if hasattr(os, "fchmod"):
                    os.fchmod(number, 0o600)
                file.write("".join(f"{line}\n" for line in lines))


def state_directory() -> str:
    """Return ostk's directory for state."""
    from platformdirs import user_state_dir

    return user_state_dir("ostk", appauthor=False)
