"""Port associations of BGP VPNs, and the prefix routes and BGP VPN routes that they advertise."""

from collections.abc import Callable, Iterable
from operator import not_
from typing import Any

import click

from ..api.network import BGPVPN, BGPVPN_PORT, PORT
from ..errors import OstkError
from ..language import LONG, Arg, Cloud, Column, Flag, Json, Noun, Opt, target
from ..owner import OWNER
from ..render.format import LIST
from .client_side_filter import PROPERTY, filter_resources
from .fields import other_fields
from .list_fields import FieldKeyValues

# The field that identifies a route of each type.
KEY_FIELD = {"prefix": "prefix", "bgpvpn": "bgpvpn_id"}


def format_routes(route_type: str) -> Callable[[Json], list[str]]:
    """Return a function that formats the routes of a type, e.g. `10.0.0.0/24 (100)` with its LOCAL_PREF."""

    def format_item(item: Json) -> list[str]:
        routes = [route for route in item.get("routes") or () if route["type"] == route_type]
        return [
            f"{route[KEY_FIELD[route_type]]} ({route['local_pref']})"
            if route.get("local_pref")
            else route[KEY_FIELD[route_type]]
            for route in routes
        ]

    return format_item


PREFIXES, VPNS = format_routes("prefix"), format_routes("bgpvpn")
association = Noun(
    BGPVPN_PORT,
    "Manage port associations of BGP VPNs.",
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
        *other_fields("name routes"),
    ],
    formats={"prefix_routes bgpvpn_routes": LIST},
    parent=target(BGPVPN),
    parent_last=True,
)


class Route(FieldKeyValues):
    """Parse the route `prefix=CIDR[,local_pref=NUMBER]` or `bgpvpn=BGPVPN[,local_pref=NUMBER]`."""

    def __init__(self, route_type: str) -> None:
        super().__init__(route_type, "local_pref", {route_type: BGPVPN} if route_type == "bgpvpn" else {})
        self.route_type = route_type

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Json:
        """Return the route as in the API: {"type", "prefix" or "bgpvpn_id", "local_pref"}."""
        found = super().convert(value, param, ctx)
        if not str(found.get("local_pref", 0)).isdecimal():
            raise OstkError(f"local_pref {found['local_pref']!r} is not a number.")
        numbers = {"local_pref": int(found["local_pref"])} if "local_pref" in found else {}
        return {"type": self.route_type, **found, **numbers}


def route_key(route: Json) -> tuple[str, str]:
    """Return the type and the identifier of a route, which no other route of the association has."""
    return route["type"], route[KEY_FIELD[route["type"]]]


def with_routes(body: Json, routes: Iterable[Json], changed: bool) -> Json:
    """Return the request with all routes, if any changed, in place of the given ones: the API takes a whole list."""
    settings = {key: value for key, value in body.items() if key not in ("prefix_routes", "bgpvpn_routes")}
    return {**settings, "routes": list(routes)} if changed else settings


def add_routes(item: Json, body: Json, values: Json) -> Json:
    """Return the request with the given routes merged into the existing routes, or replacing the routes of a type."""
    replaced = {type for type in KEY_FIELD if values.get(f"no_{type}_route")}
    given = [route for type in KEY_FIELD for route in body.get(f"{type}_routes", ())]
    existing = [route for route in item.get("routes") or () if route["type"] not in replaced]
    merged = {route_key(route): route for route in [*existing, *given]}
    return with_routes(body, merged.values(), bool(replaced or given))


def with_new_routes(body: Json, values: Json) -> Json:
    """Return the request with the routes of both types in the field `routes`."""
    return add_routes({}, body, values)


def remove_routes(item: Json, body: Json, values: Json) -> Json:
    """Return the request with the existing routes, without the given routes or without all routes of a type."""
    cleared = {type for type in KEY_FIELD if values[f"all_{type}_routes"]}
    given = {(type, value) for type in KEY_FIELD for value in body.get(f"{type}_routes", ())}
    existing = item.get("routes") or ()
    remaining = (route for route in existing if route["type"] not in cleared and route_key(route) not in given)
    return with_routes(body, remaining, bool(cleared or given))


ADVERTISE = "--advertise-fixed-ips/--no-advertise-fixed-ips"
SETTINGS = [
    Opt(ADVERTISE, "Enable or disable advertising fixed IPs of the port to the VPN."),
    Opt(
        "--prefix-route...",
        "Prefix route to advertise: prefix=CIDR[,local_pref=NUMBER].",
        key="prefix_routes",
        type=Route("prefix"),
    ),
    Opt(
        "--bgpvpn-route...",
        "BGP VPN whose routes to leak: bgpvpn=BGPVPN[,local_pref=NUMBER].",
        key="bgpvpn_routes",
        type=Route("bgpvpn"),
    ),
]
association.create(
    Arg("port", "Port.", ref=PORT), SETTINGS, OWNER, prepare=with_new_routes, help="Associate a port with a BGP VPN."
)


@association.lister("list", target(BGPVPN), LONG, PROPERTY)
def list_ports(cloud: Cloud, bgpvpn: str, property: tuple[tuple[str, str], ...]) -> Iterable[Json]:
    """List port associations of a BGP VPN."""
    return filter_resources(cloud, BGPVPN_PORT.under(bgpvpn), dict(property))


association.show(help="Show a port association of a BGP VPN.")
association.set(
    SETTINGS,
    Flag("--no-prefix-route", "Prefix routes: remove all; with --prefix-route, replace the routes."),
    Flag("--no-bgpvpn-route", "BGP VPN routes: remove all; with --bgpvpn-route, replace the routes."),
    prepare=add_routes,
    help="Change a port association of a BGP VPN.",
)
association.unset(
    Opt(ADVERTISE, "Disable or enable advertising fixed IPs of the port to the VPN.", convert=not_),
    Opt("--prefix-route...", "Prefix route to remove, as a CIDR.", key="prefix_routes"),
    Opt("--bgpvpn-route...", "BGP VPN whose route to remove.", ref=BGPVPN, key="bgpvpn_routes"),
    Flag("--all-prefix-routes", "Remove all prefix routes."),
    Flag("--all-bgpvpn-routes", "Remove all BGP VPN routes."),
    prepare=remove_routes,
    help="Remove settings of a port association of a BGP VPN.",
)
association.delete(help="Delete port associations of a BGP VPN.")
