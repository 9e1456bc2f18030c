"""What is added to a router and removed from it: ports, subnets, routes and gateways."""

from __future__ import annotations

from typing import Any

from ..api.network import NETWORK, PORT, ROUTER, SUBNET
from ..language import Arg, Json, Noun, Opt, target
from ..session.cloud import Cloud
from .gateways import FIXED_IP, change, gateways
from .lists import routes
from .router_fields import FIELD_FORMATS, FIELDS

router = Noun(ROUTER, "Manage routers.", fields=FIELDS, formats=FIELD_FORMATS)
TO_PORT = [target(ROUTER), Arg("port", ref=PORT)]
TO_SUBNET = [target(ROUTER), Arg("subnet", ref=SUBNET)]
ROUTES = [target(ROUTER), routes("--route", key="router.routes")]
NO_ROUTES: Json = {"router": {"routes": []}}
GATEWAY = [target(ROUTER), Arg("network", ref=NETWORK, not_sent=True), FIXED_IP]


def put(cloud: Cloud, router: str, what: str, body: Json) -> Any:
    """Have a router do something."""
    return cloud.call(ROUTER.service, "PUT", ROUTER.at(router, what), json=body)


@router.action("add port", TO_PORT)
def add_port(cloud: Cloud, router: str, body: Json) -> None:
    """Join a router to a port."""
    put(cloud, router, "add_router_interface", body)


@router.action("remove port", TO_PORT)
def remove_port(cloud: Cloud, router: str, body: Json) -> None:
    """Part a router from a port, which is deleted."""
    put(cloud, router, "remove_router_interface", body)


@router.action("add subnet", TO_SUBNET, Opt("--advertise-host", "Advertise its addresses in the EVPN.", value=True))
def add_subnet(cloud: Cloud, router: str, body: Json) -> None:
    """Join a router to a subnet."""
    put(cloud, router, "add_router_interface", body)


@router.action("remove subnet", TO_SUBNET)
def remove_subnet(cloud: Cloud, router: str, body: Json) -> None:
    """Part a router from a subnet."""
    put(cloud, router, "remove_router_interface", body)


@router.shower("add route", ROUTES)
def add_routes(cloud: Cloud, router: str, body: Json) -> Json:
    """Add routes to a router."""
    return cloud.unwrap(ROUTER, put(cloud, router, "add_extraroutes", body or NO_ROUTES))


@router.shower("remove route", ROUTES)
def remove_routes(cloud: Cloud, router: str, body: Json) -> Json:
    """Remove routes from a router."""
    return cloud.unwrap(ROUTER, put(cloud, router, "remove_extraroutes", body or NO_ROUTES))


@router.shower("add gateway", GATEWAY)
def add_gateway(cloud: Cloud, router: str, network: str, values: Json) -> Json:
    """Give a router one more way outside."""
    return change(cloud, router, "add", gateways(cloud, {**values, "external_gateway": [network]}))


@router.shower("remove gateway", GATEWAY)
def remove_gateway(cloud: Cloud, router: str, network: str, values: Json) -> Json:
    """Take a way outside from a router."""
    return change(cloud, router, "remove", gateways(cloud, {**values, "external_gateway": [network]}))
