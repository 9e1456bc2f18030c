"""What is done to a server, and waiting for it."""

from __future__ import annotations

from typing import Any

from ..api.compute import SERVER, SERVER_EVENT
from ..errors import OstkError, WaitError
from ..language import Json, Noun, Opt, target
from ..session.cloud import Cloud, fault

TASK = "OS-EXT-STS:task_state"
CONFIRM, REVERT = "confirmResize", "revertResize"


def act(cloud: Cloud, id: str, action: str, body: Any, wait: bool, *until: str) -> Json | None:
    """Have a server do something; as it is afterwards, if it is to `wait` until its status is one of these."""
    cloud.act(SERVER, id, action, body)
    return settle(cloud, id, *until) if wait else None


def settle(cloud: Cloud, id: str, *until: str) -> Json:
    """Ask for a server until its status is one of these, and return it as it is then.

    WaitError when it comes to rest in ERROR, or in another status: both times with the reason.
    """
    rests = 0

    def reached(now: Json) -> bool:
        nonlocal rests
        busy = now.get(TASK)
        if now.get("status") in until and not busy:
            return True
        # Nova names the task before it answers an action, so that a server without one has come to rest;
        # asked twice, for between two tasks there may be a moment without.
        rests = 0 if busy or TASK not in now else rests + 1
        if rests > 1 or (now.get("status") == "ERROR" and not busy):
            because = fault(now) or failure(cloud, id)
            raise WaitError(f"The server {now.get('name') or id} is {now.get('status')}{because and f': {because}'}.")
        return False

    return cloud.poll(lambda: cloud.fetch(SERVER, id), reached)


def ending(noun: Noun, verb: str, action: str, help: str, *options: Opt) -> None:
    """Add a verb that ends a move of a server, which it confirms or reverts."""
    add = noun.action(verb, target(SERVER), *options, help=help)
    add(lambda cloud, server, values: finish(cloud, server, action, values.get("wait", False)))


def finish(cloud: Cloud, id: str, action: str, wait: bool) -> None:
    """Confirm or revert."""
    cloud.act(SERVER, id, action)
    if wait:
        cloud.poll(lambda: cloud.fetch(SERVER, id), lambda now: now["status"] != "VERIFY_RESIZE")
        settle(cloud, id, "ACTIVE", "SHUTOFF")


def failure(cloud: Cloud, id: str) -> str:
    """Why what was done to a server last failed, "" if it did not.

    A server that could not be moved is as it was before; Nova tells of the failure among its events alone.
    """
    events = SERVER_EVENT.under(id)
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
