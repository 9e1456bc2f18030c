"""The tree of commands: groups of words over the nouns of the index, whose modules are imported when they are used.

What modules write stands in the tree as it is: a group looks its commands up in the nouns and copies none.
"""

from __future__ import annotations

import importlib
from _thread import RLock
from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping
from keyword import iskeyword
from typing import TYPE_CHECKING, Any

import click

from .index import ALONE, INDEX
from .language.argv import HELP_NAMES, ArgvCommand
from .prefixes import help_of

if TYPE_CHECKING:
    from .language.command_lookup import Found
    from .language.noun import Command, Noun
    from .plugins import Plugin

LOADING = RLock()  # the prompt completes words in another thread


class NounModules:
    """The modules of a noun in the index, and the commands of those that are imported so far, by verb."""

    def __init__(self, noun: str, commands: dict[str, Command] | None = None) -> None:
        self.noun = noun
        self.remaining = INDEX[noun][0].split() if noun in INDEX else []
        self.commands: ChainMap[str, Command] = ChainMap(commands or {})

    def load(self, verb: str = "") -> None:
        """Import the modules; for the words of a command or a group only up to the module that defines them."""
        while self.remaining and not (verb and begins(verb, self.commands)):
            found: Noun | dict[str, Command] = written(self.noun, self.remaining.pop(0))
            self.commands.maps.append(found if isinstance(found, dict) else found.commands)


class Group(ArgvCommand, click.Group):
    """The commands that begin with the same words: verbs of one noun, and the nouns that begin with the words.

    `own` is the command with these very words, if there is one: it is run when no word of another command follows.
    """

    def __init__(self, words: str, modules: NounModules | None = None, help: str = "") -> None:
        self.words = words
        self.modules = modules or NounModules(words)
        self.verb = words.removeprefix(self.modules.noun).strip()  # the words after the noun
        self.own = self.modules.commands.get(self.verb)
        text = self.own.help if self.own else help or help_of(words)
        super().__init__(words.rpartition(" ")[2], help=text, context_settings=dict(HELP_NAMES))
        self.invoke_without_command = self.own is not None
        self.params = [*self.own.params] if self.own else []  # for those who read the tree; `own` parses them

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return the options of the group itself, without those of `own`."""
        own = self.own.params if self.own else []
        return [param for param in super().get_params(ctx) if param not in own]

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
        """Return the command with these words; a group with `own` is a command unless a child follows.

        Raises:
            click.UsageError: The words are no command, or abbreviate more than one.

        """
        from .language.command_lookup import look_up, unknown

        found = look_up(self, ctx, args) or self.plugged(ctx, args)
        if found is None:
            raise unknown(ctx, args, self.explain)
        name, command, rest = found
        if isinstance(command, Group) and command.own:
            word = next((w for w in rest if not w.startswith("-")), "")
            if command.get_command(ctx, word) is None:
                command = command.own
        return name, command, rest

    def explain(self, words: str) -> str:
        """Return how to reach the service that words without a command belong to, "" if they belong to none."""
        from . import program
        from .other_services import note

        return note(words, program())

    def plugged(self, ctx: click.Context, args: list[str]) -> Found | None:
        """Return the noun of a package, or the program, with the name of the first word, in the form of `look_up`."""
        from . import plugins

        word, *rest = args
        nouns = plugins.nouns()
        names = following(self.words, nouns)
        fits = [word] if word in names else [name for name in names if name.startswith(word)]
        if len(fits) == 1:
            return fits[0], plugin_command(f"{self.words} {fits[0]}".strip(), nouns), rest
        program = None if self.words else plugins.program(word)
        if program is None:
            return None
        from .external import ProgramCommand

        return word, ProgramCommand(word, program.source), rest


class PluginGroup(Group):
    """The commands that begin with the same words, where a noun of a package is, or begins with, these words."""

    def __init__(self, words: str, nouns: Mapping[str, Plugin], noun: Noun | None) -> None:
        help = noun.help if noun else f"Nouns of plug-ins that begin with {words}."
        super().__init__(words, NounModules(words, noun.commands if noun else None), help)
        self.nouns = nouns

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return the options of the group itself, without those of `own`."""
        own = self.own.params if self.own else []
        return [param for param in super().get_params(ctx) if param not in own]

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return all words that may follow."""
        return sorted({*super().list_commands(ctx), *following(self.words, self.nouns)})

    def child(self, name: str) -> click.Command | None:
        """Find what has this name: a verb of the noun, or a noun whose words are longer."""
        found = super().child(name)
        words = f"{self.words} {name}"
        return plugin_command(words, self.nouns) if found is None and begins(words, self.nouns) else found

    def explain(self, words: str) -> str:
        """Return "": the words belong to the plug-in."""
        return ""


def plugin_command(words: str, nouns: Mapping[str, Plugin]) -> click.Command:
    """Return the command or group of the nouns of packages that begin with these words.

    Raises:
        OstkError: The noun with these very words cannot be loaded.

    """
    from .plugins import load

    found = load(nouns[words]) if words in nouns else None
    return found if isinstance(found, click.Command) else PluginGroup(words, nouns, found)


def plugin_leaves(root: click.Context) -> Iterator[tuple[Plugin, list[str], str]]:
    """Yield the nouns of packages that no command of ostk hides, each with its commands and its line of help.

    A noun that cannot be loaded has no command, and the reason in the place of its help.
    """
    from .errors import OstkError
    from .language.aliases import is_command
    from .language.command_lookup import leaves
    from .plugins import nouns

    assert isinstance(root.command, Group)
    found = nouns()
    for words, plugin in sorted(found.items()):
        if is_command(root.command, root, words.split()):
            continue
        try:
            command = plugin_command(words, {words: plugin})
        except OstkError as error:
            yield plugin, [], error.message
            continue
        below = [name for name, _ in leaves(command, root)] if isinstance(command, click.Group) else [""]
        yield plugin, [f"{words} {name}".strip() for name in below], command.get_short_help_str(200)


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
