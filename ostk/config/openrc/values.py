"""What a file of variables gives: values, questions to a person, and what cannot be known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .words import Refused

LONGEST = 1 << 16  # characters of a value
SECRET_NAME = re.compile(r"(?i)pass|secret|token|\bkey\b")


@dataclass(frozen=True)
class Question:
    """What a person is to be asked for; a `secret` is typed unseen."""

    prompt: str
    secret: bool
    line: int


@dataclass(frozen=True)
class Unreadable:
    """What only a shell could find out; `why` completes "its value is …"."""

    line: int
    why: str


@dataclass(frozen=True)
class Names(Unreadable):
    """The names of all variables that begin with `prefix`, as a command would print them."""

    prefix: str


Value = tuple[str | Question | Unreadable, ...]
"""A value: text, and pieces that are not known yet; () is the empty text."""


@dataclass
class Given:
    """What a file does to the variables: name → value, None where it unsets it, and the line of each.

    `drops` is the line from which on no inherited OS_* variable counts, 0 where they do; `traps` are
    lines in which something is easily meant otherwise.
    """

    values: dict[str, Value | None] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    drops: int = 0
    traps: list[tuple[int, str]] = field(default_factory=list)

    def put(self, name: str, value: Value | None, line: int) -> None:
        """Give a variable a value, or none."""
        self.values[name], self.lines[name] = value, line

    def get(self, name: str, environ: Mapping[str, str]) -> Value | None:
        """The value of a variable, inherited or not; None where it has none."""
        if name in self.values:
            return self.values[name]
        return text(environ[name]) if name in environ else None

    def trap(self, line: int, why: str) -> None:
        """Note what is easily meant otherwise."""
        if (line, why) not in self.traps:
            self.traps.append((line, why))


def text(characters: str) -> Value:
    """A value that is known."""
    return (characters,) if characters else ()


def known(value: Value) -> str | None:
    """The text that a value is, None where some of it is not known."""
    texts = [part for part in value if isinstance(part, str)]
    return "".join(texts) if len(texts) == len(value) else None


def empty(value: Value | None) -> bool | None:
    """Whether a value is empty or not set; None where nobody knows. An answer is never empty."""
    if not value:
        return True
    return None if all(isinstance(part, Unreadable) for part in value) else False


def joined(values: Iterable[Value], line: int) -> Value:
    """Several values as one. Errors: Refused if it is too long."""
    parts: list[str | Question | Unreadable] = []
    size = 0
    for value in values:
        for part in value:
            size += len(part) if isinstance(part, str) else 1
            if size > LONGEST:
                raise Refused(line, "it makes a value that is too long")
            if isinstance(part, str) and parts and isinstance(parts[-1], str):
                parts[-1] += part
            else:
                parts.append(part)
    return tuple(parts)


def question(name: str, prompt: str, secret: bool, line: int) -> Question:
    """The question for a variable."""
    prompt = " ".join(prompt.split())[:200].rstrip(": ") or name
    return Question(prompt, secret or bool(SECRET_NAME.search(name)), line)
