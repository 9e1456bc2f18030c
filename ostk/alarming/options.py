"""Options and look-ups that the nouns of the Alarming service share."""

from __future__ import annotations

import json
from typing import Any

import click

from ..api.alarming import ALARM, AODH
from ..errors import OstkError
from ..language import LIMIT, MARKER, Arg, Json, Opt
from ..session.cloud import Cloud
from ..session.error_hints import ambiguous_error
from ..text import parse_boolean

STATES = ("ok", "alarm", "insufficient data")
ALARM_NAME = Arg("alarm", "Alarm (name or ID).", names=ALARM, required=False, metavar="ALARM", not_sent=True)
NAME = Opt("--name", "Alarm, by name only.", names=ALARM, not_sent=True)
PAGING = [LIMIT, MARKER, Opt("--sort", "Sort by attribute: ATTRIBUTE:DIRECTION, e.g. name:asc.", multiple=True)]


class Boolean(click.ParamType[bool]):
    """The type of a boolean in any usual spelling."""

    name = "true|false"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> bool:
        """Return the boolean."""
        found = parse_boolean(value)
        if found is None:
            self.fail(f"{value!r} is neither true nor false.", param, ctx)
        return found


def validate_named(alarm: str | None, name: str | None) -> None:
    """Reject a command line that names no alarm, or one twice."""
    if alarm is None and name is None:
        raise OstkError("No alarm is named.", "Give the name or ID of an alarm, or --name.")
    if alarm is not None and name is not None:
        raise OstkError("Give either the name or ID of an alarm, or --name.")


def get_alarm(cloud: Cloud, alarm: str | None, name: str | None = None) -> Json:
    """Return the alarm with this name or ID, or with the name of --name.

    Administrators find alarms of all projects, others those of their project.

    Raises:
        ResourceNotFound: There is no such alarm.
        AmbiguousError: Several alarms have this name; names are not unique.
    """
    if alarm is not None and cloud.like_id(ALARM, alarm) and (found := cloud.find_by_id(ALARM, alarm)):
        return found
    text = alarm if alarm is not None else name or ""
    with cloud.force_send():
        # MySQL compares names without regard to case.
        named = [one for one in query_alarms(cloud, {"=": {"name": text}}) if one["name"] == text]
    if len(named) > 1:
        raise ambiguous_error(ALARM, text, [one["alarm_id"] for one in named])
    if not named:
        raise cloud.not_found_error(ALARM, text)
    return named[0]


def query_alarms(cloud: Cloud, query: Json, path: str = "/query/alarms") -> list[Json]:
    """Return the alarms, or the changes of alarms, that a query finds."""
    content = {"filter": json.dumps(query)} if query else {}
    found: list[Json] = cloud.call(AODH, "POST", path, json=content, repeatable=True)
    return found
