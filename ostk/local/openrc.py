"""openrc files: `ostk openrc check`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from ..errors import OstkError
from ..language import Arg, Json, Noun, Resource
from ..language.view import print_items
from ..redaction import is_secret_setting, redact_url
from ..render.format import Format
from ..render.options import LIST_OPTIONS, output_from
from . import LOCAL_SERVICE

if TYPE_CHECKING:
    from ..config.openrc.values import ShellValue

openrc = Noun(
    Resource(LOCAL_SERVICE, "openrc", ""),
    "Manage openrc files, which set OS_* variables.",
    columns=["line name=Variable value"],
    formats={"value": Format(lambda value: "<unset>" if value is None else value)},
)


@openrc.action("check", Arg("file", "Path of the openrc file.", metavar="FILE", not_sent=True), LIST_OPTIONS)
def check(values: Json) -> None:
    """List the variables that an openrc file sets, and warn of common mistakes."""
    from ..config.openrc.lint import lint
    from ..config.openrc.reader import read_file

    file = read_file(values["file"], os.environ)
    changes = file.changes
    rows = [
        {"line": changes.lines[name], "name": name, "value": display_value(name, value)}
        for name, value in sorted(changes.values.items(), key=lambda pair: changes.lines[pair[0]])
        if file.is_relevant(name) and (value is not None or name in os.environ)
    ]
    print_items(openrc.columns, rows, output_from(values))
    for line, advice in lint(file, os.environ):
        OstkError(f"{file.location(line) if line else file.path}: {advice}").show()
    found = [file.unreadable_error(name) for name in changes.values if file.is_relevant(name)]
    if errors := [error for error in found if error]:
        for error in errors[:-1]:
            error.show()
        raise errors[-1]


def display_value(name: str, value: ShellValue | None) -> str | None:
    """Return the value of a variable as it is shown, without secrets; None where the variable is unset."""
    from ..config.openrc.values import Prompt, as_text
    from ..config.prompts import OPTIONS

    if value is None:
        return None
    if any(isinstance(part, Prompt) for part in value):
        return "<asked for>"
    text, option = as_text(value), OPTIONS.get(name)
    if text is None:
        return "<cannot be read>"
    if is_secret_setting(option.setting if option else name.removeprefix("OS_")):
        return "<redacted>"
    return redact_url(text, "<redacted>@")
