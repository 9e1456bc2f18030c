"""Waiting for what is being done to a server."""

from __future__ import annotations

from ..errors import OstkError, WaitError
from ..kinds import SERVER
from ..language import Json
from ..session.cloud import Cloud, quote

TASK = "OS-EXT-STS:task_state"


def settle(cloud: Cloud, id: str, *until: str) -> Json:
    """Ask for a server until its status is one of these, and return it as it is then.

    WaitError when it comes to rest in ERROR, or in another status: both times with its fault.
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
            fault = now.get("fault") or {}
            because = f": {str(fault['message']).rstrip('.')}" if fault.get("message") else ""
            raise WaitError(f"The server {now.get('name') or id} is {now.get('status')}{because}.")
        return False

    return cloud.poll(lambda: cloud.fetch(SERVER, id), reached)


def failure(cloud: Cloud, id: str) -> str:
    """Why what was done to a server last failed, "" if it did not.

    A server that could not be moved is as it was before; Nova tells of the failure among its events alone.
    """
    where = f"{SERVER.path}/{quote(id)}/os-instance-actions"
    try:
        query = {"limit": 1} if cloud.supports(SERVER.service, "2.58") else {}
        reply = cloud.call(SERVER.service, "GET", where, params=query, microversion="2.84")
        [last, *_] = reply["instanceActions"] or [{}]
        if not last.get("message"):
            return ""
        reply = cloud.call(SERVER.service, "GET", f"{where}/{quote(last['request_id'])}", microversion="2.84")
    except OstkError:
        return ""
    failed = (step for step in reply["instanceAction"].get("events") or () if step.get("result") == "Error")
    details = next((str(step["details"]) for step in failed if step.get("details")), "")
    return (details or str(last["message"])).rstrip(".")
