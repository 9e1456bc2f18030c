"""Network segments: the layer-2 segments of a routed provider network."""

from ..api.network import NETWORK, NETWORK_SEGMENT
from ..language import DESCRIPTION, LONG, NAME, NEW_DESCRIPTION, PAGES, Arg, Noun, Opt
from .extra_properties import EXTRA
from .fields import OTHER_FIELDS

segment = Noun(
    NETWORK_SEGMENT,
    "Manage network segments.",
    columns=["id name network_id=Network network_type segmentation_id=Segment"],
    long=["physical_network"],
    fields=["description id name network_id network_type physical_network segmentation_id", *OTHER_FIELDS],
    admin="list show create set delete",
)
segment.create(
    Arg("name", "Name of the network segment."),
    DESCRIPTION,
    Opt("--physical-network", "Physical network of the segment."),
    Opt("--segment", "Segmentation ID: VLAN ID or tunnel ID.", key="segmentation_id", type=int),
    Opt("--network", "Network of the segment.", ref=NETWORK, required=True),
    Opt("--network-type", "Network type of the segment.", choices="flat geneve gre local vlan vxlan", required=True),
    EXTRA,
)
segment.list(LONG, Opt("--network", "Filter by network.", ref=NETWORK), PAGES)
segment.show()
segment.set(NEW_DESCRIPTION, NAME, EXTRA)
segment.delete()
