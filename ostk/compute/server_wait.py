"""Actions on a server, and polling until they are complete."""

from typing import Any

from ..api.compute import SERVER, SERVER_EVENT
from ..errors import OstkError, WaitError
from ..language import Json, Noun, Opt, target
from ..session.cloud import Cloud, fault

TASK_STATE = "OS-EXT-STS:task_state"
CONFIRM, REVERT = "confirmResize", "revertResize"


def act_and_wait(cloud: Cloud, server_id: str, action: str, body: Any, wait: bool, *statuses: str) -> Json | None:
    """Send an action of a server; with `wait`, poll until the status is one of these and return the server.

    Raises:
        WaitError: The server reached another status.
    """
    cloud.act(SERVER, server_id, action, body)
    return wait_for_status(cloud, server_id, *statuses) if wait else None


def wait_for_status(cloud: Cloud, server_id: str, *statuses: str) -> Json:
    """Poll a server until its status is one of these and no task is in progress; return the server.

    Raises:
        WaitError: The server is in ERROR, or idle in another status; the message holds the reason if Nova gives one.
    """
    idle_polls = 0

    def reached(current: Json) -> bool:
        nonlocal idle_polls
        task = current.get(TASK_STATE)
        if current.get("status") in statuses and not task:
            return True
        # Nova sets the task state before it answers an action, so a server without one is idle. It is polled a
        # second time, because the task state is null for a short time between two tasks.
        idle_polls = 0 if task or TASK_STATE not in current else idle_polls + 1
        if idle_polls > 1 or (current.get("status") == "ERROR" and not task):
            reason = fault(current) or failure_reason(cloud, server_id)
            name = current.get("name") or server_id
            raise WaitError(f"The server {name} is {current.get('status')}{reason and f': {reason}'}.")
        return False

    return cloud.poll(lambda: cloud.fetch(SERVER, server_id), reached, noun="server")


def add_finish_action(noun: Noun, verb: str, action: str, help: str, *options: Opt) -> None:
    """Add a command that confirms or reverts the resize or migration of a server."""
    add = noun.action(verb, target(SERVER), *options, help=help)
    add(lambda cloud, server, values: finish_resize(cloud, server, action, values.get("wait", False)))


def finish_resize(cloud: Cloud, server_id: str, action: str, wait: bool) -> None:
    """Confirm or revert a resize or a cold migration: `action` is CONFIRM or REVERT."""
    cloud.act(SERVER, server_id, action)
    if wait:
        fetch = lambda: cloud.fetch(SERVER, server_id)  # noqa: E731
        cloud.poll(fetch, lambda current: current["status"] != "VERIFY_RESIZE", noun="server")
        wait_for_status(cloud, server_id, "ACTIVE", "SHUTOFF")


def failure_reason(cloud: Cloud, server_id: str) -> str:
    """Return why the last action of a server failed, "" if it did not fail or the reason is not visible.

    A server that could not be resized or migrated keeps its status and has no fault; Nova reports the failure only
    in GET /servers/ID/os-instance-actions.
    """
    events = SERVER_EVENT.under(server_id)
    try:
        query = {"limit": 1} if cloud.supports(SERVER.service, "2.58") else {}
        last: Json = next(cloud.pages(events, query), {})
        if not last.get("message"):
            return ""
        steps = cloud.fetch(events, last["request_id"]).get("events") or ()
    except OstkError:
        return ""
    details = [step["details"] for step in steps if step.get("result") == "Error" and step.get("details")]
    return str((details or [last["message"]])[0]).rstrip(". \n")
