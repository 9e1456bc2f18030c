"""IP availability: total and used IP addresses of networks and subnets."""

from ..api.network import IP_AVAILABILITY
from ..language import PAGES, Column, Noun, Opt
from ..owner import PROJECT_FILTER
from .fields import FORMATS, OTHER_FIELDS


def detail_column(title: str) -> Column:
    """Return a column of `ip_availability_details`, "" where Neutron lacks that extension."""
    key = title.lower().replace(" ", "_")
    return Column(key, title, value=lambda item: (item.get("ip_availability_details") or {}).get(key, ""))


availability = Noun(
    IP_AVAILABILITY,
    "Show IP address usage of networks (admin only).",
    columns=[
        "network_id network_name total_ips used_ips",
        *(
            detail_column(f"{count} IPs in {scope}")
            for count in ("Total", "Used")
            for scope in ("Subnet", "Allocation Pool")
        ),
    ],
    fields=[
        "ip_availability_details network_id network_name project_id subnet_ip_availability total_ips used_ips",
        *OTHER_FIELDS,
    ],
    formats=FORMATS,
)
VERSION = Opt("--ip-version", "Filter by IP version.", choices="4 6", convert=int, default="4")
availability.list(VERSION, PROJECT_FILTER, PAGES, help="List IP address usage of networks (admin only).")
availability.show(help="Show IP address usage of a network (admin only).")
