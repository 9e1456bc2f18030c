"""Files of OS_* variables: `ostk openrc check`."""

from __future__ import annotations

import os
from typing import Any

from ..errors import ConfigError, OstkError
from ..language import Arg, Json, Noun, Resource
from ..language.view import print_items
from ..render.format import Format
from ..render.options import LIST_OPTIONS, output_from
from . import LOCAL_SERVICE

openrc = Noun(
    Resource(LOCAL_SERVICE, "openrc", ""),
    "Look into openrc files, the files that set OS_* variables.",
    columns=["line name=Variable value"],
    formats={"value": Format(lambda value: "<unset>" if value is None else value)},
)
UNREADABLE = "<cannot be read>"


@openrc.action("check", Arg("file", metavar="FILE", not_sent=True), LIST_OPTIONS)
def check(values: Json) -> None:
    """Show what an openrc file sets, and warn of what goes wrong with it."""
    from ..config.openrc.lint import traps
    from ..config.openrc.reader import read

    file = read(values["file"], os.environ)
    given = file.given
    rows = [
        {"line": given.lines[name], "name": name, "value": shown(name, value)}
        for name, value in sorted(given.values.items(), key=lambda pair: given.lines[pair[0]])
        if file.matters(name) and (value is not None or name in os.environ)
    ]
    print_items(openrc.columns, rows, output_from(values))
    for line, advice in traps(file, os.environ):
        OstkError(f"{file.place(line) if line else file.path}: {advice}").show()
    if refused := refusals(file):
        for error in refused[:-1]:
            error.show()
        raise refused[-1]


def shown(name: str, value: Any) -> str | None:
    """A value for people; None where the variable is unset."""
    from ..config.openrc.reader import hidden
    from ..config.openrc.values import Question, known

    if value is None:
        return None
    if any(isinstance(part, Question) for part in value):
        return "<asked for>"
    told = known(value)
    return UNREADABLE if told is None else hidden(name, told)


def refusals(file: Any) -> list[ConfigError]:
    """The errors for the variables that cannot be read."""
    unreadable = [(name, file.unreadable(name)) for name in file.given.values if file.matters(name)]
    return [file.refusal(name, part) for name, part in unreadable if part]
