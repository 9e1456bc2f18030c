"""Fill what services leave empty in recorded answers, where both clients print the filled field in the same way.

A service gives null for many fields, and a null hides under which key ostk looks for it. For each change of a column
that no case catches (tests/mutate.py), values are put in the place of the null until a case catches it; the reference
client runs on the filled answers as on the recorded ones.
"""

from __future__ import annotations

import copy
import json
import shlex
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ostk.language.column import Column
from tests import mutate
from tests.record import ReplayTape, formats_of, in_order, offline, write
from tests.replay import RECORDED, Json, lines, session_exchanges
from tests.test_recorded import printed

FORMATS = ("table", "json")
QUICK = ("json",)  # while a fill is looked for
MOST_VALUES = 5  # that are tried for a field
MOST_BASES = 3  # recorded cases of a command that are filled
LONGEST = 400  # characters of a value that is taken from another recording
EMPTY: tuple[Any, ...] = (None, "", [], {})
Fill = dict[str, Any]  # key of a column → value


def values_of(data: Any, found: dict[str, list[Any]]) -> None:
    """Collect the values of each key that recorded answers have somewhere."""
    if isinstance(data, list):
        for one in data:
            values_of(one, found)
    elif isinstance(data, dict):
        for key, value in data.items():
            known = found.setdefault(key, [])
            if value not in EMPTY and len(known) < 3 and len(json.dumps(value)) < LONGEST and value not in known:
                known.append(value)
            values_of(value, found)


def guesses(key: str, column: Column, known: dict[str, list[Any]]) -> list[Any]:
    """Return values that a field may have: those it has elsewhere, then those that fit its name and format."""
    name = key.rpartition(".")[2]
    text = f"{name} value"
    shaped = [[{"a": text, "b": "2"}], {"a": text}, {"a": [text]}, [text, "another"]]
    by_name: list[Any] = [text]
    if name.endswith(("_at", "_time", "date")) or name in ("created", "updated"):
        by_name = ["2026-01-02T03:04:05.000000", "2026-01-02T03:04:05Z"]
    elif name.startswith(("is_", "has_")) or name.endswith(("enabled", "_up")):
        by_name = [True, False]
    elif name.endswith(("id", "_by")):
        by_name = ["0000abcd-0000-4000-8000-000000000001", text]
    elif name.endswith(("count", "size", "total", "used", "limit", "progress", "mb", "number", "port")):
        by_name = [7]
    others = [text, 7, True, *shaped] if not column.format else [*shaped, 7, True, text]
    found = [*known.get(name, ()), *by_name] if not column.format else [*known.get(name, ()), *shaped, *by_name]
    return [one for number, one in enumerate([*found, *others]) if one not in [*found, *others][:number]]


def resources(data: Any) -> Iterator[Json]:
    """Give the objects of an answer that may be a resource: those in its lists, that of an envelope, or itself."""
    if isinstance(data, list):
        yield from (one for one in data if isinstance(one, dict))
    elif isinstance(data, dict):
        inner = [value for value in data.values() if isinstance(value, dict | list) and value]
        for value in inner:
            yield from resources(value) if isinstance(value, list) else [value]
        if len(data) > len(inner):
            yield data


def put(item: Json, key: str, value: Any, absent: bool) -> bool:
    """Put a value in the place of an empty one, or of none if `absent`; return whether it was done."""
    head, _, rest = key.partition(".")
    if rest and key not in item:
        return isinstance(item.get(head), dict) and put(item[head], rest, value, absent)
    if (key in item and item[key] in EMPTY) or (absent and key not in item):
        item[key] = copy.deepcopy(value)
        return True
    return False


def with_values(exchanges: list[Json], fill: Fill) -> list[Json]:
    """Return exchanges with values in the place of empty ones.

    A key that no answer has is put into the resources of the last answer.
    """
    done = copy.deepcopy(exchanges)
    bodies = [one["json"] for one in done if one["status"] < 300 and "json" in one]
    for key, value in fill.items():
        found = [put(item, key, value, False) for body in bodies for item in resources(body)]
        if not any(found) and bodies:
            for item in resources(bodies[-1]):
                put(item, key, value, True)
    return done


class Filler:
    """Adds cases with filled fields to the recordings."""

    def __init__(self, reference: str) -> None:
        self.reference = offline(reference)
        mutate.prepare()
        self.session = session_exchanges()
        self.known: dict[str, list[Any]] = {}
        for path in sorted(RECORDED.glob("*.json")):
            values_of(json.loads(path.read_text()), self.known)

    def fill(self, path: Path) -> int:
        """Add filled cases to a recording; return how many."""
        data = json.loads(path.read_text())
        by_command: dict[str, list[Json]] = {}
        for case in data["cases"]:
            by_command.setdefault(mutate.command_of_case(case), []).append(case)
        added = []
        for command, known in by_command.items():
            if formats_of(command) != ("",):
                added += self.fill_command(command, known)
        if added:
            write(path, {"cases": in_order([*data["cases"], *added])})
        return len(added)

    def fill_command(self, command: str, known: list[Json]) -> list[Json]:
        """Return cases that catch changes of a command's columns which the known ones do not."""
        changes = mutate.changes_of_command(command, mutate.COMMANDS[command])
        left = [change for change in changes if not mutate.caught(change, known)]
        added = []
        bases = sorted(
            (one for one in known if not one.get("filled")), key=lambda one: -len(one["reference"].get("json", ()))
        )
        for base in bases[:MOST_BASES]:
            done = self.fill_case(base, left) if left else None
            if done:
                before = len(left)
                left = [change for change in left if not mutate.caught(change, [done])]
                print(f"{done['line']}: {before - len(left)} caught, {len(left)} left", file=sys.stderr, flush=True)
                added.append(done)
        return added

    def fill_case(self, base: Json, changes: list[mutate.Change]) -> Json | None:
        """Return a case with filled answers that catches some changes and that both clients print alike."""
        accepted: Fill = {}
        columns = {change.record.key: change.record for change in changes if not change.record.value}
        candidates = {key: guesses(key, column, self.known)[:MOST_VALUES] for key, column in columns.items()}
        for turn in range(max(map(len, candidates.values()), default=0)):
            fill = {key: some[turn] for key, some in candidates.items() if turn < len(some)}
            for key in [key for key, value in fill.items() if not self.helps(base, {key: value}, changes)]:
                del fill[key]
            found = self.agreeing(base, fill, QUICK)
            accepted |= found
            candidates = {key: some for key, some in candidates.items() if key not in accepted}
        whole = self.agreeing(base, accepted, FORMATS)
        return self.attempt(base, whole) if whole else None

    def helps(self, base: Json, fill: Fill, changes: list[mutate.Change]) -> bool:
        """Return whether ostk prints something else under a change of the filled column, but for the recorded."""
        exchanges = with_values(base["exchanges"], fill)
        if exchanges == base["exchanges"]:
            return False
        own = [change for change in changes if change.record.key in fill]
        case = {**base, "exchanges": exchanges}
        for format in FORMATS:
            plain = printed(case, format)
            if plain.exit_code:
                return False
            for change in own:
                with change.made():
                    if printed(case, format).stdout != plain.stdout:
                        return True
        return False

    def agreeing(self, base: Json, fill: Fill, formats: Iterable[str]) -> Fill:
        """Return the largest part of a fill that both clients print alike, found by halving it."""
        if not fill or self.attempt(base, fill, formats):
            return fill
        keys = sorted(fill)
        if len(keys) == 1:
            return {}
        half = len(keys) // 2
        parts = [{key: fill[key] for key in some} for some in (keys[:half], keys[half:])]
        return self.agreeing(base, parts[0], formats) | self.agreeing(base, parts[1], formats)

    def attempt(self, base: Json, fill: Fill, formats: Iterable[str] = FORMATS) -> Json | None:
        """Return a case with filled answers, None if the clients do not print it alike."""
        exchanges = with_values(base["exchanges"], fill)
        case: Json = {"line": base["line"], "filled": True, "exchanges": exchanges, "reference": {}}
        if "source" in base:
            case["source"] = base["source"]
        known = base.get("differences", {})
        differing = {}
        for format in formats:
            self.reference.proxy.tape = ReplayTape([*exchanges, *self.session])
            answer = self.reference.run([*shlex.split(base["line"]), "-f", format])
            ours = printed(case, format)
            if answer["status"] or ours.exit_code:
                return None
            case["reference"][format] = theirs = lines(answer["output"])
            if theirs != lines(ours.stdout):
                before = base["reference"][format], known.get("ostk", {}).get(format)
                if before[1] is None or distance(theirs, lines(ours.stdout)) > distance(*before):
                    return None
                differing[format] = lines(ours.stdout)
        if differing:
            case["differences"] = {"reason": known["reason"], "ostk": differing}
        return case


def distance(one: Iterable[str], other: Iterable[str]) -> int:
    """Return the number of lines that one of two outputs has alone; the width of a table does not count."""
    plain = [{" ".join(line.replace("-", "").split()) for line in text} for text in (one, other)]
    return len(plain[0] ^ plain[1])
