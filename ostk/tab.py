"""TAB on the words of commands, answered from the index and the list of verbs: neither click nor a noun is imported."""

import os
import sys
from collections.abc import Iterator

from .index import INDEX
from .language.shells import SHELLS, Request
from .prefixes import help_of

VERBS = os.path.join(os.path.dirname(__file__), "verbs.txt")  # written by `python -m tests.verb_words`


def answer(instruction: str) -> str | None:
    """Return what the completion script of a shell reads, None where more than the index must be looked at.

    Args:
        instruction: The value of the variable that asks for completion.

    """
    if instruction.partition("_")[0] not in SHELLS or instruction.endswith("_source"):
        return None
    request = Request(instruction, os.environ)
    if any(not text.isascii() or "\n" in text for text in (*request.words, request.current)):
        return None
    if request.current.startswith("-") or any(word.startswith("-") for word in request.words):
        return None
    words = request.words[1:] if request.words[:1] == ["help"] else request.words
    found = following(" ".join(words), request.shell == "bash") if words else first_words(words is not request.words)
    if found is None:
        return None
    return request.answer((word, help) for word, help in sorted(found.items()) if word.startswith(request.current))


def first_words(is_help: bool) -> dict[str, str] | None:
    """Return the words that a command line, or the arguments of help, may begin with, each with its line of help."""
    from .plugins import nouns, programs

    if has_aliases():
        return None
    found = {noun.split()[0]: "" for noun in INDEX}
    found = {word: help_of(word) for word in found}
    for noun in nouns():
        found.setdefault(noun.split()[0], "Plug-in.")
    for program in () if is_help else programs():
        found.setdefault(program.name, "Plug-in.")
    return found | ({"options": "Global options."} if is_help else {})


def has_aliases() -> bool:
    """Return whether the configuration file may have aliases."""
    if sys.platform in ("darwin", "win32"):
        return True  # its path takes longer to find out
    root = os.environ.get("XDG_CONFIG_HOME", "").strip() or os.path.expanduser("~/.config")
    try:
        with open(os.path.join(root, "ostk", "config.toml"), "rb") as file:
            return b"aliases" in file.read()
    except OSError:
        return False


def following(phrase: str, without_help: bool) -> dict[str, str] | None:
    """Return the words that may follow the words of a phrase, each with its line of help.

    None stands for a phrase that is a command, or no words of ostk; and for verbs if their help is wanted, which is
    written in the modules of the noun.
    """
    commands = list(commands_of(phrase))
    if phrase in commands:
        return None
    start = f"{phrase} "
    nouns = {noun.removeprefix(start).split()[0] for noun in INDEX if noun.startswith(start)}
    verbs = {command.removeprefix(start).split()[0] for command in commands if command.startswith(start)}
    if not nouns | verbs or not (without_help or verbs <= nouns):
        return None
    return {word: help_of(start + word) for word in nouns | verbs}


def commands_of(phrase: str) -> Iterator[str]:
    """Yield the commands of the nouns that begin with the first word of a phrase."""
    first = phrase.partition(" ")[0]
    with open(VERBS, encoding="ascii") as lines:  # each a noun and its verbs: `address scope: create,delete,list`
        for line in lines:
            if line.startswith(first):
                noun, _, verbs = line.rstrip("\n").partition(": ")
                if noun.partition(" ")[0] == first:
                    yield from (f"{noun} {verb}".strip() for verb in verbs.split(","))
