"""Commands that add ports, subnets, routes and gateways to a router, or remove them."""

from ..api.network import NETWORK, PORT, ROUTER, SUBNET
from ..language import Arg, Cloud, Json, Noun, Opt, target
from .gateways import FIXED_IP, build_gateways, send_gateways
from .list_fields import routes
from .router_fields import FIELD_FORMATS, FIELDS

router = Noun(ROUTER, "Manage routers.", fields=FIELDS, formats=FIELD_FORMATS)
ROUTER_AND_PORT = [target(ROUTER), Arg("port", "Port.", ref=PORT)]
ROUTER_AND_SUBNET = [target(ROUTER), Arg("subnet", "Subnet.", ref=SUBNET)]
ROUTES = [target(ROUTER), routes("--route", key="router.routes")]
NO_ROUTES: Json = {"router": {"routes": []}}
GATEWAY = [target(ROUTER), Arg("network", "External network.", ref=NETWORK, not_sent=True), FIXED_IP]


@router.action("add port", ROUTER_AND_PORT)
def add_port(cloud: Cloud, router: str, body: Json) -> None:
    """Add a port to a router as an interface."""
    cloud.send(ROUTER, "PUT", router, "add_router_interface", json=body)


@router.action("remove port", ROUTER_AND_PORT)
def remove_port(cloud: Cloud, router: str, body: Json) -> None:
    """Remove a port from the interfaces of a router. The port is deleted."""
    cloud.send(ROUTER, "PUT", router, "remove_router_interface", json=body)


@router.action(
    "add subnet",
    ROUTER_AND_SUBNET,
    Opt("--advertise-host", "Advertise the subnet as host routes in the EVPN of the router.", value=True),
)
def add_subnet(cloud: Cloud, router: str, body: Json) -> None:
    """Add a subnet to a router."""
    cloud.send(ROUTER, "PUT", router, "add_router_interface", json=body)


@router.action("remove subnet", ROUTER_AND_SUBNET)
def remove_subnet(cloud: Cloud, router: str, body: Json) -> None:
    """Remove a subnet from a router."""
    cloud.send(ROUTER, "PUT", router, "remove_router_interface", json=body)


@router.shower("add route", ROUTES)
def add_routes(cloud: Cloud, router: str, body: Json) -> Json:
    """Add extra routes to a router; no other route is changed."""
    return cloud.unwrap(ROUTER, cloud.send(ROUTER, "PUT", router, "add_extraroutes", json=body or NO_ROUTES))


@router.shower("remove route", ROUTES)
def remove_routes(cloud: Cloud, router: str, body: Json) -> Json:
    """Remove extra routes from a router; no other route is changed."""
    return cloud.unwrap(ROUTER, cloud.send(ROUTER, "PUT", router, "remove_extraroutes", json=body or NO_ROUTES))


@router.shower("add gateway", GATEWAY)
def add_gateway(cloud: Cloud, router: str, network: str, values: Json) -> Json:
    """Add an external gateway to a router."""
    return send_gateways(cloud, router, "add", build_gateways(cloud, {**values, "external_gateway": [network]}))


@router.shower("remove gateway", GATEWAY)
def remove_gateway(cloud: Cloud, router: str, network: str, values: Json) -> Json:
    """Remove an external gateway from a router."""
    return send_gateways(cloud, router, "remove", build_gateways(cloud, {**values, "external_gateway": [network]}))
