"""The tree of commands: groups of words over the nouns of the index, whose modules are imported when they are used.

What modules write stands in the tree as it is: a group looks its commands up in the nouns and copies none.
"""

from __future__ import annotations

import importlib
from _thread import RLock
from collections import ChainMap
from collections.abc import Iterable
from keyword import iskeyword
from typing import TYPE_CHECKING, Any

import click

from .index import ALONE, INDEX, help_of
from .language.argv import HELP_NAMES, ArgvCommand

if TYPE_CHECKING:
    from .language.noun import Command, Noun

LOADING = RLock()  # the prompt completes words in another thread


class NounModules:
    """The modules of a noun in the index, and the commands of those that are imported so far, by verb."""

    def __init__(self, noun: str) -> None:
        self.noun = noun
        self.remaining = INDEX[noun][0].split() if noun in INDEX else []
        self.commands: ChainMap[str, Command] = ChainMap()

    def load(self, verb: str = "") -> None:
        """Import the modules; for the words of a command or a group only up to the module that defines them."""
        while self.remaining and not (verb and begins(verb, self.commands)):
            found: Noun | dict[str, Command] = written(self.noun, self.remaining.pop(0))
            self.commands.maps.append(found if isinstance(found, dict) else found.commands)


class Group(ArgvCommand, click.Group):
    """The commands that begin with the same words: verbs of one noun, and the nouns that begin with the words.

    `own` is the command with these very words, if there is one: it is run when no word of another command follows.
    """

    def __init__(self, words: str, modules: NounModules | None = None) -> None:
        self.words = words
        self.modules = modules or NounModules(words)
        self.verb = words.removeprefix(self.modules.noun).strip()  # the words after the noun
        self.own = self.modules.commands.get(self.verb)
        help = self.own.help if self.own else help_of(words)
        super().__init__(words.rpartition(" ")[2], help=help, context_settings=dict(HELP_NAMES))
        self.invoke_without_command = self.own is not None

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return all words that may follow; this imports all modules of the noun, and none of the nouns below."""
        with LOADING:
            self.modules.load()
        return sorted({*following(self.words, INDEX), *following(self.verb, self.modules.commands)})

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Return the command or group with this name, the same object each time."""
        with LOADING:
            if name not in self.commands and name.split() == [name]:
                child = self.child(name)
                if child is None:
                    return None
                self.commands[name] = child
            return self.commands.get(name)

    def child(self, name: str) -> click.Command | None:
        """Find what has this name: by the index, which needs no import, otherwise in the modules of the noun."""
        words, verb = f"{self.words} {name}".strip(), f"{self.verb} {name}".strip()
        if words in ALONE:
            command: Command = written(words, INDEX[words][0])
            return command
        if begins(words, INDEX):
            return Group(words)
        self.modules.load(verb)
        if following(verb, self.modules.commands):
            return Group(words, self.modules)
        return self.modules.commands.get(verb)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command with these words; a group with `own` is a command unless a child follows."""
        from .language.command_lookup import resolve

        name, command, rest = resolve(self, ctx, args)
        if isinstance(command, Group) and command.own:
            word = next((w for w in rest if not w.startswith("-")), "")
            if command.get_command(ctx, word) is None:
                command = command.own
        return name, command, rest


def written(noun: str, place: str) -> Any:
    """Return what a module defines for a noun: a Noun, commands by verb, or the command of a word in ALONE."""
    word = noun.split()[-1].replace("-", "_")
    module = importlib.import_module(f"{__package__}.{place}")
    return getattr(module, f"{word}_" if iskeyword(word) else word)


def begins(words: str, phrases: Iterable[str]) -> bool:
    """Return whether a phrase begins with these words, or is these words."""
    start = f"{words} "
    return any(phrase == words or phrase.startswith(start) for phrase in phrases)


def following(words: str, phrases: Iterable[str]) -> set[str]:
    """Return the words that come next in the phrases that begin with these words."""
    start = f"{words} " if words else ""
    return {phrase.removeprefix(start).split()[0] for phrase in phrases if phrase.startswith(start)}
