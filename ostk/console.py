"""Text on the terminal: output, messages, progress of waiting, prompts.

Text from a cloud may contain control characters that drive a terminal. All text but tables goes through this module,
which escapes them.
"""

import sys
from _thread import get_ident
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import IO

from .display import above_displays
from .errors import ConfigError
from .log_file import log
from .redaction import redact_text
from .text import visible


def prepare() -> Callable[[str], str]:
    """Make standard output take any character; return the function that makes a text safe to show there."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure:
        reconfigure(errors="backslashreplace")
    return partial(visible, keep="\n\t") if sys.stdout.isatty() else str


def write_text(text: str) -> None:
    """Write a text, and a line break where it ends without one, on standard output.

    On a terminal, control and bidirectional characters are written out; elsewhere the text stays as it is.
    """
    show = prepare()
    sys.stdout.write(show(text) if text.endswith("\n") else f"{show(text)}\n")
    sys.stdout.flush()


class TextWriter:
    """Takes the bytes of a file that is printed on a terminal, and writes their control characters out."""

    def __init__(self) -> None:
        from codecs import getincrementaldecoder

        self.decoder = getincrementaldecoder("utf-8")("backslashreplace")
        self.show = prepare()

    def write(self, data: bytes) -> int:
        """Write the next bytes; return their number."""
        sys.stdout.write(self.show(self.decoder.decode(data)))
        return len(data)


def data_output() -> IO[bytes]:
    """Return a file for data on standard output: bytes as they are, on a terminal readable text."""
    return TextWriter() if sys.stdout.isatty() else sys.stdout.buffer  # type: ignore[return-value]


def write_message(text: str, redact: bool = True) -> None:
    """Write a message of one or more lines on standard error, control characters written out.

    Args:
        text: The message.
        redact: Whether to hide what looks like a secret.
    """
    log(text)
    with above_displays():
        sys.stderr.write(f"{visible(redact_text(text) if redact else text, keep=chr(10))}\n")
        sys.stderr.flush()


def write_state(text: str) -> None:
    """Replace the line that says what is waited for, on standard error if that is a terminal; "" removes it."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{visible(redact_text(text))}")
        sys.stderr.flush()


SILENT: set[int] = set()  # threads that neither ask nor warn


@contextmanager
def silenced() -> Iterator[None]:
    """Make the current thread neither ask for anything nor warn in this block: it works in the background."""
    SILENT.add(get_ident())
    try:
        yield
    finally:
        SILENT.discard(get_ident())


def is_silent() -> bool:
    """Return whether the current thread neither asks nor warns."""
    return get_ident() in SILENT


def can_prompt() -> bool:
    """Return whether a user can be asked for a value: standard input and standard error are terminals."""
    return not is_silent() and all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def prompt_secret(prompt: str) -> str:
    """Ask for a secret on the terminal, without echo, and return it.

    Raises:
        ConfigError: The input ended without an answer, or the thread works in the background.
    """
    if is_silent():
        raise ConfigError("Nothing is asked for in the background.")
    import getpass

    try:
        return getpass.getpass(prompt, sys.stderr)
    except EOFError:
        raise ConfigError(f"No answer to {prompt.rstrip(': ')!r}.") from None
