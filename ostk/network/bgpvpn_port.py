"""Which ports are in BGP VPNs, and the routes that the VPNs are told of through them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from operator import not_
from typing import Any

import click

from ..api.network import BGPVPN, BGPVPN_PORT, PORT
from ..errors import OstkError
from ..language import LONG, Arg, Column, Flag, Json, Noun, Opt, target
from ..owner import OWNER
from ..render.format import LIST
from ..session.cloud import Cloud
from .client_side_filter import PROPERTY, chosen
from .extra_properties import others
from .lists import Parts

# What a route of each type is told by.
NAMED_BY = {"prefix": "prefix", "bgpvpn": "bgpvpn_id"}


def of_type(type: str) -> Callable[[Json], list[str]]:
    """A function that gives the routes of a type, each with the preference of it."""

    def written(item: Json) -> list[str]:
        routes = [route for route in item.get("routes") or () if route["type"] == type]
        return [
            f"{route[NAMED_BY[type]]} ({route['local_pref']})" if route.get("local_pref") else route[NAMED_BY[type]]
            for route in routes
        ]

    return written


PREFIXES, VPNS = of_type("prefix"), of_type("bgpvpn")
association = Noun(
    BGPVPN_PORT,
    "Manage which ports are in BGP VPNs.",
    columns=["id", Column("project_id", "Project", long=True), "port_id"],
    long=[
        Column("prefix_routes", "Prefix Routes (BGP LOCAL_PREF)", value=PREFIXES),
        Column("bgpvpn_routes", "BGP VPN Routes (BGP LOCAL_PREF)", value=VPNS),
        Column("advertise_fixed_ips", "Advertise Port's Fixed IPs"),
    ],
    fields=[
        "advertise_fixed_ips id port_id project_id",
        Column("prefix_routes", value=PREFIXES),
        Column("bgpvpn_routes", value=VPNS),
        *others("name routes"),
    ],
    formats={"prefix_routes bgpvpn_routes": LIST},
    parent=target(BGPVPN),
    parent_last=True,
)


class Route(Parts):
    """KEY=VALUE,… of a route of one type."""

    def __init__(self, type: str) -> None:
        super().__init__(type, "local_pref", {type: BGPVPN} if type == "bgpvpn" else {})
        self.type = type

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Json:
        """As Neutron has it."""
        found = super().convert(value, param, ctx)
        if not str(found.get("local_pref", 0)).isdecimal():
            raise OstkError(f"The preference {found['local_pref']!r} is not a number.")
        numbers = {"local_pref": int(found["local_pref"])} if "local_pref" in found else {}
        return {"type": self.type, **found, **numbers}


def name(route: Json) -> tuple[str, str]:
    """What tells a route from others."""
    return route["type"], route[NAMED_BY[route["type"]]]


def send(body: Json, routes: Iterable[Json], changed: bool) -> None:
    """Send all routes where any of them changed."""
    if changed:
        body["routes"] = list(routes)


def join(item: Json, body: Json, values: Json) -> None:
    """Add routes to those that there are, or replace those of a type."""
    anew = {type for type in NAMED_BY if values.get(f"no_{type}_route")}
    given = [route for type in NAMED_BY for route in body.pop(f"{type}_routes", ())]
    there = [route for route in item.get("routes") or () if route["type"] not in anew]
    send(body, {name(route): route for route in [*there, *given]}.values(), bool(anew or given))


def gather(body: Json, values: Json) -> None:
    """Send the routes of both types together."""
    join({}, body, values)


def part(item: Json, body: Json, values: Json) -> None:
    """Take routes from those that there are."""
    every = {type for type in NAMED_BY if values[f"all_{type}_routes"]}
    given = {(type, one) for type in NAMED_BY for one in body.pop(f"{type}_routes", ())}
    there = item.get("routes") or ()
    left = (route for route in there if route["type"] not in every and name(route) not in given)
    send(body, left, bool(every or given))


ADVERTISE = "--advertise-fixed-ips/--no-advertise-fixed-ips"
SETTINGS = [
    Opt(ADVERTISE, "Whether the VPN is told of its addresses."),
    Opt(
        "--prefix-route",
        "Network behind it: prefix=[,local_pref=]; repeatable.",
        key="prefix_routes",
        type=Route("prefix"),
        multiple=True,
    ),
    Opt(
        "--bgpvpn-route",
        "VPN to tell of: bgpvpn=[,local_pref=]; repeatable.",
        key="bgpvpn_routes",
        type=Route("bgpvpn"),
        multiple=True,
    ),
]
association.create(Arg("port", ref=PORT), SETTINGS, OWNER, prepare=gather, help="Put a port into a BGP VPN.")


@association.lister("list", target(BGPVPN), LONG, PROPERTY)
def list_ports(cloud: Cloud, bgpvpn: str, property: list[tuple[str, str]]) -> Iterator[Json]:
    """List which ports are in a BGP VPN."""
    return chosen(cloud, BGPVPN_PORT.under(bgpvpn), dict(property))


association.show(help="Show how a port is in a BGP VPN.")
association.set(
    SETTINGS,
    Flag("--no-prefix-route", "No networks behind it but the given."),
    Flag("--no-bgpvpn-route", "No VPNs to tell of but the given."),
    prepare=join,
    help="Change what a BGP VPN is told of a port.",
)
association.unset(
    Opt(ADVERTISE, "Whether it is no longer told of its addresses.", convert=not_),
    Opt("--prefix-route", "Network behind it; repeatable.", key="prefix_routes", multiple=True),
    Opt("--bgpvpn-route", "VPN to tell of; repeatable.", ref=BGPVPN, key="bgpvpn_routes", multiple=True),
    Flag("--all-prefix-routes", "All networks behind it."),
    Flag("--all-bgpvpn-routes", "All VPNs to tell of."),
    prepare=part,
    help="Change what a BGP VPN is no longer told of a port.",
)
association.delete(help="Take ports out of a BGP VPN.")
