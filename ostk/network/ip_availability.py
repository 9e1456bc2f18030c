"""IP availability: how many addresses of a network are in use."""

from __future__ import annotations

from ..api.network import IP_AVAILABILITY
from ..language import PAGES, Column, Noun
from ..owner import OF_PROJECT
from .extra_properties import FORMATS, IP_VERSION, OTHERS


def detail(title: str) -> Column:
    """A column of a detail of the addresses of a network, "" where Neutron tells none."""
    key = title.lower().replace(" ", "_")
    return Column(key, title, value=lambda item: (item.get("ip_availability_details") or {}).get(key, ""))


availability = Noun(
    IP_AVAILABILITY,
    "See how many addresses are in use.",
    columns=[
        "network_id network_name total_ips used_ips",
        *(detail(f"{what} IPs in {where}") for what in ("Total", "Used") for where in ("Subnet", "Allocation Pool")),
    ],
    fields=[
        "ip_availability_details network_id network_name project_id subnet_ip_availability total_ips used_ips",
        *OTHERS,
    ],
    formats=FORMATS,
)
availability.list(IP_VERSION, OF_PROJECT, PAGES)
availability.show()
