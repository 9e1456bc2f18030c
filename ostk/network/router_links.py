"""What is added to a router and removed from it: ports, subnets, routes and gateways."""

from __future__ import annotations

from typing import Any

from ..kinds import NETWORK, PORT, ROUTER, SUBNET
from ..language import Arg, Json, Noun, Opt, target
from ..session.cloud import Cloud, quote
from .gateways import FIXED_IP, change, gateways
from .router import router as shown
from .routes import route_option

router = Noun(ROUTER, "Manage routers.", fields=shown.fields)
ROUTES = route_option("--route", "Route: destination=,gateway=; repeatable.", key="routes")
GATEWAY = [Arg("network", ref=NETWORK, local=True), FIXED_IP]


def put(cloud: Cloud, router: str, what: str, body: Json) -> Any:
    """Have a router do something."""
    return cloud.call(ROUTER.service, "PUT", f"{ROUTER.path}/{quote(router)}/{what}", json=body)


@router.action("add port", target(ROUTER), Arg("port", ref=PORT))
def add_port(cloud: Cloud, router: str, body: Json) -> None:
    """Join a router to a port."""
    put(cloud, router, "add_router_interface", body)


@router.action("remove port", target(ROUTER), Arg("port", ref=PORT))
def remove_port(cloud: Cloud, router: str, body: Json) -> None:
    """Part a router from a port, which is deleted."""
    put(cloud, router, "remove_router_interface", body)


@router.action(
    "add subnet",
    target(ROUTER),
    Arg("subnet", ref=SUBNET),
    Opt("--advertise-host", "Advertise its addresses in the EVPN.", value=True),
)
def add_subnet(cloud: Cloud, router: str, body: Json) -> None:
    """Join a router to a subnet."""
    put(cloud, router, "add_router_interface", body)


@router.action("remove subnet", target(ROUTER), Arg("subnet", ref=SUBNET))
def remove_subnet(cloud: Cloud, router: str, body: Json) -> None:
    """Part a router from a subnet."""
    put(cloud, router, "remove_router_interface", body)


@router.shower("add route", target(ROUTER), ROUTES)
def add_routes(cloud: Cloud, router: str, body: Json) -> Json:
    """Add routes to a router."""
    return cloud.unwrap(ROUTER, put(cloud, router, "add_extraroutes", {"router": {"routes": [], **body}}))


@router.shower("remove route", target(ROUTER), ROUTES)
def remove_routes(cloud: Cloud, router: str, body: Json) -> Json:
    """Remove routes from a router."""
    return cloud.unwrap(ROUTER, put(cloud, router, "remove_extraroutes", {"router": {"routes": [], **body}}))


@router.shower("add gateway", target(ROUTER), GATEWAY)
def add_gateway(cloud: Cloud, router: str, network: str, values: Json) -> Json:
    """Give a router one more way outside."""
    return change(cloud, router, "add", gateways(cloud, {**values, "external_gateway": [network]}))


@router.shower("remove gateway", target(ROUTER), GATEWAY)
def remove_gateway(cloud: Cloud, router: str, network: str, values: Json) -> Json:
    """Take a way outside from a router."""
    return change(cloud, router, "remove", gateways(cloud, {**values, "external_gateway": [network]}))
