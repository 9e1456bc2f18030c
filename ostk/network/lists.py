"""Settings that are lists: Neutron replaces them whole, people add to them and take from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..errors import OstkError
from ..language import Json


def extend(item: Json, body: Json, key: str, *, anew: bool, behind: bool = False) -> None:
    """Put what `body` adds to a list before (or `behind`) what the resource has, or, `anew`, in its place."""
    if key in body:
        there = [] if anew else item.get(key) or []
        body[key] = [*there, *body[key]] if behind else [*body[key], *there]
    elif anew:
        body[key] = []


def reduce(item: Json, body: Json, key: str, what: str) -> None:
    """Take what `body` names out of a list of the resource. Errors: OstkError for what is not there."""
    if key not in body:
        return
    left = list(item.get(key) or [])
    for one in body[key]:
        if one not in left:
            text = ",".join(f"{k}={v}" for k, v in one.items()) if isinstance(one, dict) else one
            raise OstkError(f"It has no {what} {text}.")
        left.remove(one)
    body[key] = left


def renamed(names: Mapping[str, str]) -> Callable[[Any], list[Json]]:
    """A function that gives the keys of KEY=VALUE,… values the names the API has for them."""

    def rename(values: Any) -> list[Json]:
        return [{names.get(key, key): value for key, value in one.items()} for one in values]

    return rename


def named_back(items: Any, names: Mapping[str, str]) -> list[Json]:
    """Parts of a resource with the names people know their keys by."""
    return [{names.get(key, key): value for key, value in one.items()} for one in items or ()]
