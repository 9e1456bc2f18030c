"""The practice cloud as a WSGI application: from a request to the service and back."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

from . import faults
from .engine import Manner, handler_for
from .store import opened
from .wire import Answer, Ask, Cut, Refusal, send

# The first word of a path → the module of the service that is there, imported when it is first asked.
SERVICES = {
    "identity": "identity",
    "compute": "compute",
    "image": "image",
    "network": "network",
    "volume": "volume",
    "object-store": "objects",
}


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer one request."""
    word = environ.get("PATH_INFO", "").strip("/").split("/")[0]
    if word not in SERVICES:
        return send(Answer("There is no such service here.\n", 404), start_response)
    manner: Manner = import_module(f".{SERVICES[word]}", __package__).MANNER
    # A default security group is made when it is first looked at.
    writes = environ["REQUEST_METHOD"] not in ("GET", "HEAD") or "security-groups" in environ["PATH_INFO"]
    plan = faults.NONE
    with opened(writes) as store:
        ask = Ask(environ, store)
        savepoint = "SAVEPOINT request" if writes else "SELECT 1"
        store.connection.execute(savepoint)
        try:
            plan = faults.pick(ask, word)
            answer = answered(ask, manner)
        except (Refusal, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            # The behaviours take a body as it should be; what is not so fails somewhere in them.
            refusal = error if isinstance(error, Refusal) else Refusal(400, f"Malformed request: {error!r}")
            if writes:
                store.connection.execute("ROLLBACK TO request")
            answer = manner.fault(ask, refusal)
            answer.status = refusal.status
            answer.headers.update(refusal.headers)
    manner.sign(ask, answer)
    if plan.delay:
        time.sleep(plan.delay)
    if plan.cut:
        return cut_off(answer, environ, start_response)
    return send(answer, start_response, ask.method == "HEAD")


def answered(ask: Ask, manner: Manner) -> Answer:
    """What the service answers."""
    found = manner.public(ask)
    if found is None:
        from .tokens import recognise

        recognise(ask)
        negotiate(ask, manner)
        found = handler_for(ask, manner)(ask)
    if isinstance(found, Answer):
        return found
    return Answer(found, 200 if found is not None else 204)


def negotiate(ask: Ask, manner: Manner) -> None:
    """The microversion that the request asks for; 406 for one that there is not."""
    name, major, newest = manner.microversions
    if not name:
        return
    match = re.search(rf"\b{name} (\d+\.\d+|latest)", ask.header("OpenStack-API-Version"))
    text = match[1] if match else ask.header("X-OpenStack-Nova-API-Version") if name == "compute" else ""
    oldest = 1 if name == "compute" else 0
    if not text:
        ask.version = (major, oldest)
        return
    first, _, second = (f"{major}.{newest}" if text == "latest" else text).partition(".")
    if not first.isdigit() or int(first) != major or not oldest <= int(second or -1) <= newest:
        raise Refusal(
            406,
            f"Version {text} is not supported by the API. Minimum is {major}.{oldest} and maximum is {major}.{newest}.",
        )
    ask.version = (major, int(second))


def cut_off(answer: Answer, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Half of an answer."""
    whole = b"".join(send(answer, start_response))
    if "ostk.inside" in environ:
        raise Cut
    return [whole[: len(whole) // 2]]
