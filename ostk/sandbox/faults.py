"""Injected faults: a share of the requests to a service fails, to test scripts and clients."""

import os

from .messages import ApiError, Request

KINDS = {
    "unavailable": "The service responds 503.",
    "busy": "The service responds 429 with Retry-After.",
    "delay": "The response is delayed.",
    "cut": "The connection is closed in the middle of the response.",
    "expired": "The service responds 401, as for an expired token.",
}
ERRORS = {
    "unavailable": (503, "The server is currently unavailable. Please try again at a later time."),
    "busy": (429, "Too many requests."),
    "expired": (401, "The request you have made requires authentication."),
}


def apply_faults(request: Request, service: str) -> tuple[float, bool]:
    """Raise an injected error, or return the delay in seconds and whether to truncate the response."""
    own = [x for x in request.store.all("fault") if x["service"] in ("all", service)]
    found = [x for x in own if int.from_bytes(os.urandom(6), "big") < x["share"] * (1 << 48)]
    has_token = "/tokens" not in request.path and request.header("X-Auth-Token")
    for x in found:
        if x["fault"] in ERRORS and (has_token or x["fault"] != "expired"):
            wait = {"Retry-After": str(int(x["seconds"]))} if x["fault"] == "busy" else {}
            raise ApiError(*ERRORS[x["fault"]], headers=wait)
    return sum(x["seconds"] for x in found if x["fault"] == "delay"), any(x["fault"] == "cut" for x in found)
