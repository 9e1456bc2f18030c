"""What two outputs of a command differ in: the columns, with both values, and the field that the answers lack."""

from __future__ import annotations

import csv
import json
import re
import shlex
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

import yaml

from ostk.language.column import Column
from ostk.language.view import header

from .record import command_of
from .replay import Json
from .test_promises import every

Row = dict[str, Any]
SHOWN = 60  # characters of a value in a message


def differences(case: Json, format: str, recorded: str, printed: str) -> list[str]:
    """Return what differs in the output of a recorded line, nothing where the texts are the same.

    Args:
        case: The line and the exchanges that it was run on.
        format: The output format, "" for a command without one.
        recorded: The output as it is to be.
        printed: The output as it is.

    Returns:
        A sentence for each column, such as "flavor list -f json: column VCPUs: recorded 1, printed null; no answer
        has the field vcpus"; for each line, where the output has no columns.

    """
    if recorded == printed:
        return []
    command = f"{case['line']} -f {format}" if format else case["line"]
    before, after = rows(format, recorded), rows(format, printed)
    found: dict[str, str] = {}
    for old, new in zip_longest(before, after):
        if old is None or new is None:
            found.setdefault("", f"recorded {len(before)} rows, printed {len(after)}")
            break
        for title in {**old, **new}:
            if title not in found and ((title in old) != (title in new) or old.get(title) != new.get(title)):
                what = f"column {title}: recorded {told(old, title)}, printed {told(new, title)}"
                found[title] = what + missing(case, title)
    return [f"{command}: {what}" for what in found.values() or lines(recorded, printed)]


def columns_of(command: str) -> list[Column]:
    """Return the columns of a list, or the fields of a resource, that a command prints."""
    run = getattr(every()[command], "run", None)
    holder = getattr(run, "run", run)
    return [*(getattr(holder, "columns", None) or ()), *(getattr(holder, "fields", None) or ())]


def rows(format: str, text: str) -> list[Row]:
    """Return the rows of an output by title; none for a format without titles or an output that is none of them."""
    try:
        if format in ("json", "yaml"):
            data = json.loads(text) if format == "json" else yaml.safe_load(text)
            many = data if isinstance(data, list) else [data]
            return [row for row in many if isinstance(row, dict)]
        if format == "csv":
            return [dict(row) for row in csv.DictReader(text.splitlines())]
    except (ValueError, yaml.YAMLError):
        return []
    if format == "shell":
        return [dict(line.split("=", 1) for line in text.splitlines() if "=" in line)]
    return table(text) if format == "table" else []


def table(text: str) -> list[Row]:
    """Return the rows of a table; one row of the fields and values of a resource."""
    cells = [[cell.strip() for cell in re.split(r" \| ", line[2:-2])] for line in text.splitlines() if line[:1] == "|"]
    if not cells or any(len(line) != len(cells[0]) for line in cells):
        return []
    titles, *values = cells
    return [dict(values)] if titles == ["Field", "Value"] else [dict(zip(titles, line, strict=True)) for line in values]


def told(row: Row, title: str) -> str:
    """Return the value of a column as a message tells it."""
    if title not in row:
        return "nothing"
    text = row[title] if isinstance(row[title], str) and row[title] else json.dumps(row[title], default=str)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def missing(case: Json, title: str) -> str:
    """Return, as a part of a message, which field of a column none of the answers has."""
    columns = [column for column in columns_of(command_of(shlex.split(case["line"]))) if column.value is None]
    keys = [column.key for column in columns if title in (column.title or column.key, header(column))]
    answered = set(fields([exchange.get("json") for exchange in case["exchanges"]]))
    lacking = [part for key in keys[:1] if key not in answered for part in key.split(".") if part not in answered]
    return f"; no answer has the field {lacking[0]}" if lacking else ""


def fields(data: Any) -> Iterator[str]:
    """Give the names of all fields in an answer, however deep."""
    inside = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    if isinstance(data, dict):
        yield from data
    for one in inside:
        yield from fields(one)


def lines(recorded: str, printed: str) -> list[str]:
    """Return the first line that differs."""
    pairs = enumerate(zip_longest(recorded.split("\n"), printed.split("\n")), 1)
    return [f"line {n}: recorded {old!r}, printed {new!r}" for n, (old, new) in pairs if old != new][:1]
