"""In-process services: addresses whose requests are answered by a function, not over the network."""

from collections.abc import Callable
from typing import Any

Handler = Callable[[Any, Any], Any]
"""Gets an httpx.Request and the module httpx; returns the httpx.Response."""

HANDLERS: dict[str, Handler] = {}


def register(url_prefix: str, handler: Handler) -> None:
    """Answer the requests to an address, such as http://sandbox.invalid, with a function."""
    HANDLERS[url_prefix] = handler


def in_process(url: str) -> bool:
    """Return whether a URL belongs to an in-process service."""
    return url.startswith(tuple(HANDLERS))
