"""Faults on request: a share of the requests to a service answered badly, to test scripts and clients."""

from __future__ import annotations

import os

from .messages import ApiError, Request

KINDS = {
    "unavailable": "Answered 503.",
    "busy": "Answered 429 with Retry-After.",
    "delay": "Answered late.",
    "cut": "Cut off half-way.",
    "expired": "Answered 401, as if the token had expired.",
}
REFUSALS = {
    "unavailable": (503, "The server is currently unavailable. Please try again at a later time."),
    "busy": (429, "Too many requests."),
    "expired": (401, "The request you have made requires authentication."),
}


def pick(request: Request, service: str) -> tuple[float, bool]:
    """How late an answer shall come, and whether it ends half-way; what takes its place is raised."""
    own = [x for x in request.store.all("fault") if x["service"] in ("all", service)]
    found = [x for x in own if int.from_bytes(os.urandom(6), "big") < x["share"] * (1 << 48)]
    signed = "/tokens" not in request.path and request.header("X-Auth-Token")
    for x in found:
        if x["fault"] in REFUSALS and (signed or x["fault"] != "expired"):
            wait = {"Retry-After": str(int(x["seconds"]))} if x["fault"] == "busy" else {}
            raise ApiError(*REFUSALS[x["fault"]], headers=wait)
    return sum(x["seconds"] for x in found if x["fault"] == "delay"), any(x["fault"] == "cut" for x in found)
