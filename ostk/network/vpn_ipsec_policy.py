"""IPsec policies: encryption, authentication and encapsulation of the traffic of IPsec site connections."""

from ..api.network import VPN_IPSEC_POLICY
from ..language import DESCRIPTION, LONG, NAME, Arg, Noun
from ..owner import OWNER
from .fields import with_list_titles
from .vpn_values import AUTHENTICATION, ENCRYPTION, FORWARD_SECRECY, LIFETIME, choice

COLUMNS = (
    "id, name, auth_algorithm=Authentication Algorithm, encapsulation_mode, transform_protocol, encryption_algorithm"
)
LONG_COLUMNS = "pfs=Perfect Forward Secrecy (PFS), description, project_id=Project, lifetime"
policy = Noun(
    VPN_IPSEC_POLICY,
    "Manage IPsec policies: encryption of VPN traffic.",
    columns=[COLUMNS],
    long=[LONG_COLUMNS],
    fields=with_list_titles(COLUMNS, LONG_COLUMNS),
)
OPTIONS = [
    DESCRIPTION,
    AUTHENTICATION,
    choice("--encapsulation-mode", "Encapsulation mode.", "tunnel transport"),
    ENCRYPTION,
    LIFETIME,
    FORWARD_SECRECY,
    choice("--transform-protocol", "Transform protocol.", "esp ah ah-esp"),
]
policy.create(Arg("name", "Name of the IPsec policy."), OPTIONS, OWNER)
policy.list(LONG)
policy.show()
policy.set(NAME, OPTIONS)
policy.delete()
