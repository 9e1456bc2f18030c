"""Change every column key, title and format and every response key once, and count what the recordings catch.

usage: python tests/mutate.py [--sample N] [--least PERCENT] [WORD ...]     (the commands that begin with a WORD)

A change is caught when a recorded case of the command no longer prints what it did. Prints each change that nothing
catches, then the share that is caught; exits 1 if it is below PERCENT (default: 97).
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).parents[1])  # in the place of tests/, where the package http is another

import respx

from ostk.api.resource import Resource
from ostk.language.column import Column
from ostk.language.view import header
from ostk.record import replace
from tests.replay import RECORDED, Json, load
from tests.resources import all_resources
from tests.test_promises import every
from tests.test_recorded import ENVIRONMENT, expected, printed

Change = tuple[str, Callable[[], Any]]  # what is changed, and the context in which it is


def cases() -> dict[str, list[Json]]:
    """Return the recorded cases of each command."""
    found: dict[str, list[Json]] = {}
    words = sorted(every(), key=len, reverse=True)
    for path in RECORDED.glob("*.json"):
        for case in load(path).get("cases", []):
            command = next(w for w in words if f"{case['line']} ".startswith(f"{w} "))
            found.setdefault(command, []).append(case)
    return found


@contextmanager
def with_value(holder: Any, name: str, value: Any) -> Iterator[None]:
    """Set an attribute, of an immutable record too, and set it back."""
    before = getattr(holder, name)
    object.__setattr__(holder, name, value)
    try:
        yield
    finally:
        object.__setattr__(holder, name, before)


def changed(column: Column) -> Iterator[tuple[str, Column]]:
    """Give the columns that differ in one respect, and in which."""
    if column.key in ("*", "="):
        return
    if column.value is None:
        yield "key", replace(column, key=f"{column.key}_changed", title=column.title or column.key)
    else:
        yield "value", replace(column, value=lambda item: "changed")
    yield "title", replace(column, title="Changed")
    if column.format:
        yield "format", replace(column, format=None)


def columns_of(command: Any) -> Iterator[Change]:
    """Give the changes of the columns of a command."""
    run = command.run
    holder = getattr(run, "run", run)
    for name in ("columns", "fields"):
        known = list(getattr(holder, name, None) or ())
        for at, column in enumerate(known):
            for respect, other in changed(column):
                if name == "columns" and respect == "key":
                    other = replace(other, title=header(column))
                new = [*known[:at], other, *known[at + 1 :]]
                yield f"{respect} of {column.key}", partial(with_value, holder, name, new)


def keys_of(resource: Resource) -> Iterator[Change]:
    """Give the changes of the keys under which answers hold a resource and a list of them."""
    yield f"plural of {resource.noun}", lambda: with_value(resource, "plural", "changed")
    if resource.service.wrapped:
        one = resource.key
        yield f"key of {resource.noun}", lambda: with_value(resource, "key", f"{one}_changed")


def caught(change: Callable[[], Any], known: list[Json]) -> bool:
    """Return whether a case prints something else under a change."""
    with change():
        for case in known:
            for format in case["reference"]:
                result = printed(case, format)
                if result.exit_code or result.stdout != expected(case, format):
                    return True
    return False


def main() -> int:
    """Change, run, count."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sample", type=int, default=0, help="number of changes to try (default: all)")
    parser.add_argument("--least", type=float, default=97.0, help="share that must be caught, in percent (default: 97)")
    parser.add_argument("words", nargs="*")
    args = parser.parse_args()
    os.environ.update(ENVIRONMENT, HOME=tempfile.mkdtemp())
    os.chdir(Path(__file__).parent / "cloud" / "scenarios" / "files")
    known = cases()
    tries: list[tuple[str, Callable[[], Any], list[Json]]] = []
    for words, command in every().items():
        if not args.words or words.startswith(tuple(args.words)):
            tries += [(f"{words}: {what}", change, known.get(words, [])) for what, change in columns_of(command)]
    for resource in all_resources():
        if not args.words or resource.noun.startswith(tuple(args.words)):
            own = [case for words, some in known.items() if words.startswith(resource.noun) for case in some]
            tries += [(what, change, own) for what, change in keys_of(resource)]
    if args.sample:
        tries = random.Random(0).sample(tries, min(args.sample, len(tries)))
    survivors = []
    with respx.mock(assert_all_called=False, using="httpx"), patch("ostk.http.client.Http.sleep"):
        for what, change, some in tries:
            if not caught(change, some):
                survivors.append(what)
                print(what + ("" if some else " (no case)"), flush=True)
    share = 100 * (1 - len(survivors) / max(1, len(tries)))
    print(f"{len(tries)} changes, {len(tries) - len(survivors)} caught ({share:.1f} %)")
    return int(share < args.least)


if __name__ == "__main__":
    sys.exit(main())
