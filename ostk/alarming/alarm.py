"""Alarms: list, show and delete, and the numbers of their evaluations."""

import re

import click

from ..api.alarming import ALARM, ALARM_METRIC
from ..errors import OstkError
from ..language import ALL_FIELDS_IN_API_ORDER, Arg, Cloud, Column, Items, Json, Noun, Value, each, exclusive
from .options import ALARM_NAME, NAME, PAGING, filter_query, get_alarm, query_alarms, query_option, validate_named
from .rules import flattened

alarm = Noun(
    ALARM,
    "Manage alarms: actions that run when metrics or events meet a condition.",
    columns=["alarm_id= type= name= state= severity= enabled="],
    fields=[ALL_FIELDS_IN_API_ORDER],
    in_order=True,
)


def read_filters(texts: tuple[str, ...]) -> Json:
    """Return the filters of KEY=VALUE;KEY=VALUE: a semicolon begins another one if a key follows.

    Raises:
        click.UsageError: A text is no filter.
    """
    pairs = [part.partition("=") for text in texts for part in re.split(r";(?=\w+=)", text)]
    for key, equals, value in pairs:
        if not (key and equals):
            raise click.UsageError(f"--filter: {key + value!r} is not KEY=VALUE.")
    return {key: value for key, _, value in sorted(pairs)}


def validate_list(
    query: str | None, filters: tuple[str, ...], limit: int | None, marker: str | None, sort: object
) -> None:
    """Reject filters that cannot be read, and a query together with options for pages."""
    read_filters(filters)
    if query is not None and (limit or marker or sort):
        raise OstkError("--query excludes --limit, --marker and --sort.")


@alarm.lister(
    "list",
    exclusive(
        query_option("Search query, e.g. 'name=cpu-high and not state=ok', or JSON."),
        Value(
            "--filter filters...",
            "Filter by attribute, e.g. severity=low; all_projects=true lists all projects (admin only).",
            metavar="KEY=VALUE;…",
        ),
    ),
    PAGING,
    validate=validate_list,
)
def list_alarms(
    cloud: Cloud, body: Json, query: Json | None, filters: tuple[str, ...], limit: int | None
) -> Items | list[Json]:
    """List alarms."""
    if query is not None:
        return query_alarms(cloud, query)
    return cloud.pages(ALARM, {**filter_query(read_filters(filters)), **body}, limit=limit)


@alarm.shower("show", ALARM_NAME, NAME, validate=validate_named)
def show(cloud: Cloud, alarm: str | None, name: str | None) -> Json:
    """Show an alarm."""
    return flattened(get_alarm(cloud, alarm, name))


def validate_deleted(alarms: tuple[str, ...], name: str | None) -> None:
    """Reject a command line that names no alarm, or alarms in both ways."""
    validate_named(alarms[0] if alarms else None, name)


@alarm.action(
    "delete",
    Arg("alarms", "Alarms.", nargs=-1, required=False, names=ALARM, metavar="ALARM..."),
    NAME,
    validate=validate_deleted,
)
def delete(cloud: Cloud, alarms: tuple[str, ...], name: str | None) -> None:
    """Delete alarms."""

    def delete_one(text: str) -> None:
        found = get_alarm(cloud, None, name) if name is not None else get_alarm(cloud, text)
        cloud.delete(ALARM, found["alarm_id"])

    each(cloud, delete_one, alarms or (name or "",), "delete", ALARM.noun)


@alarm.lister("metrics", columns=[Column(key, key) for key in ("name", "labels", "value")])
def list_metrics(cloud: Cloud) -> list[Json]:
    """List evaluation metrics: how often each alarm was evaluated to each state."""
    found = cloud.send(ALARM_METRIC, "GET").get("evaluation_results", [])
    return [
        {"name": "evaluation_result", "labels": labels(one, state), "value": count}
        for one in found
        for state, count in one["state_counters"].items()
    ]


def labels(result: Json, state: str) -> str:
    """Return the labels of a number, in the form of Prometheus."""
    pairs = {"alarm_id": result["alarm_id"], "project_id": result["project_id"], "state": state}
    return ", ".join(f'{key}="{{{value}}}"' for key, value in pairs.items())
