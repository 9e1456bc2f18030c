"""Command lines that hold secrets: they are neither kept in the history nor repeated in messages."""

import re
from collections.abc import Sequence

from ..config.global_options import SECRETS
from ..errors import OstkError
from ..redaction import is_secret_header, is_secret_key, redact_text
from .script import split

SECRET_OPTIONS = {
    *("password", "secret", "passphrase", "token", "payload", "psk", "auth-key", "tempurl-key", "key", "verifier"),
    *(f"os-{name.replace('_', '-')}" for name in SECRETS),
}
PATHS = {"user-data", "public-key", "private-key"}  # options whose value is the name of a file
# Commands with a secret among their arguments (""), or as the value of an option of another name.
COMMANDS = {
    "credential create": "",
    "credential set": "--data",
    "database instance create": "--users",
    "database user create": "",
    "secret store": "-p",
    "secret update": "",
}
SHORTEST = 3  # letters of an abbreviated option
HEADER = re.compile(r"([A-Za-z][\w-]*):\s*\S")
SHOWN = 2  # words of a line with a secret that messages repeat


def holds_secret(text: str) -> bool:
    """Return whether a line holds a secret: a value that messages would hide, or an option such as --password."""
    if redact_text(text) != text:
        return True
    try:
        words = list(split(text.replace("\\\n", ""), {}, {}))
    except OstkError:
        words = text.split()
    return any(is_secret_word(word) or redact_text(word) != word for word in words) or is_secret_command(words)


def is_secret_word(word: str) -> bool:
    """Return whether a word is an option that a secret follows, or a header with a secret value."""
    if word.startswith("--"):
        name = word[2:].partition("=")[0]
        abbreviates = len(name) >= SHORTEST and any(option.startswith(name) for option in SECRET_OPTIONS)
        return name not in PATHS and (abbreviates or is_secret_key(name.replace("-", "_")))
    header = HEADER.match(word)
    return bool(header and is_secret_header(header[1]))


def is_secret_command(words: Sequence[str]) -> bool:
    """Return whether words are one of COMMANDS with its secret; its words may be abbreviated."""
    for command, option in COMMANDS.items():
        names = command.split()
        for start in range(len(words) - len(names) + 1):
            left = words[start : start + len(names)]
            after = words[start + len(names) :]
            if all(word and name.startswith(word) for word, name in zip(left, names, strict=True)) and any(
                word.startswith(option) for word in after
            ):
                return True
    return False


def without_secrets(text: str) -> str:
    """Return a line for a message: of a line with a secret, the first words of its command."""
    if not holds_secret(text):
        return text
    words = text.split()[:SHOWN]
    shown = words[: next((at for at, word in enumerate(words) if word.startswith("-")), SHOWN)]
    return " ".join([*shown, "… (not shown: the line holds a secret)"])
