"""Network associations of BGP VPNs."""

from ..api.network import BGPVPN, BGPVPN_NETWORK, NETWORK
from ..language import LONG, Arg, Cloud, Column, Items, Noun, target
from ..owner import OWNER
from .client_side_filter import PROPERTY, filter_resources
from .fields import other_fields

association = Noun(
    BGPVPN_NETWORK,
    "Manage network associations of BGP VPNs.",
    columns=["id", Column("project_id", "Project", long=True), "network_id"],
    fields=["id network_id project_id", *other_fields("name")],
    parent=target(BGPVPN),
    parent_last=True,
)
association.create(Arg("network", "Network.", ref=NETWORK), OWNER, help="Associate a network with a BGP VPN.")


@association.lister("list", target(BGPVPN), LONG, PROPERTY)
def list_networks(cloud: Cloud, bgpvpn: str, property: tuple[tuple[str, str], ...]) -> Items:
    """List network associations of a BGP VPN."""
    return filter_resources(cloud, BGPVPN_NETWORK.under(bgpvpn), dict(property))


association.show(help="Show a network association of a BGP VPN.")
association.delete(help="Delete network associations of a BGP VPN.")
