"""Hooks of stacks: resources at which Heat waits until a user continues."""

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from typing import Any

import click

from ..api.orchestration import HEAT, STACK, STACK_RESOURCE
from ..errors import OstkError
from ..language import Arg, Cloud, Column, Flag, Json, Noun, Opt, exclusive
from .events import events_of
from .stacks import STACK_NAME, get, locate, path_of

hook = Noun(
    STACK_RESOURCE,
    "Manage hooks of stacks: breakpoints at resources, where Heat waits until the hook is cleared.",
    columns=[
        "resource_name=Resource Name, id=ID, resource_status_reason=Resource Status Reason, "
        "resource_status=Resource Status, event_time=Event Time",
        Column("stack_name", "Stack Name", given="nested_depth"),
    ],
    in_order=True,
)
HOOKS = ("pre-create", "pre-update", "pre-delete")


def hook_of(stack: Json) -> str:
    """Return the hook at which a stack may wait, from the action that is going on.

    Raises:
        OstkError: No action that has hooks is going on.
    """
    action, _, state = stack[STACK.status].partition("_")
    found = f"pre-{action.lower()}"
    if state != "IN_PROGRESS" or found not in HOOKS:
        raise OstkError(f"The stack {stack['stack_name']} is {stack[STACK.status]}: no hook can be waiting.")
    return found


def waiting(events: Sequence[Json], hook: str) -> list[Json]:
    """Return the events of the hooks that are not cleared, since the action began."""
    action = hook.removeprefix("pre-").upper()
    starts = [at for at, one in enumerate(events) if one["resource_status_reason"] == f"Stack {action} started"]
    found: dict[tuple[str, str], Json] = {}
    for one in events[starts[-1] if starts else 0 :]:
        place = (one["stack_name"], one["resource_name"])
        if one["resource_status_reason"] == f"{action} paused until Hook {hook} is cleared":
            found[place] = one
        elif one["resource_status_reason"] == f"Hook {hook} is cleared":
            found.pop(place, None)
    return list(found.values())


@hook.lister(
    "poll", STACK_NAME, Opt("--nested-depth", "Maximum depth of nested stacks to include.", type=click.IntRange(0))
)
def poll(cloud: Cloud, stack: str, nested_depth: int | None) -> Any:
    """List the resources of a stack with pending hooks."""
    found = locate(cloud, stack)
    kind = hook_of(found)
    events = events_of(cloud, found, sort_dir="asc", nested_depth=nested_depth)
    return waiting(events, kind)


def matching(cloud: Cloud, stack: Json, names: Sequence[str]) -> Iterator[tuple[Json, str]]:
    """Yield the stack and the name of each resource that a path matches: patterns for nested stacks and a resource."""
    first, *rest = names
    for one in get(cloud, stack, "resources")["resources"]:
        if not fnmatchcase(one["resource_name"], first):
            continue
        if not rest:
            yield stack, one["resource_name"]
        elif one.get("physical_resource_id"):
            yield from matching(cloud, locate(cloud, one["physical_resource_id"]), rest)


@hook.action(
    "clear",
    STACK_NAME,
    Arg(
        "resource",
        "Resource with the hook: RESOURCE, or NESTED/RESOURCE in a nested stack, with * as a wildcard.",
        nargs=-1,
        required=True,
        metavar="RESOURCE...",
    ),
    exclusive(
        Flag("--pre-create", "Clear pre-create hooks."),
        Flag("--pre-update", "Clear pre-update hooks."),
        Flag("--pre-delete", "Clear pre-delete hooks."),
    ),
)
def clear(cloud: Cloud, stack: str, resource: Sequence[str], values: Json) -> None:
    """Clear hooks, so that Heat continues. By default, hooks of the current action are cleared."""
    found = locate(cloud, stack)
    kind = next((hook for hook in HOOKS if values[hook.replace("-", "_")]), "") or hook_of(found)
    for path in resource:
        matches = list(matching(cloud, found, [name for name in path.split("/") if name] or [""]))
        if not matches:
            raise OstkError(f"The stack {stack} has no resource {path!r}.")
        for one, name in matches:
            cloud.request(HEAT, "POST", path_of(one, "resources", name, "signal"), json={"unset_hook": kind})
