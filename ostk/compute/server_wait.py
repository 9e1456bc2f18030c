"""Waiting for what is being done to a server."""

from __future__ import annotations

from ..errors import WaitError
from ..kinds import SERVER
from ..language.kind import Json
from ..session.cloud import Cloud

TASK = "OS-EXT-STS:task_state"


def settle(cloud: Cloud, id: str, *until: str) -> Json:
    """Ask for a server until its status is one of these, and return it as it is then.

    WaitError when it goes into ERROR, or comes to rest in another status: both times with its fault.
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
        if rests > 1 or now.get("status") == "ERROR":
            fault = now.get("fault") or {}
            because = f": {str(fault['message']).rstrip('.')}" if fault.get("message") else ""
            raise WaitError(f"The server {now.get('name') or id} is {now.get('status')}{because}.")
        return False

    return cloud.poll(lambda: cloud.fetch(SERVER, id), reached)
