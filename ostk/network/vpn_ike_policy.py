"""IKE policies: algorithms and lifetimes for the key exchange of IPsec site connections."""

from ..api.network import VPN_IKE_POLICY
from ..language import DESCRIPTION, LONG, NAME, Arg, Noun
from ..owner import OWNER
from .fields import with_list_titles
from .vpn_values import AUTHENTICATION, ENCRYPTION, FORWARD_SECRECY, LIFETIME, choice

COLUMNS = (
    "id, name, auth_algorithm=Authentication Algorithm, encryption_algorithm, ike_version,"
    " pfs=Perfect Forward Secrecy (PFS)"
)
LONG_COLUMNS = "description phase1_negotiation_mode project_id=Project lifetime"
policy = Noun(
    VPN_IKE_POLICY,
    "Manage IKE policies: key exchange of VPNs.",
    columns=[COLUMNS],
    long=[LONG_COLUMNS],
    fields=with_list_titles(COLUMNS, LONG_COLUMNS),
)
OPTIONS = [
    DESCRIPTION,
    AUTHENTICATION,
    ENCRYPTION,
    choice("--phase1-negotiation-mode", "IKE phase 1 negotiation mode.", "main aggressive"),
    choice("--ike-version", "IKE version.", "v1 v2"),
    FORWARD_SECRECY,
    LIFETIME,
]
policy.create(Arg("name", "Name of the IKE policy."), OPTIONS, OWNER)
policy.list(LONG)
policy.show()
policy.set(NAME, OPTIONS)
policy.delete()
