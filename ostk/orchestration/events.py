"""Events of stacks: as lines of a log, and as they come while a command waits."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from ..api.orchestration import STACK
from ..console import write_message, write_state, write_text
from ..errors import HTTPNotFound, WaitError
from ..language import Cloud, Json
from .stacks import get, link, stack_name_of, without_outputs

QUIET_SECONDS = 4.0  # without events, after which the stack itself is requested
GONE = "DELETE_COMPLETE"


class EventLog:
    """Writes events as lines; it learns from them which resource each nested stack is."""

    def __init__(self) -> None:
        self.owners: dict[str, tuple[str, str]] = {}  # ID of a stack → the stack that it is in, and its name there

    def line(self, event: Json) -> str:
        """Return an event as a line."""
        at = str(event.get("event_time", "")).replace("T", " ")
        status, reason = event.get("resource_status", ""), event.get("resource_status_reason", "")
        return f"{at} {event.get('id', '')} [{self.name(event)}]: {status}  {reason}"

    def name(self, event: Json) -> str:
        """Return the name of the resource of an event, after those of the stacks that it is in."""
        name, stack, physical = (
            str(event.get("resource_name")),
            link(event, "stack").split("/")[-1],
            event.get("physical_resource_id"),
        )
        if not stack:
            return name
        if stack == physical:
            self.owners[stack] = (stack, name)
        elif physical and event.get("resource_status") == "CREATE_IN_PROGRESS":
            self.owners[physical] = (stack, name)
        return ".".join([*self.outer(stack), *([name] if name and stack != physical else [])])

    def outer(self, stack: str) -> list[str]:
        """Return the names of a stack and of those that it is in, the outermost first."""
        if stack not in self.owners:
            return []
        parent, name = self.owners[stack]
        if name in self.owners:  # the name of a nested stack says nothing: that of the resource does
            parent, name = self.owners[name]
            return [*self.outer(parent), name]
        return [name] if name else []


def events_of(cloud: Cloud, stack: Json, resource: str = "", **query: Any) -> list[Json]:
    """Return the events of a stack or of one of its resources, with the name of the stack of each."""
    parts = ("resources", resource, "events") if resource else ("events",)
    found = get(cloud, stack, *parts, **{key: value for key, value in query.items() if value})["events"]
    return [{**event, "stack_name": stack_name_of(event) or stack["stack_name"]} for event in found]


def write_log(events: Iterable[Json]) -> None:
    """Write events as lines on standard output; an empty line if there are none."""
    log = EventLog()
    write_text("\n".join(log.line(event) for event in events))


def last_event(cloud: Cloud, stack: Json) -> str:
    """Return the ID of the last event of a stack, "" if it has none."""
    found = events_of(cloud, stack, sort_dir="desc", limit=1)
    return str(found[0]["id"]) if found else ""


def followed(cloud: Cloud, stack: Json, marker: str, **query: Any) -> Iterator[list[Json]]:
    """Yield the events of a stack after the one with the ID `marker`, those that are new each time."""
    while True:
        found = events_of(cloud, stack, marker=marker, **query)
        marker = str(found[-1]["id"]) if found else marker
        yield found


class Progress:
    """The progress of an action on a stack: writes the events on standard error and finds the status at its end."""

    def __init__(self, cloud: Cloud, stack: Json, ends: Callable[[str], bool], marker: str) -> None:
        self.cloud, self.stack, self.ends = cloud, stack, ends
        self.log, self.news = EventLog(), followed(cloud, stack, marker, sort_dir="asc")
        self.heard = time.monotonic()

    def look(self) -> Json:
        """Write the events that are new, and return the stack with the status that is known of it."""
        try:
            events = next(self.news)
        except HTTPNotFound:  # a deleted stack, whose data Heat has purged
            return {**self.stack, STACK.status: GONE}
        if events:
            write_state("")
            write_message("\n".join(map(self.log.line, events)))
            self.heard = time.monotonic()
        own = [event for event in events if event.get("physical_resource_id") == self.stack["id"]]
        status = next((event["resource_status"] for event in own if self.ends(event["resource_status"])), "")
        if not status and time.monotonic() - self.heard > QUIET_SECONDS:
            self.heard = time.monotonic()
            try:
                status = without_outputs(self.cloud, self.stack)[STACK.status]
            except HTTPNotFound:
                status = GONE
        return {**self.stack, "name": self.stack["stack_name"], STACK.status: status}


@contextmanager
def awaited(cloud: Cloud, stack: Json, action: str, wait: bool, failed: str = "_FAILED") -> Iterator[None]:
    """Wait for an action on a stack that the block requests, if `wait` is true; for the rest see `wait_for`."""
    marker = last_event(cloud, stack) if wait else ""
    yield
    if wait:
        wait_for(cloud, stack, action, marker, failed=failed)


def wait_for(
    cloud: Cloud, stack: Json, action: str, marker: str = "", poll: float | None = None, failed: str = "_FAILED"
) -> None:
    """Wait until an action on a stack is complete; write the events on standard error as they come.

    Args:
        cloud: The cloud.
        stack: The stack, as it is known.
        action: CREATE, UPDATE, DELETE …; "" for any.
        marker: The ID of the last event before the action.
        poll: Seconds between two requests (default: growing from 0.5 to 5).
        failed: What the status at the end of an action that failed ends with.

    Raises:
        WaitError: The action failed.
        WaitTimeout: The time of --timeout is over.
    """
    words = (action, "ROLLBACK") if action in ("CREATE", "UPDATE") else (action,)
    ends = {f"{word}_{end}" for word in words for end in ("COMPLETE", "FAILED")}

    def reached(status: str) -> bool:
        return status in ends if action else status.endswith(("_COMPLETE", "_FAILED"))

    progress = Progress(cloud, stack, reached, marker)
    last = cloud.poll(
        progress.look, lambda now: reached(now[STACK.status]), noun=STACK.noun, status_key=STACK.status, interval=poll
    )
    status = last[STACK.status]
    if status.endswith(failed) or (action and not status.startswith(action)):
        raise WaitError(
            f"The stack {stack['stack_name']} is {status}.",
            f"The resources that failed are listed by: stack failures list {stack['stack_name']}",
        )
