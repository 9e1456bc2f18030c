"""Change every column key, title and format and every response key once, and count what the recordings catch.

usage: python tests/mutate.py [--sample N] [--least PERCENT] [WORD ...]     (the commands that begin with a WORD)

A change is caught when a recorded case of the command no longer prints what it did. Those that nothing catches are
listed with a reason in recorded/uncaught.txt. Prints the share that is not listed, tries the changes (or a sample of
them), and prints each that is not caught and not listed, or caught and listed. Exits 1 if there is one, or if the share
is below PERCENT (default: 97).
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).parents[1])  # in the place of tests/, where the package http is another

from ostk.api.resource import Resource
from ostk.index import INDEX
from ostk.language.column import Column
from ostk.language.view import header
from tests.record import noun_of
from tests.replay import RECORDED, Json, load, path_of
from tests.resources import all_resources
from tests.test_promises import every
from tests.test_recorded import ENVIRONMENT, INPUT, expected, printed

COMMANDS = every()
UNCAUGHT = RECORDED / "uncaught.txt"
SEEN = {"table", "json", "csv"}
PLACEHOLDERS = ("*", "=")  # their keys


class Change(NamedTuple):
    """A change of a record: what it is called, and the words that an output which shows it has."""

    name: str
    record: Any
    values: dict[str, Any]
    shown: str = ""

    @contextmanager
    def made(self) -> Iterator[None]:
        """Make the change, in an immutable record too, and undo it."""
        before = {name: getattr(self.record, name) for name in self.values}
        self.record.__dict__.update(self.values)
        try:
            yield
        finally:
            self.record.__dict__.update(before)


LOCAL = ("local", "batch", "sandbox")  # the packages of commands that no service answers
# Commands that the reference client does not have; tests/object holds what they print.
OWN = ("object copy", "object segment", "object sync", "object tempurl")
Try = tuple[Change, list[Json]]
TRIES: list[Try] = []  # all that are made, for the processes that are forked


def cases() -> dict[str, list[Json]]:
    """Return the recorded cases of each command."""
    found: dict[str, list[Json]] = {}
    for path in sorted(RECORDED.glob("*.json")):
        for case in load(path).get("cases", []):
            found.setdefault(command_of_case(case), []).append(case)
    return found


def command_of_case(case: Json) -> str:
    """Return the words of the command of a recorded case."""
    words = case["line"].split()
    return next(found for count in range(len(words), 0, -1) if (found := " ".join(words[:count])) in COMMANDS)


def changes_of(column: Column, title: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give the respects in which a column can be changed, and the values; `title` is the one it is shown with."""
    if column.value is None:
        yield "key", {"key": f"{column.key}_changed", "title": title}
    else:
        yield "value", {"value": lambda item: "changed"}
    yield "title", {"title": "Changed"}
    if column.format:
        yield "format", {"format": None}


def changes_of_command(words: str, command: Any) -> Iterator[Change]:
    """Give the changes of the columns of a list and of the fields of a resource that a command prints."""
    run = command.run
    holder = getattr(run, "run", run)
    for column in getattr(holder, "columns", None) or ():
        yield from named(words, column, changes_of(column, header(column)))
    fields = list(getattr(holder, "fields", None) or ())
    placeholders = {field.key for field in fields} & set(PLACEHOLDERS)
    for field in fields:
        changes = changes_of(field, field.title or field.key)
        yield from named(words, field, ((to, values) for to, values in changes if shows(field, to, placeholders)))


def named(words: str, column: Column, changes: Iterable[tuple[str, Json]]) -> Iterator[Change]:
    """Give the changes of a column by their names; a placeholder has none."""
    if column.key not in PLACEHOLDERS:
        for respect, values in changes:
            yield Change(f"{words}: {respect} of {column.key}", column, values, column.title or column.key)


def shows(field: Column, respect: str, placeholders: set[str]) -> bool:
    """Return whether a change of a field can be seen at all.

    Nothing shows the title and the format of a hidden field, and its key alone leaves it out of what a placeholder
    stands for. A field without title and format is one of those that `=` stands for, by whichever key.
    """
    if field.hidden:
        return respect == "key" and bool(placeholders)
    return respect != "key" or "=" not in placeholders or bool(field.title or field.format)


def changes_of_resource(resource: Resource) -> Iterator[Change]:
    """Give the changes of the keys under which answers hold a resource and a list of them."""
    name = f"{resource.noun} ({resource.service.name} {resource.path})"
    yield Change(f"plural of {name}", resource, {"plural": "changed"}, resource.many)
    if resource.service.wrapped:
        yield Change(f"key of {name}", resource, {"key": f"{resource.key or resource.one}_changed"}, "")


def asking(resource: Resource, known: dict[str, list[Json]]) -> list[Json]:
    """Return the cases in which a resource of a type is asked for, those of its own commands first."""
    part = f"/{resource.path.rstrip('/').rpartition('/')[2]}"
    found = []
    for words, some in known.items():
        own = words.startswith(resource.noun)
        for case in some:
            if own or any(f"{path_of(one['request'].split()[1])}/".count(f"{part}/") for one in case["exchanges"]):
                found.append((not own, len(case["exchanges"]), case))
    return [case for _, _, case in sorted(found, key=lambda one: one[:2])]


def caught(change: Change, known: list[Json]) -> bool:
    """Return whether a case prints something else under a change; the likeliest are tried first.

    A case is run in a format for people and in two for machines (csv has a header for an empty list too); the other
    formats print the values of these.
    """
    by_format = [(case, format) for case in known for format in SEEN & case["reference"].keys() or case["reference"]]
    first = "table" if " format of " in f" {change.name}" else "json"

    def unlikely(one: tuple[Json, str]) -> tuple[bool, bool, int]:
        text = one[0]["reference"].get(one[1], [])
        return change.shown not in "\n".join(text), one[1] != first, len(one[0]["exchanges"])

    with change.made():
        for case, format in sorted(by_format, key=unlikely):
            result = printed(case, format)
            if result.exit_code or result.stdout != expected(case, format):
                return True
    return False


def tries(beginnings: tuple[str, ...]) -> list[Try]:
    """Return the changes of the commands that begin with certain words, with the cases that may catch them.

    Commands that no service answers have no recordings; tests/local holds what they print.
    """
    known = cases()
    found: list[Try] = []
    for words, group in COMMANDS.items():
        compared = INDEX[noun_of(words)][0].partition(".")[0] not in LOCAL and not words.startswith(OWN)
        if compared and (not beginnings or words.startswith(beginnings)):
            found += [(change, known.get(words, [])) for change in changes_of_command(words, group)]
    for resource in all_resources():
        if not resource.noun.startswith(OWN) and (not beginnings or resource.noun.startswith(beginnings)):
            found += [(change, asking(resource, known)) for change in changes_of_resource(resource)]
    seen: set[str] = set()
    for number, (change, some) in enumerate(found):
        if change.name in seen:  # of a column that stands twice, of a copy of a resource type
            found[number] = change._replace(name=f"{change.name} (again)"), some
        seen.add(change.name)
    return found


def listed() -> dict[str, str]:
    """Return the changes that nothing can catch, and the reasons."""
    texts = [line for line in UNCAUGHT.read_text().splitlines() if line and not line.startswith("#")]
    return {change.strip(): reason.strip() for change, _, reason in (text.partition("  # ") for text in texts)}


def prepare() -> None:
    """Let a process run cases: the environment, the files, and no pause."""
    os.environ.update(ENVIRONMENT, HOME=tempfile.mkdtemp())
    os.chdir(INPUT)
    patch("time.sleep", lambda seconds: None).start()


def attempt(number: int) -> tuple[int, bool]:
    """Make one change; return its number and whether it is caught."""
    return number, caught(*TRIES[number])


def results() -> Iterator[tuple[Change, list[Json], bool]]:
    """Make all changes, on all processors; give each with its cases and whether it is caught."""
    with multiprocessing.get_context("fork").Pool(os.cpu_count(), prepare) as pool:
        for number, is_caught in pool.imap_unordered(attempt, range(len(TRIES)), chunksize=4):
            yield *TRIES[number], is_caught


def main() -> int:
    """Change, run, count."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sample", type=int, default=0, help="number of changes to try (default: all)")
    parser.add_argument("--least", type=float, default=97.0, help="share not listed, in percent (default: 97)")
    parser.add_argument("words", nargs="*")
    args = parser.parse_args()
    start = time.monotonic()
    known = listed()
    TRIES[:] = tries(tuple(args.words))
    share = 100 * sum(change.name not in known for change, _ in TRIES) / max(1, len(TRIES))
    print(f"{len(TRIES)} changes, {share:.1f} % to be caught: the others are listed in {UNCAUGHT.name}")
    if args.sample:
        TRIES[:] = random.Random(0).sample(TRIES, min(args.sample, len(TRIES)))
    wrong = 0
    for change, some, is_caught in results():
        if is_caught == (change.name in known):
            wrong += 1
            print(
                f"{change.name}: " + ("caught, but listed" if is_caught else "not caught" + " (no case)" * (not some))
            )
    print(f"{len(TRIES)} tried, {wrong} wrong; {time.monotonic() - start:.0f} s")
    return int(share < args.least or wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
