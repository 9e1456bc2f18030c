"""IPsec policies: how traffic in a VPN is protected."""

from __future__ import annotations

from ..api.network import VPN_IPSEC_POLICY
from ..language import DESCRIPTION, LONG, NAME, Arg, Noun
from ..owner import OWNER
from .extra_properties import titled
from .vpn_values import AUTHENTICATION, ENCRYPTION, LIFETIME, SECRECY, choice

COLUMNS = (
    "id, name, auth_algorithm=Authentication Algorithm, encapsulation_mode, transform_protocol, encryption_algorithm"
)
LONG_COLUMNS = "pfs=Perfect Forward Secrecy (PFS), description, project_id=Project, lifetime"
policy = Noun(
    VPN_IPSEC_POLICY,
    "Manage IPsec policies: how traffic in VPNs is protected.",
    columns=[COLUMNS],
    long=[LONG_COLUMNS],
    fields=titled(COLUMNS, LONG_COLUMNS),
)
OPTIONS = [
    DESCRIPTION,
    AUTHENTICATION,
    choice("--encapsulation-mode", "How packets are wrapped.", "tunnel transport"),
    ENCRYPTION,
    LIFETIME,
    SECRECY,
    choice("--transform-protocol", "IPsec protocol.", "esp ah ah-esp"),
]
policy.create(Arg("name"), OPTIONS, OWNER)
policy.list(LONG)
policy.show()
policy.set(NAME, OPTIONS)
policy.delete()
