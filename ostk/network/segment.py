"""Network segments: the layer-2 pieces a network is made of."""

from __future__ import annotations

import click

from ..kinds import NETWORK, NETWORK_SEGMENT
from ..language import DESCRIPTION, LONG, NAME, PAGES, Arg, Column, Noun, Opt
from .extra import EXTRA, OTHERS

segment = Noun(
    NETWORK_SEGMENT,
    "Manage network segments.",
    columns=[
        "id name",
        Column("network_id", "Network"),
        "network_type",
        Column("segmentation_id", "Segment"),
        Column("physical_network", long=True),
    ],
    fields=["description id name network_id network_type physical_network segmentation_id", *OTHERS],
)
TYPES = click.Choice(["flat", "geneve", "gre", "local", "vlan", "vxlan"])

segment.create(
    Arg("name"),
    DESCRIPTION,
    Opt("--physical-network", "Physical network it lies on."),
    Opt("--segment", "VLAN ID or tunnel ID.", key="segmentation_id", type=int),
    Opt("--network", "Network it belongs to.", ref=NETWORK, required=True),
    Opt("--network-type", "How it is made.", type=TYPES, required=True),
    EXTRA,
)
segment.list(LONG, Opt("--network", "Only those of this network.", ref=NETWORK), PAGES)
segment.show()
segment.set(DESCRIPTION, NAME, EXTRA)
segment.delete()
