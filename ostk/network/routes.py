"""Routes of subnets and routers: Neutron says next hop, people say gateway."""

from __future__ import annotations

from typing import Any

from ..language import KeyValues, Opt
from ..render.format import Format, dict_text
from .lists import named_back, renamed

DESTINATION = KeyValues(("destination", "gateway"))


def routes_text(routes: Any) -> str:
    """`destination='…', gateway='…'`, a line each."""
    return "\n".join(map(dict_text, named_back(routes, {"nexthop": "gateway"})))


ROUTES = Format(routes_text)


def route_option(flag: str, help: str, **attrs: Any) -> Opt:
    """A repeatable destination=,gateway= option."""
    return Opt(flag, help, type=DESTINATION, multiple=True, convert=renamed({"gateway": "nexthop"}), **attrs)
