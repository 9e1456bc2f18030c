"""Dry run (`--curl`): requests are printed and not sent, and the command ends where it needs a reply."""

from collections.abc import Callable, Sequence
from typing import Any, NoReturn, TypeVar

import click

T = TypeVar("T")
R = TypeVar("R")


class DryRunEnd(click.exceptions.Exit):
    """The end of a dry run, with exit status 0: the next step needs the reply to a request that was not sent."""

    def __init__(self) -> None:
        super().__init__(0)


def done_in_turn(work: Callable[[T], R], items: Sequence[T]) -> list[R]:
    """Call a function for each item, and return the results in order.

    Raises:
        DryRunEnd: A call needed a response; all have been made.
    """
    results, ended = list[R](), None
    for item in items:
        try:
            results.append(work(item))
        except DryRunEnd as end:
            ended = end
    if ended:
        raise ended
    return results


class NotSent:
    """The reply to a request that was printed and not sent.

    It stands for an HTTP response and for its decoded body. Any use of it, such as a key, an attribute, its truth or
    `isinstance`, raises DryRunEnd; a command that does not look at a reply goes on to its next request.
    Test for it with `isinstance(reply, NotSent)` or `reply is None`, which are no use.
    """

    __slots__ = ()

    def _end(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise DryRunEnd

    # `isinstance` with any other class looks here.
    __class__ = property(_end)
    __getattr__ = __getitem__ = __iter__ = __len__ = __bool__ = __contains__ = __eq__ = __str__ = _end
