"""Plug-ins: nouns that other packages add through entry points, and programs on PATH that are named ostk-NAME.

An entry point of the group `ostk.nouns` has the words of the noun as its name, with underscores for blanks
(`rating_summary` is `ostk rating summary`), and as its value the `module:object` of a `Noun`, or of a `Command` for a
noun without verbs. Entry points are looked for only where no noun of ostk fits the command line, and are read without
importlib.metadata, which takes as long to import as a command.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from .language.noun import Command, Noun

GROUP = "ostk.nouns"  # of entry points
PREFIX = "ostk-"  # of programs
INFO = (".dist-info", ".egg-info")  # ends of the names of directories with the metadata of packages
METADATA = ("METADATA", "PKG-INFO")  # the file with the name and the version in each of them


class Plugin(NamedTuple):
    """A plug-in.

    Attributes:
        name: The words that call it, such as "rating summary".
        kind: "package" or "program".
        source: The name of the package, or the path of the program.
        version: The version of the package, "" for a program.
        value: The `module:object` of the entry point, "" for a program.

    """

    name: str
    kind: str
    source: str
    version: str = ""
    value: str = ""


def packages() -> Iterator[Plugin]:
    """Yield the nouns of packages, in the order of sys.path; as for an import, the first package of a name counts."""
    seen: set[str] = set()
    for folder in dict.fromkeys(sys.path):
        try:
            places = sorted(name for name in os.listdir(folder or ".") if name.endswith(INFO))
        except OSError:
            continue
        for place in places:
            package = place.partition("-")[0].removesuffix(".egg")
            if package not in seen:
                seen.add(package)
                yield from nouns_of(os.path.join(folder, place))


def nouns_of(info: str) -> Iterator[Plugin]:
    """Yield the nouns of the package whose metadata is in a directory."""
    points = lines(os.path.join(info, "entry_points.txt"))
    if f"[{GROUP}]" not in points:
        return
    # Headers end at the first empty line; the first of a name counts.
    headers = [line.partition(":") for line in lines(os.path.join(info, METADATA[info.endswith(INFO[1])]))]
    about = {name: value.strip() for name, _, value in reversed(headers)}
    section = ""
    for line in points:
        name, equals, value = (part.strip() for part in line.partition("="))
        if line.startswith("["):
            section = line
        elif section == f"[{GROUP}]" and equals and is_noun(words := " ".join(name.replace("_", " ").split())):
            yield Plugin(words, "package", about.get("Name", info), about.get("Version", ""), value.partition(" ")[0])


def lines(path: str) -> list[str]:
    """Return the lines of a file without blanks around them, [] for a file that cannot be read."""
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return [line.strip() for line in file]
    except OSError:
        return []


def is_noun(words: str) -> bool:
    """Return whether a text may be a noun: words of lower-case letters, digits and dashes."""
    parts = words.split(" ")
    return words.isascii() and words == words.lower() and all(part.replace("-", "a").isalnum() for part in parts)


def nouns() -> dict[str, Plugin]:
    """Return the nouns of packages by their words."""
    found: dict[str, Plugin] = {}
    for plugin in packages():
        found.setdefault(plugin.name, plugin)
    return found


def load(plugin: Plugin) -> Noun | Command:
    """Import the noun of a package.

    Raises:
        OstkError: The module cannot be imported, or has no noun of this name.

    """
    from importlib import import_module

    from .errors import OstkError
    from .language.noun import Command, Noun

    name, _, attribute = plugin.value.partition(":")
    try:
        found = import_module(name)
        for part in filter(None, attribute.split(".")):
            found = getattr(found, part)
    except (Exception, SystemExit) as error:
        why = f"{type(error).__name__}: {error}"
    else:
        if isinstance(found, Noun | Command):
            return found
        why = f"{plugin.value} is of type {type(found).__name__}; a Noun or a Command is needed"
    raise OstkError(
        f"The plug-in {plugin.name!r} of package {plugin.source} {plugin.version} cannot be loaded: {why}",
        f"Update or remove the package {plugin.source}. All other commands work.",
    )


def folders() -> list[str]:
    """Return the directories of PATH; relative ones are left out, so that no file of the current directory is run."""
    return [place for place in os.environ.get("PATH", "").split(os.pathsep) if os.path.isabs(place)]


def program(name: str) -> Plugin | None:
    """Return the program ostk-NAME on PATH, None if there is none."""
    if name.isascii() and name.isprintable() and name[:1].isalnum() and not {"/", "\\", " "}.intersection(name):
        for folder in folders():
            path = os.path.join(folder, PREFIX + name)
            if os.path.isfile(path) and os.access(path, os.X_OK):
                return Plugin(name, "program", path)
    return None


def programs() -> list[Plugin]:
    """Return the programs ostk-NAME on PATH, in alphabetical order; a later one of the same name is hidden."""
    names: set[str] = set()
    for folder in folders():
        try:
            names.update(name for name in os.listdir(folder) if name.startswith(PREFIX))
        except OSError:
            continue
    found = (program(name.removeprefix(PREFIX)) for name in sorted(names))
    return [plugin for plugin in found if plugin]
