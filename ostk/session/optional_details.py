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


def optional(ask: Callable[[], T], default: D, what: str = "") -> T | D:
    """Return what `ask` returns, or `default` if the service refuses or cannot answer.

    `what` names the details in a warning on standard error ("the access list of flavor f1"); "" for no warning.
    """
    found, error = attempt(ask, default)
    warn(error, what)
    return found


def optional_each(
    cloud: Cloud, ask: Callable[[S], T], items: Sequence[S], default: Callable[[S], D], what: str = ""
) -> list[T | D]:
    """Return what `ask` returns for each item, requested concurrently; `default` of those that fail.

    There is one warning for all of them.
    """
    outcomes = cloud.map_concurrent(lambda one: attempt(lambda: ask(one), default(one)), items)
    warn(next((error for _, error in outcomes if error), None), what)
    return [found for found, _ in outcomes]


def with_optional(
    cloud: Cloud, main: Callable[[], S], ask: Callable[[], T], default: D, what: str = ""
) -> tuple[S, T | D]:
    """Return what `main` and `ask` return, requested concurrently; only `main` may fail."""
    result, (found, error) = cloud.gather(main, lambda: attempt(ask, default))
    warn(error, what)
    return result, found


def attempt(ask: Callable[[], T], default: D) -> tuple[T | D, OstkError | None]:
    """Return what `ask` returns and None, or `default` and the error."""
    try:
        return ask(), None
    except OstkError as error:
        return default, error


def warn(error: OstkError | None, what: str) -> None:
    """Write on standard error which details are missing and why."""
    if error and what:
        OstkError(f"Could not get {what}: {error.message}").show()
