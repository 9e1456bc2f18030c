"""VPN services: the routers, and their subnets, that VPNs lead to."""

from __future__ import annotations

from ..api.network import NETWORK_FLAVOR, ROUTER, SUBNET, VPN_SERVICE
from ..language import DESCRIPTION, LONG, NAME, Arg, Noun, Opt
from ..owner import OWNER
from .extra_properties import ENABLE, OTHERS, titled

COLUMNS = "id name router_id=Router subnet_id=Subnet flavor_id=Flavor admin_state_up=State status"
LONG_COLUMNS = "description, project_id=Project, external_v4_ip=Ext v4 IP, external_v6_ip=Ext v6 IP"
service = Noun(
    VPN_SERVICE,
    "Manage VPN services: which routers VPNs lead to.",
    columns=[COLUMNS],
    long=[LONG_COLUMNS],
    fields=[*titled(COLUMNS, LONG_COLUMNS), *OTHERS],
)
OPTIONS = [
    DESCRIPTION,
    Opt("--subnet", "Subnet behind the router.", ref=SUBNET),
    Opt("--flavor", "Network flavor.", ref=NETWORK_FLAVOR),
    ENABLE,
]
service.create(Arg("name"), Opt("--router", "Router it is at.", ref=ROUTER, required=True), OPTIONS, OWNER)
service.list(LONG)
service.show()
service.set(NAME, OPTIONS)
service.delete()
