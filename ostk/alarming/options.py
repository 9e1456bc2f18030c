"""Options and look-ups that the nouns of the Alarming service share."""

import json

from ..api.alarming import ALARM, AODH
from ..errors import Forbidden, OstkError
from ..language import LIMIT, MARKER, Arg, Cloud, Json, Opt, Value
from ..search_query import parse_query
from ..session.error_hints import ambiguous_error

STATES = ("ok", "alarm", "insufficient data")
ALARM_NAME = Arg("alarm", "Alarm.", names=ALARM, required=False, metavar="ALARM")
NAME = Value("--name", "Name of the alarm; not looked up as an ID.")
PAGING = [LIMIT, MARKER, Opt("--sort...", "Sort by attribute: ATTRIBUTE:DIRECTION, e.g. name:asc.")]


def query_option(help: str) -> Opt:
    """Return the option --query, whose value is the JSON form of the query."""
    return Value("--query", help, type=parse_query, metavar="QUERY")


def validate_any(alarm: str | None, name: str | None) -> None:
    """Reject a command line that names no alarm."""
    if alarm is None and name is None:
        raise OstkError("No alarm is named.", "Give the name or ID of an alarm, or --name.")


def validate_named(alarm: str | None, name: str | None) -> None:
    """Reject a command line that names no alarm, or one twice."""
    validate_any(alarm, name)
    if alarm is not None and name is not None:
        raise OstkError("Give either the name or ID of an alarm, or --name.")


def get_alarm(cloud: Cloud, alarm: str | None, name: str | None = None) -> Json:
    """Return the alarm with this name or ID, or with the name of --name.

    Administrators find an alarm of another project if their project has none with this name.

    Raises:
        ResourceNotFound: There is no such alarm.
        AmbiguousError: Several alarms have this name; names are not unique.
    """
    if alarm is not None and cloud.like_id(ALARM, alarm) and (found := cloud.find_by_id(ALARM, alarm)):
        return found
    text = alarm if alarm is not None else name or ""
    if not text:  # an alarm may have an empty name; who gives none means another one
        raise OstkError("The name or ID of the alarm is empty.")
    with cloud.force_send():
        named = named_alarms(cloud, {"name": text}) or of_all_projects(cloud, text)
    if len(named) > 1:
        raise ambiguous_error(ALARM, text, [one["alarm_id"] for one in named])
    if not named:
        raise cloud.not_found_error(ALARM, text)
    return named[0]


def of_all_projects(cloud: Cloud, name: str) -> list[Json]:
    """Return the alarms of all projects with this name; those of one's own project alone where others are forbidden."""
    try:
        return named_alarms(cloud, {"name": name, "all_projects": "true"})
    except Forbidden:
        return []


def named_alarms(cloud: Cloud, filters: Json) -> list[Json]:
    """Return the alarms for which filters hold; MySQL compares names without regard to case."""
    return [one for one in cloud.pages(ALARM, filter_query(filters)) if one["name"] == filters["name"]]


def filter_query(filters: Json) -> Json:
    """Return the query of a list with filters."""
    return {"q.field": [*filters], "q.op": ["eq"] * len(filters), "q.value": [*filters.values()]} if filters else {}


def query_alarms(cloud: Cloud, query: Json, path: str = "/query/alarms") -> list[Json]:
    """Return the alarms, or the changes of alarms, that a query finds."""
    content = {"filter": json.dumps(query)} if query else {}
    found: list[Json] = cloud.call(AODH, "POST", path, json=content, repeatable=True)
    return found
