"""Which routers are in BGP VPNs."""

from __future__ import annotations

from collections.abc import Iterator
from operator import not_

from ..api.network import BGPVPN, BGPVPN_ROUTER, ROUTER
from ..language import LONG, Arg, Column, Json, Noun, Opt, target
from ..owner import OWNER
from ..session.cloud import Cloud
from .client_side_filter import PROPERTY, chosen
from .extra_properties import others

association = Noun(
    BGPVPN_ROUTER,
    "Manage which routers are in BGP VPNs.",
    columns=[
        "id",
        Column("project_id", "Project", long=True),
        "router_id",
        Column("advertise_extra_routes", "Advertise extra routes", long=True),
    ],
    fields=["advertise_extra_routes id project_id router_id", *others("name")],
    parent=target(BGPVPN),
    parent_last=True,
)
FLAGS = "--advertise_extra_routes/--no-advertise_extra_routes"
ALL_FIELDS_IN_API_ORDER = Opt(FLAGS, "Whether the VPN is told of its routes.")
association.create(Arg("router", ref=ROUTER), ALL_FIELDS_IN_API_ORDER, OWNER, help="Put a router into a BGP VPN.")


@association.lister("list", target(BGPVPN), LONG, PROPERTY)
def list_routers(cloud: Cloud, bgpvpn: str, property: list[tuple[str, str]]) -> Iterator[Json]:
    """List which routers are in a BGP VPN."""
    return chosen(cloud, BGPVPN_ROUTER.under(bgpvpn), dict(property))


association.show(help="Show how a router is in a BGP VPN.")
association.set(ALL_FIELDS_IN_API_ORDER, help="Change what a BGP VPN is told of a router.")
association.unset(
    Opt(FLAGS, "Whether it is no longer told of its routes.", convert=not_),
    help="Change what a BGP VPN is no longer told of a router.",
)
association.delete(help="Take routers out of a BGP VPN.")
