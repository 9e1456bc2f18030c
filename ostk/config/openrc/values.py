"""Values of shell variables in an openrc file: text, prompts, and values that only a shell can compute."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

MAX_LENGTH = 1 << 16  # characters of a value


class Unsupported(Exception):
    """A line that ostk does not read: `line`, `why` as the end of a sentence, and `hint`: what to do."""

    def __init__(self, line: int, why: str, hint: str = "") -> None:
        super().__init__(why)
        self.line, self.why, self.hint = line, why, hint


@dataclass(frozen=True)
class Prompt:
    """A value that the user is asked for; a `secret` is read without echo."""

    message: str
    secret: bool
    line: int


@dataclass(frozen=True)
class Unreadable:
    """A value that only a shell could compute; `why` is a clause such as "its value is …"."""

    line: int
    why: str
    prefix: str = ""  # the value is the names of the variables that begin so, as `${!OS_@}` is


ShellValue = tuple[str | Prompt | Unreadable, ...]
"""A value: text and parts that are not known yet; () is the empty string."""


@dataclass
class Changes:
    """What a file does to the environment."""

    values: dict[str, ShellValue | None] = field(default_factory=dict)  # None: the file unsets the variable
    lines: dict[str, int] = field(default_factory=dict)  # where each variable is set or unset last
    clears: bool = False  # whether the file unsets the OS_* variables that it inherits
    warnings: list[tuple[int, str]] = field(default_factory=list)  # lines that probably do not do what the user meant

    def assign(self, name: str, value: ShellValue | None, line: int) -> None:
        """Set a variable, or unset it with None."""
        self.values[name], self.lines[name] = value, line

    def lookup(self, name: str, environ: Mapping[str, str]) -> ShellValue | None:
        """Return the value of a variable, assigned or inherited; None if it is unset."""
        return self.values.get(name, literal(environ[name]) if name in environ else None)


def literal(characters: str) -> ShellValue:
    """Return text as a value."""
    return (characters,) if characters else ()


def as_text(value: ShellValue) -> str | None:
    """Return the text of a value, None if a part of it is not known."""
    texts = [part for part in value if isinstance(part, str)]
    return "".join(texts) if len(texts) == len(value) else None


def concatenate(values: Iterable[ShellValue], line: int) -> ShellValue:
    """Return several values as one; raises Unsupported if it is too long."""
    parts: list[str | Prompt | Unreadable] = []
    for part in (part for value in values for part in value):
        if isinstance(part, str) and parts and isinstance(parts[-1], str):
            parts[-1] += part
        else:
            parts.append(part)
    if sum(len(part) if isinstance(part, str) else 1 for part in parts) > MAX_LENGTH:
        raise Unsupported(line, "it makes a value that is too long")
    return tuple(parts)


def prompt_for(name: str, message: str, secret: bool, line: int) -> Prompt:
    """Return the prompt for a variable; without a message the variable's name is shown."""
    message = " ".join(message.split())[:200].rstrip(": ") or name
    return Prompt(message, secret or bool(re.search(r"(?i)pass|secret|token|\bkey\b", name)), line)
