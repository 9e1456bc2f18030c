"""Requests that a service refuses while it carries out an earlier one: wait, and send them again."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from ..console import write_state
from ..errors import HTTPError, HTTPNotFound

if TYPE_CHECKING:
    from ..api.service import Service
    from .session import Session

R = TypeVar("R")
LONGEST = 300.0  # seconds for which a command waits, over all its requests, without --timeout
PAUSES = (0.5, 1.5, 3.0)  # seconds between two looks; the last one stays


def changing(service: Service, error: HTTPError) -> str:
    """Return the path of the resource that an earlier request is about, "" if the error says nothing of one."""
    if service.busy and error.status == service.busy.status:
        for pattern, path in service.busy.refusals:
            if found := re.search(pattern, error.message):
                return f"{path}/{found[1]}"
    return ""


def send_again(
    session: Session, service: Service, error: HTTPError, send: Callable[[], R], left: Callable[[], float]
) -> R:
    """Send a refused request again, each time the resource of an earlier request has got ready.

    Args:
        session: The session.
        service: The service.
        error: The refusal.
        send: The function that sends the request.
        left: The function that returns the seconds for which the command may still wait.

    Returns:
        What `send` returns.

    Raises:
        HTTPError: The refusal: it is none of this kind, the resource is in a status in which it will not accept
            requests, or the time is over.
    """
    busy = service.busy
    pauses, pause, sent = iter(PAUSES), PAUSES[-1], False
    while busy and (path := changing(service, error)):
        item = current(session, service, path)
        state = str(item.get(busy.key) or "")
        named = f"{path.rpartition('/')[2]} {busy.says} {state}"
        ready = not item or state in busy.until.split(" ")
        if not (ready or state.startswith(busy.meanwhile)):
            error.hint = f"{named}: it accepts no changes in this status."
            raise error
        if not ready or sent:
            seconds, pause = left(), next(pauses, pause)
            if seconds <= 0:
                error.hint = f"{named}. Run the command again later."
                raise error
            write_state(f"{named}…")
            session.http.sleep(min(pause, seconds))
            write_state("")
        if ready:
            sent = True
            try:
                return send()
            except HTTPError as again:
                error = again
    raise error


def current(session: Session, service: Service, path: str) -> dict[str, Any]:
    """Return a resource as it is now, {} if it is gone."""
    try:
        reply = session.call(service, "GET", path)
    except HTTPNotFound:
        return {}
    inner = next(iter(reply.values()), {}) if service.wrapped and len(reply) == 1 else reply
    return inner if isinstance(inner, dict) else {}
