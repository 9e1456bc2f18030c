"""Files of OS_* variables: `ostk openrc check`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

import click

from ..errors import ConfigError, OstkError
from ..language import Arg, Branch, Column, Command, Json
from ..language.verbs import print_items
from ..render.format import Format
from ..render.options import LIST_OPTIONS, output_from
from ..session.cloud import Cloud

COLUMNS = (
    Column("line"),
    Column("name", "Variable"),
    Column("value", format=Format(lambda value: "<unset>" if value is None else value)),
)
UNREADABLE = "<cannot be read>"


def check(cloud: Cloud, params: Sequence[click.Parameter], values: Json) -> None:
    """Print what the file sets, and on standard error what may go wrong with it."""
    from ..session.openrc import read
    from ..session.traps import traps

    openrc = read(values["file"], os.environ)
    given = openrc.given
    rows = [
        {"line": given.lines[name], "name": name, "value": shown(name, value)}
        for name, value in sorted(given.values.items(), key=lambda pair: given.lines[pair[0]])
        if openrc.matters(name) and (value is not None or name in os.environ)
    ]
    print_items(COLUMNS, rows, output_from(values))
    for line, advice in traps(openrc, os.environ):
        OstkError(f"{openrc.place(line) if line else openrc.path}: {advice}").show()
    if refused := refusals(openrc):
        for error in refused[:-1]:
            error.show()
        raise refused[-1]


def shown(name: str, value: Any) -> str | None:
    """A value for people; None where the variable is unset."""
    from ..session.assigned import Question, known
    from ..session.openrc import hidden

    if value is None:
        return None
    if any(isinstance(part, Question) for part in value):
        return "<asked for>"
    told = known(value)
    return UNREADABLE if told is None else hidden(name, told)


def refusals(openrc: Any) -> list[ConfigError]:
    """The errors for the variables that cannot be read."""
    unreadable = [(name, openrc.unreadable(name)) for name in openrc.given.values if openrc.matters(name)]
    return [openrc.refusal(name, part) for name, part in unreadable if part]


openrc = Branch("openrc", "Look into openrc files, the files that set OS_* variables.")
openrc.add(
    "check",
    Command(
        "check",
        [Arg("file", metavar="FILE", local=True), LIST_OPTIONS],
        "Show what an openrc file sets, and warn of what goes wrong with it.",
        check,
    ),
)
