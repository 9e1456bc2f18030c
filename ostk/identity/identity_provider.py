"""Identity providers: who vouches for users from elsewhere."""

from __future__ import annotations

from ..api.identity import DOMAIN, IDENTITY_PROVIDER
from ..errors import OstkError
from ..files import read_text
from ..language import DESCRIPTION, Arg, Noun, Opt, exclusive
from ..record import replace
from ..render.format import LIST
from .options import ENABLE, ENABLED

provider = Noun(
    IDENTITY_PROVIDER,
    "Manage who vouches for users from elsewhere.",
    columns=["id enabled domain_id description"],
    fields=["authorization_ttl description domain_id enabled id remote_ids"],
    formats={"remote_ids": LIST},
)


def lines(path: str) -> list[str]:
    """The lines of a file, each a remote ID."""
    return [line.strip() for line in read_text(path).strip().splitlines()]


ABOUT = [
    *exclusive(
        Opt("--remote-id", "ID it is known by; may be repeated.", key="remote_ids", multiple=True),
        Opt("--remote-id-file", "File of such IDs, one a line.", key="remote_ids", type=lines, metavar="FILE"),
    ),
    DESCRIPTION,
    Opt("--authorization-ttl", "Minutes for which groups stay those it told.", type=int),
    ENABLE,
]


def lasting(authorization_ttl: int | None) -> None:
    """Refuse a time below zero."""
    if authorization_ttl is not None and authorization_ttl < 0:
        raise OstkError("--authorization-ttl cannot be below 0.")


provider.create(
    Arg("identity_provider_id", key="id"),
    ABOUT,
    Opt(
        "--domain",
        "Domain its users will be in; a new one unless given.",
        ref=replace(DOMAIN, assume_id_if_missing=True),
    ),
    defaults={"enabled": True},
    validate=lasting,
)
provider.show()
provider.list(Opt("--id", "Only the one with this ID."), ENABLED)
provider.set(ABOUT, validate=lasting)
provider.delete()
