"""Optional details: requests that supplement an answer, whose failure does not fail the command.

A service may allow such requests to administrators alone, or lack them, while the resource itself is known: its
access list, its export locations, the names of what it refers to.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from ..errors import OstkError

if TYPE_CHECKING:
    from .cloud import Cloud

S = TypeVar("S")
T = TypeVar("T")
D = TypeVar("D")


def optional(request: Callable[[], T], default: D, what: str = "") -> T | D:
    """Return the result of `request`, or `default` if the service refuses or cannot answer.

    `what` names the details in a warning on standard error ("the access list of flavor f1"); "" for no warning.
    """
    found, error = _attempt(request, default)
    _warn(error, what)
    return found


def optional_each(
    cloud: Cloud, request: Callable[[S], T], items: Sequence[S], default: Callable[[S], D], what: str = ""
) -> list[T | D]:
    """Return the result of `request` for each item, requested concurrently; `default` of those that fail.

    There is one warning for all of them.
    """
    outcomes = cloud.map_concurrent(lambda one: _attempt(lambda: request(one), default(one)), items)
    _warn(next((error for _, error in outcomes if error), None), what)
    return [found for found, _ in outcomes]


def with_optional(
    cloud: Cloud, main: Callable[[], S], request: Callable[[], T], default: D, what: str = ""
) -> tuple[S, T | D]:
    """Return the results of `main` and `request`, requested concurrently; only `main` may fail."""
    result, (found, error) = cloud.gather(main, lambda: _attempt(request, default))
    _warn(error, what)
    return result, found


def _attempt(request: Callable[[], T], default: D) -> tuple[T | D, OstkError | None]:
    """Return the result of `request` and None, or `default` and the error."""
    try:
        return request(), None
    except OstkError as error:
        return default, error


def _warn(error: OstkError | None, what: str) -> None:
    """Write on standard error which details are missing and why."""
    if error and what:
        OstkError(f"Could not get {what}: {error.message}").show()
