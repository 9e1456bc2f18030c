"""Retries: which requests are sent again, and after how long."""

from __future__ import annotations

import re
import socket
import ssl
import time
from typing import TYPE_CHECKING

from .connection_errors import cause

if TYPE_CHECKING:
    import httpx

MAX_TRIES, MAX_WAIT = 3, 30.0
IDEMPOTENT = frozenset({"GET", "HEAD", "OPTIONS", "DELETE"})
NOT_SENT = frozenset({"ConnectError", "ConnectTimeout", "PoolTimeout", "ProxyError", "LocalProtocolError"})
BROKEN = frozenset({"NetworkError", "RemoteProtocolError"})


def class_names(error: Exception) -> set[str]:
    """Return the names of an error's class and of those above it: httpx is imported by imports.py alone."""
    return {one.__name__ for one in type(error).__mro__}


def is_write(request: httpx.Request) -> bool:
    """Return whether a request writes: any method but GET, HEAD and OPTIONS."""
    return request.method not in ("GET", "HEAD", "OPTIONS")


def may_have_arrived(error: Exception) -> bool:
    """Return whether the service may have received the request before the connection failed with this error."""
    return not class_names(error) & (NOT_SENT | {"UnsupportedProtocol"})


def is_retryable(error: Exception, repeatable: bool) -> bool:
    """Return whether to send a request again whose connection failed.

    Args:
        error: The exception of httpx.
        repeatable: Whether the request is idempotent.
    """
    names = class_names(error)
    if cause(error, ssl.SSLError) or names & {"TimeoutException", "UnsupportedProtocol"}:
        return False
    unknown = cause(error, socket.gaierror)
    if isinstance(unknown, socket.gaierror) and unknown.errno != socket.EAI_AGAIN:
        return False
    return "ConnectError" in names or (repeatable and bool(names & BROKEN))


def retry_delay(tries: int, asked: float | None) -> float:
    """Return the seconds to wait before the next try: what Retry-After `asked` for, otherwise exponential backoff.

    Random jitter keeps many clients from repeating their requests at the same moment.
    """
    from random import uniform

    return uniform(0.5, 1.0) * 2 ** (tries - 1) / 2 if asked is None else asked + uniform(0, 0.25)


def retry_after(header: str) -> float | None:
    """Return the seconds that a Retry-After header asks to wait, None where it is neither a number nor a date."""
    text = header.strip()
    if re.fullmatch(r"[0-9]+", text):
        return float(text[:9])
    from email.utils import parsedate_to_datetime

    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError, IndexError, AttributeError):
        return None
