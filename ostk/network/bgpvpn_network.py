"""Which networks are in BGP VPNs."""

from __future__ import annotations

from collections.abc import Iterator

from ..api.network import BGPVPN, BGPVPN_NETWORK, NETWORK
from ..language import LONG, Arg, Column, Json, Noun, target
from ..owner import OWNER
from ..session.cloud import Cloud
from .client_side_filter import PROPERTY, chosen
from .extra_properties import others

association = Noun(
    BGPVPN_NETWORK,
    "Manage which networks are in BGP VPNs.",
    columns=["id", Column("project_id", "Project", long=True), "network_id"],
    fields=["id network_id project_id", *others("name")],
    parent=target(BGPVPN),
    parent_last=True,
)
association.create(Arg("network", ref=NETWORK), OWNER, help="Put a network into a BGP VPN.")


@association.lister("list", target(BGPVPN), LONG, PROPERTY)
def list_networks(cloud: Cloud, bgpvpn: str, property: list[tuple[str, str]]) -> Iterator[Json]:
    """List which networks are in a BGP VPN."""
    return chosen(cloud, BGPVPN_NETWORK.under(bgpvpn), dict(property))


association.show(help="Show how a network is in a BGP VPN.")
association.delete(help="Take networks out of a BGP VPN.")
