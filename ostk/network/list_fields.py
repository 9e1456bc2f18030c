"""Settings that are lists: Neutron replaces them whole, people add to them and take from them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from ..api.network import SUBNET
from ..errors import OstkError
from ..language import Json, KeyValues, Opt, Resource
from ..render.format import Format, dict_text


class Parts(KeyValues):
    """KEY=VALUE,… of keys with the names that Neutron has for them: as fields of options are named, or by `names`."""

    def __init__(
        self, required: str = "", optional: str = "", refs: Mapping[str, Resource] | None = None, **names: str
    ) -> None:
        super().__init__(required, optional)
        given = refs or {}
        own = {key: key.replace("-", "_") + "_id" * (key in given) for key in (*self.required, *self.optional)}
        self.names = own | {key.replace("_", "-"): name for key, name in names.items()}
        self.refs = {self.names[key]: resource for key, resource in given.items()}

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Json:
        """The values by Neutron's names."""
        if isinstance(value, dict):
            return value
        return {self.names[key]: text for key, text in super().convert(value, param, ctx).items()}


ADDRESS = Parts(optional="subnet ip-address", refs={"subnet": SUBNET})


def routes_text(routes: Any) -> str:
    """`destination='…', gateway='…'`, a line each: Neutron says next hop, people say gateway."""
    names = {"nexthop": "gateway"}
    return "\n".join(dict_text({names.get(key, key): value for key, value in one.items()}) for one in routes or ())


ROUTES = Format(routes_text)


def routes(flag: str, key: str) -> Opt:
    """A repeatable destination=,gateway= option."""
    type = Parts("destination gateway", gateway="nexthop")
    return Opt(flag, "Route: destination=,gateway=; repeatable.", key=key, type=type, multiple=True)


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


def drop(item: Json, body: Json, key: str, *, every: bool) -> None:
    """Take what `body` names out of a list of the resource, if it is there, or `every` one."""
    if every:
        body[key] = []
    elif key in body:
        body[key] = [one for one in item.get(key) or () if one not in body[key]]
