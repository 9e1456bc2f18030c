"""What is changed of many of the things that Manila keeps: their names, descriptions and states."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..errors import OstkError
from ..language import DESCRIPTION, NAME, NULL, Json, Opt

NEW = [Opt("--name", "Its name."), DESCRIPTION]
CHANGED = [NAME, DESCRIPTION]
# What the oldest things call their names and descriptions when these are changed.
DISPLAYED = [
    Opt("--name", "Its new name.", key="display_name"),
    Opt("--description", "What it is for.", key="display_description"),
]
STATES = "available error creating deleting error_deleting"


def emptied(prefix: str = "", value: Any = NULL) -> list[Opt]:
    """The options that take a name or a description away: fields that begin so."""
    return [
        Opt("--name", "Take its name away.", key=f"{prefix}name", value=value),
        Opt("--description", "Take its description away.", key=f"{prefix}description", value=value),
    ]


def by_hand(states: str = STATES) -> Opt:
    """The option for the state that something is in, whatever it was in before."""
    return Opt("--status", "State to set it to by hand.", choices=states, key="status", action="reset_status")


def something(message: str, hint: str, *names: str) -> Callable[[Json], None]:
    """What refuses a command none of whose options, by their parameters' names, says what to do."""

    def validate(values: Json) -> None:
        if all(values[name] in (None, False, ()) for name in names):
            raise OstkError(message, hint)

    return validate
