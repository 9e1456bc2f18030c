"""IKE policies: how the two ends of a VPN agree on keys."""

from __future__ import annotations

from ..api.network import VPN_IKE_POLICY
from ..language import DESCRIPTION, LONG, NAME, Arg, Noun
from ..owner import OWNER
from .extra_properties import titled
from .vpn_values import AUTHENTICATION, ENCRYPTION, LIFETIME, SECRECY, choice

COLUMNS = (
    "id, name, auth_algorithm=Authentication Algorithm, encryption_algorithm, ike_version,"
    " pfs=Perfect Forward Secrecy (PFS)"
)
LONG_COLUMNS = "description phase1_negotiation_mode project_id=Project lifetime"
policy = Noun(
    VPN_IKE_POLICY,
    "Manage IKE policies: how the two ends of VPNs agree on keys.",
    columns=[COLUMNS],
    long=[LONG_COLUMNS],
    fields=titled(COLUMNS, LONG_COLUMNS),
)
OPTIONS = [
    DESCRIPTION,
    AUTHENTICATION,
    ENCRYPTION,
    choice("--phase1-negotiation-mode", "How phase 1 is negotiated.", "main aggressive"),
    choice("--ike-version", "Version of IKE.", "v1 v2"),
    SECRECY,
    LIFETIME,
]
policy.create(Arg("name"), OPTIONS, OWNER)
policy.list(LONG)
policy.show()
policy.set(NAME, OPTIONS)
policy.delete()
