"""Verbs on subresources: resources whose path contains the ID of a parent, given as an argument."""

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
    """A verb on a subresource; the ID of the parent fills the `{}` in the path of the resource type."""

    verb: Verb
    outer: Param

    def __call__(self, cloud: Cloud, params: Sequence[click.Parameter], values: Json) -> None:
        """Look up the parent and all other names concurrently, then run the verb below the parent."""
        verb, rest, values = self.below(cloud, params, values)
        verb(cloud, rest, values)

    def below(
        self, cloud: Cloud, params: Sequence[click.Parameter], values: Json
    ) -> tuple[Verb, Sequence[click.Parameter], Json]:
        """Return the verb below the parent, with its parameters and their values: IDs for names."""
        headed = [p for p in params if getattr(p, "header", None)]
        named = [p for p in params if getattr(p, "ref", None) not in (None, self.verb.resource) or p in headed]
        _, values = resolve(cloud, named, values, None)
        resource = self.verb.resource.under(values[self.outer.name or ""])
        rest = [without_lookup(p) if p in named else p for p in params if p is not self.outer and p not in headed]
        return replace(self.verb, resource=resource), rest, values


def without_lookup(param: click.Parameter) -> click.Parameter:
    """Return a copy of the parameter that skips name lookup."""
    plain = copy(param)
    plain.ref = None  # type: ignore[attr-defined]
    return plain
