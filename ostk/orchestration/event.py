"""Events of stacks."""

from typing import Any

import click

from ..api.orchestration import STACK_EVENT
from ..console import write_text
from ..errors import OstkError
from ..language import ALL_FIELDS_IN_API_ORDER, COUNT, Arg, Cloud, Column, Flag, Json, Noun, Opt, Value
from .events import EventLog, events_of, followed, write_log
from .stacks import JSON, LINKS, STACK_NAME, filters, get, locate, sort_keys, sort_rows

FOLLOW_SECONDS = 2.0
event = Noun(
    STACK_EVENT,
    "Show events of stacks: state changes of the stack and the resources.",
    columns=[
        "resource_name= id= resource_status= resource_status_reason= event_time= physical_resource_id=",
        Column("stack_name", "stack_name", given="nested_depth"),
        "logical_resource_id=",
    ],
    fields=["links resource_properties", ALL_FIELDS_IN_API_ORDER],
    formats={"links": LINKS, "resource_properties": JSON},
    in_order=True,
)


def validate(follow: bool, values: Json) -> None:
    """Reject --follow with a format other than log."""
    if follow and values["output_format"] != "log":
        raise OstkError("--follow requires --format log.")
    if values["resource"] and values["nested_depth"]:
        raise OstkError("--resource and --nested-depth exclude each other.")


@event.lister(
    "list",
    STACK_NAME,
    Value("--resource", "Filter by resource name."),
    filters("Filter by resource_name, resource_type, resource_status or resource_action."),
    Opt("--limit", "Maximum number of results.", type=COUNT),
    Opt("--marker", "Start after the event with this ID."),
    Opt("--nested-depth", "Maximum depth of nested stacks to include.", type=click.IntRange(0)),
    sort_keys("Sort key (default: event_time); :desc alone sorts by event_time, latest first.", nameless=True),
    Flag("--follow", "Print new events until interrupted."),
    default_format="log",
    writers={"log": write_log},
    validate=validate,
)
def list_events(cloud: Cloud, stack: str, body: Json, values: Json, follow: bool, sort: list[tuple[str, bool]]) -> Any:
    """List events of a stack, by default as lines of a log."""
    of_service = [key for key, _ in sort if key]
    order = {"sort_keys": of_service, "sort_dir": "desc" if sort and sort[0][1] else "asc"}
    query = {"resource": values["resource"] or "", **order, **body}
    found = locate(cloud, stack)
    if follow:
        return print_news(cloud, found, query)
    return sort_rows(events_of(cloud, found, **query), [(key or "event_time", descending) for key, descending in sort])


def print_news(cloud: Cloud, stack: Json, query: Json) -> None:
    """Print events as they come, until the command is interrupted."""
    log = EventLog()
    for events in followed(cloud, stack, **{"marker": "", **query}):
        for one in events:
            write_text(log.line(one))
        cloud.http.sleep(FOLLOW_SECONDS)


@event.shower(
    "show", STACK_NAME, Arg("resource", "Name of the resource of the event."), Arg("event", "ID of the event.")
)
def show(cloud: Cloud, stack: str, resource: str, event: str) -> Any:
    """Show an event of a stack."""
    return get(cloud, locate(cloud, stack), "resources", resource, "events", event)["event"]
