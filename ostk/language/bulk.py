"""Work on several resources: done concurrently, each failure reported by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ..errors import (
    AuthError,
    BadRequest,
    CatalogError,
    ConfigError,
    Conflict,
    Forbidden,
    HTTPNotFound,
    OstkError,
    PartialFailure,
    PartialTimeout,
    ResourceNotFound,
    WaitTimeout,
)

if TYPE_CHECKING:
    from ..session.cloud import Cloud

R = TypeVar("R")
COMMON_CAUSES = (AuthError, CatalogError, ConfigError)  # errors that concern all resources alike


def each(cloud: Cloud, work: Callable[[str], R], names: Sequence[str], verb: str, noun: str) -> list[R]:
    """Call a function for several resources concurrently, once for each name, and return the results in order.

    With --ignore-missing, a resource that is not found counts as done.

    Raises:
        PartialFailure: Calls failed; each error has been printed.
        OstkError: The only call failed, or all calls failed for a common reason such as authentication.
    """
    done: dict[str, R] = {}
    names = list(dict.fromkeys(names))

    def do(name: str) -> None:
        done[name] = work(name)

    outcomes = cloud.map_concurrent(lambda name: failure(do, name), names)
    if verb == "delete" and None in outcomes:
        # A resource that another one depends on can only be deleted after that one: try once more.
        refused = (BadRequest, Forbidden, Conflict)
        outcomes = [failure(do, n) if isinstance(e, refused) else e for n, e in zip(names, outcomes, strict=True)]
    results = [done[name] for name in names if name in done]
    raise_failures(names, outcomes, verb, noun, results)
    return results


def raise_failures(
    names: Sequence[str], outcomes: Sequence[OstkError | None], verb: str, noun: str, results: Sequence[Any] = ()
) -> None:
    """Raise what `each` raises for the outcomes of its calls: an error for each name, None where there is none.

    A PartialFailure has the `results` of the calls that succeeded.
    """
    ctx = click.get_current_context(silent=True)
    ignore_missing = ctx is not None and bool(ctx.params.get("ignore_missing"))
    failed = [(n, e) for n, e in zip(names, outcomes, strict=True) if e and not (ignore_missing and is_missing(e))]
    everywhere = (
        isinstance(failed[0][1], COMMON_CAUSES) and len({e.message for _, e in failed}) == 1 if failed else False
    )
    if failed and (len(names) == 1 or (everywhere and len(failed) == len(names))):
        raise failed[0][1]
    for name, error in failed:
        named = f"with name or ID '{name}'" if verb == "delete" else f"'{name}'"
        OstkError(f"Failed to {verb} {noun} {named}: {error.message}", error.hint).show()
    if failed:
        from .grammar import plural

        late = all(isinstance(error, WaitTimeout) for _, error in failed)
        error_type = PartialTimeout if late else PartialFailure
        partial = error_type(f"{len(failed)} of {len(names)} {plural(noun)} failed to {verb}.")
        partial.done = tuple(results)
        raise partial


def is_missing(error: OstkError) -> bool:
    """Return whether an error says that a resource does not exist.

    A 404 that names nothing is about the URL: the address of the service may be wrong. Its hint has the URL.
    """
    return isinstance(error, ResourceNotFound) or (isinstance(error, HTTPNotFound) and not error.hint)


def failure(work: Callable[..., Any], *things: Any) -> OstkError | None:
    """Return the error of a call, None if it succeeded."""
    try:
        work(*things)
    except OstkError as error:
        return error
    return None
