"""Endpoint groups: the subnets at one end of a VPN."""

from __future__ import annotations

from ..api.network import SUBNET, VPN_ENDPOINT_GROUP
from ..language import DESCRIPTION, LONG, NAME, Arg, Json, Noun, Opt
from ..owner import OWNER
from ..session.cloud import Cloud
from .addresses import interface
from .extra_properties import OTHERS, titled

COLUMNS, LONG_COLUMNS = "id name type endpoints", "description project_id=Project"
group = Noun(
    VPN_ENDPOINT_GROUP,
    "Manage VPN endpoint groups: the subnets at one end of VPNs.",
    columns=[COLUMNS],
    long=[LONG_COLUMNS],
    fields=[*titled(COLUMNS, LONG_COLUMNS), *OTHERS],
)


def check(type: str, value: tuple[str, ...]) -> None:
    """Refuse what is no network where networks are wanted."""
    for one in value if type == "cidr" else ():
        interface(one)


def subnets(cloud: Cloud, body: Json) -> None:
    """Send the IDs of subnets."""
    if body["type"] == "subnet":
        body["endpoints"] = cloud.find_all([(SUBNET, name, {}) for name in body["endpoints"]])


group.create(
    Arg("name"),
    Opt("--type", "What its endpoints are.", choices="subnet cidr", required=True),
    Opt("--value", "Subnet, or network as 10.0.0.0/24; repeatable.", key="endpoints", multiple=True, required=True),
    DESCRIPTION,
    OWNER,
    prepare=subnets,
    validate=check,
)
group.list(LONG)
group.show()
group.set(NAME, DESCRIPTION)
group.delete()
