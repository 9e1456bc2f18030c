"""Verbs on things that are part of another thing, which is named beside them."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import TYPE_CHECKING

import click

from ..api.resource import Json
from ..record import Record, replace
from .options import Param
from .verbs import Change, Create, Delete, List, Show, resolve

if TYPE_CHECKING:
    from ..session.cloud import Cloud

Verb = List | Show | Create | Change | Delete


class SubresourceVerb(Record):
    """A verb on what is inside of another thing, whose ID fills the gap in the path of its kind."""

    verb: Verb
    outer: Param

    def __call__(self, cloud: Cloud, params: Sequence[click.Parameter], values: Json) -> None:
        """Find the outer thing and all else that has a name, at once; then do the verb below it."""
        named = [p for p in params if getattr(p, "ref", None) not in (None, self.verb.resource)]
        _, values = resolve(cloud, named, values, None)
        resource = self.verb.resource.under(values[self.outer.name or ""])
        rest = [found(p) if p in named else p for p in params if p is not self.outer]
        replace(self.verb, resource=resource)(cloud, rest, values)


def found(param: click.Parameter) -> click.Parameter:
    """The parameter when its value is an ID already."""
    plain = copy(param)
    plain.ref = None  # type: ignore[attr-defined]
    return plain
