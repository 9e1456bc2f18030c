"""IPsec site connections: what leads from a VPN service to a peer elsewhere."""

from __future__ import annotations

from ..api.network import VPN_CONNECTION, VPN_ENDPOINT_GROUP, VPN_IKE_POLICY, VPN_IPSEC_POLICY, VPN_SERVICE
from ..errors import OstkError
from ..language import DESCRIPTION, LONG, NAME, Arg, Noun, Opt, exclusive
from ..owner import OWNER
from ..render.format import LIST
from .extra_properties import ENABLE, titled
from .vpn_values import Limits, Number, choice

COLUMNS = "id, name, peer_address, auth_mode=Authentication Algorithm, status"
LONG_COLUMNS = (
    "project_id=Project, peer_cidrs=Peer CIDRs, vpnservice_id=VPN Service, ipsecpolicy_id=IPSec Policy,"
    " ikepolicy_id=IKE Policy, mtu=MTU, initiator, admin_state_up=State, description, psk=Pre-shared Key, route_mode,"
    " local_id=Local ID, peer_id=Peer ID, local_ep_group_id=Local Endpoint Group ID,"
    " peer_ep_group_id=Peer Endpoint Group ID, dpd=DPD"
)
connection = Noun(
    VPN_CONNECTION,
    "Manage IPsec site connections: what leads to a peer.",
    columns=[COLUMNS],
    long=[LONG_COLUMNS],
    fields=titled(COLUMNS, LONG_COLUMNS),
    formats={"peer_cidrs": LIST},
)
DETECTION = Limits({"action": "hold clear disabled restart restart-by-peer"}, {"interval": 1, "timeout": 1})
OPTIONS = [
    DESCRIPTION,
    Opt("--dpd", "Dead peer: action=,interval=,timeout= (seconds).", type=DETECTION),
    Opt("--mtu", "Largest packet, in bytes.", type=Number(68)),
    choice("--initiator", "Who may begin: both, or only the peer.", "bi-directional response-only"),
    *exclusive(
        Opt("--peer-cidr", "Network of the peer; repeatable.", key="peer_cidrs", multiple=True),
        Opt("--local-endpoint-group", "Subnets here.", ref=VPN_ENDPOINT_GROUP, key="local_ep_group_id"),
    ),
    Opt("--peer-endpoint-group", "Networks of the peer.", ref=VPN_ENDPOINT_GROUP, key="peer_ep_group_id"),
    ENABLE,
    Opt("--local-id", "What the router here is called, unless its address."),
]


def peer(required: bool) -> list[Opt]:
    """Who and where the peer is."""
    return [
        Opt("--peer-id", "What the peer is called: address, host or e-mail.", required=required),
        Opt("--peer-address", "Address or host of the peer.", required=required),
    ]


def check(peer_cidr: tuple[str, ...], local_endpoint_group: str, peer_endpoint_group: str) -> None:
    """Refuse a connection without an end."""
    if bool(local_endpoint_group) != bool(peer_endpoint_group):
        raise OstkError("--local-endpoint-group and --peer-endpoint-group need each other.")
    if not peer_cidr and not local_endpoint_group:
        raise OstkError("Give --local-endpoint-group and --peer-endpoint-group, or --peer-cidr.")


connection.create(
    Arg("name"),
    peer(required=True),
    Opt("--psk", "Secret that both ends know.", required=True),
    Opt("--vpnservice", "VPN service here.", ref=VPN_SERVICE, required=True),
    Opt("--ikepolicy", "IKE policy.", ref=VPN_IKE_POLICY, required=True),
    Opt("--ipsecpolicy", "IPsec policy.", ref=VPN_IPSEC_POLICY, required=True),
    OPTIONS,
    OWNER,
    validate=check,
)
connection.list(LONG)
connection.show()
connection.set(NAME, peer(required=False), OPTIONS)
connection.delete()
