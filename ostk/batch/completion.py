"""Completion at the prompt: what may stand where the cursor is, by the same engine as TAB in a shell."""

import shlex
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

import click
from click.shell_completion import CompletionItem

from ..api.identity import PROJECT
from ..api.resource import Resource
from ..config.built_in_clouds import CLOUDS
from ..config.config import configured_clouds
from ..console import silenced
from ..errors import OstkError
from ..language.command_line import completions, paths
from ..session.shared import key_of
from ..text import visible
from .interpreter import BUILT_INS, Interpreter, regions
from .script import ASSIGNMENT, PROGRAMS, last_word, split

SPECIAL = frozenset("'\"\\${}#")  # characters that the grammar of a batch may read as anything else than themselves


class Candidate(NamedTuple):
    """A text that may stand in the place of the word at the cursor.

    Attributes:
        text: The text, quoted for the grammar of a batch.
        length: The number of characters before the cursor that the text replaces.
        shown: The text as it is shown to people.
        help: What it means, "" where there is nothing to say.

    """

    text: str
    length: int
    shown: str
    help: str = ""


def candidates(interpreter: Interpreter, text: str) -> list[Candidate]:
    """Return what may stand at the end of a text, without errors: there is nothing to complete in a wrong line.

    Args:
        interpreter: The interpreter of the prompt: its options and its clouds hold for the line.
        text: The line up to the cursor; it may have several physical lines.

    """
    text = text.replace("\\\n", "  ").rpartition("\n")[2]
    start, quote = last_word(text)
    if start < 0 or text.lstrip().startswith("!"):
        return []
    if found := ASSIGNMENT.match(text, len(text) - len(text.lstrip())):
        text, start = text[found.end() :], start - found.end()
    try:
        words = list(split(text[:start], Anything(), interpreter.batch.results))
        begun = "".join(split(text[start:] + quote, Anything(), interpreter.batch.results))
    except OstkError:
        return []
    if words and words[0] in PROGRAMS:
        words = words[1:]
    length = len(text) - start
    stem = begun[: begun.index("=") + 1] if begun.startswith("--") and "=" in begun else ""
    with silenced():
        return [
            Candidate(quoted(stem + item.value), length, item.value, item.help or "")
            for item in items(interpreter, words, begun)
            if visible(item.value) == item.value
        ]


class Anything(dict[str, str]):
    """An environment in which each variable is set; completion needs no values."""

    def __contains__(self, key: object) -> bool:
        return True

    def __missing__(self, key: str) -> str:
        return "x"


def quoted(text: str) -> str:
    """Return a word in quotes, where the grammar of a batch would read it as anything else than itself."""
    special = not text or SPECIAL.intersection(text) or any(map(str.isspace, text))
    return shlex.quote(text) if special else text


def items(interpreter: Interpreter, words: Sequence[str], begun: str) -> Iterator[CompletionItem[str]]:
    """Yield the completions of a word after these words: of click, and of the built-ins."""
    if not words:
        for name, (_, help) in BUILT_INS.items():
            if name.startswith(begun) and name.isalpha() and name not in ("project", "region", "help"):
                yield CompletionItem(name, help=help)
    if len(words) == 1 and words[0] in NAMES:
        yield from named(lambda: NAMES[words[0]](interpreter), begun)
    elif words and words[-1] == "--os-cloud":
        yield from named(lambda: clouds(interpreter), begun)
        return
    if words[:1] == ["help"]:
        words = words[1:]
    if words[:1] != ["use"]:
        yield from click_items(interpreter, words, begun)


def named(names: Callable[[], Iterable[str]], begun: str) -> Iterator[CompletionItem[str]]:
    """Yield the names that begin with a text; none if they cannot be found out."""
    with suppress(OstkError):
        yield from (CompletionItem(name) for name in names() if name.startswith(begun) and name.isprintable())


def click_items(interpreter: Interpreter, words: Sequence[str], begun: str) -> list[CompletionItem[str]]:
    """Return the completions of click: commands, options, choices and names of resources."""
    given: dict[str, Any] = {"obj": interpreter.shared, "default_map": interpreter.options}
    with suppress(click.ClickException):
        found = completions(interpreter.group, given, interpreter.root.info_name or "", words, begun)
        return [one for item in found for one in ([item] if item.type == "plain" else paths(item)) if one.value]
    return []


def clouds(interpreter: Interpreter) -> list[str]:
    """Return the names of the clouds in the files and of the built-in ones."""
    return list(dict.fromkeys([*(one.name for one in configured_clouds(flags=interpreter.options)), *CLOUDS]))


def projects(interpreter: Interpreter) -> list[str]:
    """Return the names of the projects in which the user has a role."""
    return names_at(interpreter, PROJECT, "/auth/projects")


def region_names(interpreter: Interpreter) -> list[str]:
    """Return the regions of the catalog."""
    return regions(interpreter.shared.cloud(interpreter.options).access)


def names_at(interpreter: Interpreter, resource: Resource, path: str) -> list[str]:
    """Return the names of the resources at a path, which are requested once between two commands."""
    shared, options = interpreter.shared, interpreter.options
    key = (key_of(options), path)
    if key not in shared.names:
        shared.names[key] = sorted(str(item.get("name")) for item in shared.cloud(options).pages(resource, path=path))
    return shared.names[key]


NAMES: dict[str, Callable[[Interpreter], Iterable[str]]] = {"use": clouds, "project": projects, "region": region_names}
