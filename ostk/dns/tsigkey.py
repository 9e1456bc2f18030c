"""TSIG keys: secrets that name servers and pools prove their identity with."""

from ..api.dns import TSIG_KEY
from ..language import NAME, Noun, Opt
from .fields import cells
from .options import SCOPE

tsigkey = Noun(
    TSIG_KEY,
    "Manage TSIG keys: shared secrets for transfers between name servers (admin only).",
    cells("id name algorithm secret scope resource_id"),
    shared=SCOPE,
)
ALGORITHM = "Algorithm: hmac-md5, hmac-sha1, hmac-sha224, hmac-sha256, hmac-sha384 or hmac-sha512."
SCOPE_OF_KEY = "Scope of the key: POOL or ZONE."
tsigkey.create(
    Opt("--name", "Name of the TSIG key.", required=True),
    Opt("--algorithm", ALGORITHM, required=True),
    Opt("--secret", "Secret, in base64. Other users of this machine can see the argument.", required=True),
    Opt("--scope", SCOPE_OF_KEY, required=True),
    Opt("--resource-id", "ID of the pool or zone.", required=True),
)
tsigkey.list(
    Opt("--name", "Filter by name; * stands for any text."),
    Opt("--algorithm", "Filter by algorithm."),
    Opt("--scope", "Filter by scope: POOL or ZONE."),
)
tsigkey.show()
tsigkey.set(
    NAME,
    Opt("--algorithm", ALGORITHM),
    Opt("--secret", "New secret, in base64. Other users of this machine can see the argument."),
    Opt("--scope", SCOPE_OF_KEY),
    shows=True,
)
tsigkey.delete()
