"""Router associations of BGP VPNs."""

from operator import not_

from ..api.network import BGPVPN, BGPVPN_ROUTER, ROUTER
from ..language import LONG, Arg, Cloud, Column, Items, Noun, Opt, target
from ..owner import OWNER
from .client_side_filter import PROPERTY, filter_resources
from .fields import other_fields

association = Noun(
    BGPVPN_ROUTER,
    "Manage router associations of BGP VPNs.",
    columns=[
        "id",
        Column("project_id", "Project", long=True),
        "router_id",
        Column("advertise_extra_routes", "Advertise extra routes", long=True),
    ],
    fields=["advertise_extra_routes id project_id router_id", *other_fields("name")],
    parent=target(BGPVPN),
    parent_last=True,
)
FLAGS = "--advertise_extra_routes/--no-advertise_extra_routes"
ADVERTISE = Opt(FLAGS, "Enable or disable advertising extra routes of the router to the VPN.")
association.create(Arg("router", "Router.", ref=ROUTER), ADVERTISE, OWNER, help="Associate a router with a BGP VPN.")


@association.lister("list", target(BGPVPN), LONG, PROPERTY)
def list_routers(cloud: Cloud, bgpvpn: str, property: tuple[tuple[str, str], ...]) -> Items:
    """List router associations of a BGP VPN."""
    return filter_resources(cloud, BGPVPN_ROUTER.under(bgpvpn), dict(property))


association.show(help="Show a router association of a BGP VPN.")
association.set(ADVERTISE, help="Change a router association of a BGP VPN.")
association.unset(
    Opt(FLAGS, "Disable or enable advertising extra routes of the router to the VPN.", convert=not_),
    help="Remove settings of a router association of a BGP VPN.",
)
association.delete(help="Delete router associations of a BGP VPN.")
