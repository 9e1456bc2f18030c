"""Network segments: the layer-2 pieces a network is made of."""

from __future__ import annotations

from ..api.network import NETWORK, NETWORK_SEGMENT
from ..language import DESCRIPTION, LONG, NAME, PAGES, Arg, Noun, Opt
from .extra_properties import EXTRA, OTHERS

segment = Noun(
    NETWORK_SEGMENT,
    "Manage network segments.",
    columns=["id name network_id=Network network_type segmentation_id=Segment"],
    long=["physical_network"],
    fields=["description id name network_id network_type physical_network segmentation_id", *OTHERS],
)
segment.create(
    Arg("name"),
    DESCRIPTION,
    Opt("--physical-network", "Physical network it lies on."),
    Opt("--segment", "VLAN ID or tunnel ID.", key="segmentation_id", type=int),
    Opt("--network", "Network it belongs to.", ref=NETWORK, required=True),
    Opt("--network-type", "How it is made.", choices="flat geneve gre local vlan vxlan", required=True),
    EXTRA,
)
segment.list(LONG, Opt("--network", "Only those of this network.", ref=NETWORK), PAGES)
segment.show()
segment.set(DESCRIPTION, NAME, EXTRA)
segment.delete()
