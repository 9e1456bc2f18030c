"""IPsec site connections: site-to-site VPN tunnels from a VPN service to a peer gateway."""

from ..api.network import VPN_CONNECTION, VPN_ENDPOINT_GROUP, VPN_IKE_POLICY, VPN_IPSEC_POLICY, VPN_SERVICE
from ..errors import OstkError
from ..language import DESCRIPTION, LONG, NAME, Arg, Noun, Opt, exclusive
from ..owner import OWNER
from ..render.format import LIST
from .fields import with_list_titles
from .shared_options import ENABLE
from .vpn_values import MinimumNumber, ValidatedKeyValues, choice

COLUMNS = "id, name, peer_address, auth_mode=Authentication Algorithm, status"
LONG_COLUMNS = (
    "project_id=Project, peer_cidrs=Peer CIDRs, vpnservice_id=VPN Service, ipsecpolicy_id=IPSec Policy,"
    " ikepolicy_id=IKE Policy, mtu=MTU, initiator, admin_state_up=State, description, psk=Pre-shared Key, route_mode,"
    " local_id=Local ID, peer_id=Peer ID, local_ep_group_id=Local Endpoint Group ID,"
    " peer_ep_group_id=Peer Endpoint Group ID, dpd=DPD"
)
connection = Noun(
    VPN_CONNECTION,
    "Manage IPsec site connections: VPN tunnels to peer gateways.",
    columns=[COLUMNS],
    long=[LONG_COLUMNS],
    fields=with_list_titles(COLUMNS, LONG_COLUMNS),
    formats={"peer_cidrs": LIST},
)
DEAD_PEER_DETECTION = ValidatedKeyValues(
    {"action": "hold clear disabled restart restart-by-peer"}, {"interval": 1, "timeout": 1}
)
OPTIONS = [
    DESCRIPTION,
    Opt(
        "--dpd",
        "Dead peer detection; ACTION: hold, clear, disabled, restart or restart-by-peer.",
        type=DEAD_PEER_DETECTION,
        metavar="action=ACTION,interval=SECONDS,timeout=SECONDS",
    ),
    Opt("--mtu", "Maximum transmission unit (MTU), in bytes; at least 68.", type=MinimumNumber(68)),
    choice("--initiator", "Initiator mode: start the connection, or only respond.", "bi-directional response-only"),
    *exclusive(
        Opt("--peer-cidr...", "Private CIDR of the peer (deprecated; see --peer-endpoint-group).", key="peer_cidrs"),
        Opt(
            "--local-endpoint-group",
            "Local endpoint group, of subnets.",
            ref=VPN_ENDPOINT_GROUP,
            key="local_ep_group_id",
        ),
    ),
    Opt("--peer-endpoint-group", "Peer endpoint group, of CIDRs.", ref=VPN_ENDPOINT_GROUP, key="peer_ep_group_id"),
    ENABLE,
    Opt("--local-id", "Local ID of the VPN router (default: external IP address of the router)."),
]


def peer_options(required: bool) -> list[Opt]:
    """Return the options for the identity and the address of the peer gateway."""
    return [
        Opt("--peer-id", "Identity of the peer router: IP address, host name or e-mail address.", required=required),
        Opt("--peer-address", "Public IP address or host name of the peer gateway.", required=required),
    ]


def validate_endpoints(
    peer_cidr: tuple[str, ...], local_endpoint_group: str | None, peer_endpoint_group: str | None
) -> None:
    """Require both endpoint groups, or a peer CIDR."""
    if bool(local_endpoint_group) != bool(peer_endpoint_group):
        raise OstkError("--local-endpoint-group and --peer-endpoint-group need each other.")
    if not peer_cidr and not local_endpoint_group:
        raise OstkError("Give --local-endpoint-group and --peer-endpoint-group, or --peer-cidr.")


connection.create(
    Arg("name", "Name of the IPsec site connection."),
    peer_options(required=True),
    Opt("--psk", "Pre-shared key (PSK).", required=True),
    Opt("--vpnservice", "VPN service of the connection.", ref=VPN_SERVICE, required=True),
    Opt("--ikepolicy", "IKE policy of the connection.", ref=VPN_IKE_POLICY, required=True),
    Opt("--ipsecpolicy", "IPsec policy of the connection.", ref=VPN_IPSEC_POLICY, required=True),
    OPTIONS,
    OWNER,
    validate=validate_endpoints,
)
connection.list(LONG)
connection.show()
connection.set(NAME, peer_options(required=False), OPTIONS)
connection.delete()
