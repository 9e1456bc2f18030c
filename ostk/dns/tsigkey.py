"""TSIG keys: secrets that name servers and pools prove their identity with."""

from __future__ import annotations

from ..api.dns import TSIG_KEY
from ..language import NAME, Json, Noun, Opt
from ..session.cloud import Cloud
from .fields import SCOPE, cells, changed, named_in

tsigkey = Noun(
    TSIG_KEY,
    "Manage TSIG keys: secrets of transfers between name servers (admin only).",
    cells("id name algorithm secret scope resource_id"),
)
ALGORITHM = "Algorithm: hmac-md5, hmac-sha1, hmac-sha224, hmac-sha256, hmac-sha384 or hmac-sha512."
SCOPE_OF_KEY = "What the key is for: POOL or ZONE."
tsigkey.create(
    Opt("--name", "Name of the TSIG key.", required=True),
    Opt("--algorithm", ALGORITHM, required=True),
    Opt("--secret", "Secret, in base64. Other users of this machine can see the argument.", required=True),
    Opt("--scope", SCOPE_OF_KEY, required=True),
    Opt("--resource-id", "ID of the pool or zone.", required=True),
    SCOPE,
)
tsigkey.list(
    Opt("--name", "Filter by name; * stands for any text."),
    Opt("--algorithm", "Filter by algorithm."),
    Opt("--scope", "Filter by scope: POOL or ZONE."),
    SCOPE,
)
tsigkey.show(SCOPE)


@tsigkey.shower(
    "set",
    named_in(TSIG_KEY),
    NAME,
    Opt("--algorithm", ALGORITHM),
    Opt("--secret", "New secret, in base64. Other users of this machine can see the argument."),
    Opt("--scope", SCOPE_OF_KEY),
    SCOPE,
)
def set_key(cloud: Cloud, tsig_key: str, body: Json) -> Json | None:
    """Update a TSIG key."""
    return changed(cloud, TSIG_KEY, tsig_key, body)


tsigkey.delete(SCOPE)
