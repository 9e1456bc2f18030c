"""VPN services: routers, optionally with a subnet, on which IPsec site connections end."""

from ..api.network import NETWORK_FLAVOR, ROUTER, SUBNET, VPN_SERVICE
from ..language import DESCRIPTION, LONG, NAME, Arg, Noun, Opt
from ..owner import OWNER
from .fields import OTHER_FIELDS, with_list_titles
from .shared_options import ENABLE

COLUMNS = "id name router_id=Router subnet_id=Subnet flavor_id=Flavor admin_state_up=State status"
LONG_COLUMNS = "description, project_id=Project, external_v4_ip=Ext v4 IP, external_v6_ip=Ext v6 IP"
service = Noun(
    VPN_SERVICE,
    "Manage VPN services: routers on which VPN tunnels end.",
    columns=[COLUMNS],
    long=[LONG_COLUMNS],
    fields=[*with_list_titles(COLUMNS, LONG_COLUMNS), *OTHER_FIELDS],
)
OPTIONS = [
    DESCRIPTION,
    Opt("--subnet", "Local subnet of the VPN (deprecated; see vpn endpoint group create).", ref=SUBNET),
    Opt("--flavor", "Network flavor of the VPN service.", ref=NETWORK_FLAVOR),
    ENABLE,
]
service.create(
    Arg("name", "Name of the VPN service."),
    Opt("--router", "Router of the VPN service.", ref=ROUTER, required=True),
    OPTIONS,
    OWNER,
)
service.list(LONG)
service.show()
service.set(NAME, OPTIONS)
service.delete()
