"""Faults on request: a share of the requests to a service answered badly, to test scripts and clients."""

from __future__ import annotations

import os
from dataclasses import dataclass

from .wire import Ask, Refusal

KINDS = {
    "unavailable": "Answered 503.",
    "busy": "Answered 429 with Retry-After.",
    "delay": "Answered late.",
    "cut": "Cut off half-way.",
    "expired": "Answered 401, as if the token had expired.",
}


@dataclass(frozen=True)
class Plan:
    """What shall happen to an answer that is otherwise right."""

    delay: float = 0.0
    cut: bool = False


NONE = Plan()


def pick(ask: Ask, service: str) -> Plan:
    """Which faults befall a request; those that take the place of the answer are raised."""
    delay, cut = 0.0, False
    for fault in ask.store.all("fault"):
        if fault["service"] not in ("all", service) or chance() >= fault["share"]:
            continue
        seconds = float(fault["seconds"])
        if fault["fault"] == "unavailable":
            raise Refusal(503, "The server is currently unavailable. Please try again at a later time.")
        if fault["fault"] == "busy":
            raise Refusal(429, "Too many requests.", headers={"Retry-After": str(int(seconds))})
        if fault["fault"] == "expired" and "/tokens" not in ask.path and ask.header("x-auth-token"):
            expire(ask)
        delay += seconds if fault["fault"] == "delay" else 0.0
        cut = cut or fault["fault"] == "cut"
    return Plan(delay, cut)


def expire(ask: Ask) -> None:
    """Answer as if the token had expired."""
    raise Refusal(401, "The request you have made requires authentication.")


def chance() -> float:
    """A number from 0 up to 1, all alike."""
    return int.from_bytes(os.urandom(6), "big") / (1 << 48)
