"""IP availability: how many addresses of a network are in use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..kinds import IP_AVAILABILITY
from ..language import PAGES, Column, Json, Noun, Opt
from ..owner import OF_PROJECT
from ..render.format import DICT, LIST_OF_DICTS
from .extra import OTHERS


def detail(key: str) -> Callable[[Json], Any]:
    """A function that gives a detail of the addresses of a network, "" where Neutron tells none."""
    return lambda item: (item.get("ip_availability_details") or {}).get(key, "")


availability = Noun(
    IP_AVAILABILITY,
    "See how many addresses are in use.",
    columns=[
        Column("network_id", "Network ID"),
        "network_name",
        Column("total_ips", "Total IPs"),
        Column("used_ips", "Used IPs"),
        *(
            Column(key, f"{what} IPs in {where}", value=detail(key))
            for key, what, where in (
                ("total_ips_in_subnet", "Total", "Subnet"),
                ("total_ips_in_allocation_pool", "Total", "Allocation Pool"),
                ("used_ips_in_subnet", "Used", "Subnet"),
                ("used_ips_in_allocation_pool", "Used", "Allocation Pool"),
            )
        ),
    ],
    fields=[
        "ip_availability_details network_id network_name project_id total_ips used_ips",
        "subnet_ip_availability",
        *OTHERS,
    ],
    formats={"ip_availability_details": DICT, "subnet_ip_availability": LIST_OF_DICTS},
)
availability.list(Opt("--ip-version", "4 (as is usual) or 6.", choices="4 6", default="4"), OF_PROJECT, PAGES)
availability.show()
