"""Identity providers: external services that authenticate federated users."""

from ..api.identity import DOMAIN, IDENTITY_PROVIDER
from ..errors import OstkError
from ..files import read_text
from ..language import DESCRIPTION, Arg, Noun, Opt, exclusive
from ..record import replace
from ..render.format import LIST
from .options import enable_option, enabled_filter

provider = Noun(
    IDENTITY_PROVIDER,
    "Manage identity providers for federated authentication.",
    columns=["id enabled domain_id description"],
    fields=["authorization_ttl description domain_id enabled id remote_ids"],
    formats={"remote_ids": LIST},
    admin="create set delete",
)


def read_remote_ids(path: str) -> list[str]:
    """Return the remote IDs in a file, which has one on each line."""
    return [line.strip() for line in read_text(path).strip().splitlines()]


SETTINGS = [
    *exclusive(
        Opt("--remote-id...", "Remote ID (entity ID) of the identity provider.", key="remote_ids"),
        Opt(
            "--remote-id-file",
            "File of remote IDs, each on a line.",
            key="remote_ids",
            type=read_remote_ids,
            metavar="FILE",
        ),
    ),
    DESCRIPTION,
    Opt(
        "--authorization-ttl",
        "Minutes that group memberships from the mapping stay valid after authentication.",
        type=int,
    ),
    enable_option("identity provider"),
]


def validate_authorization_ttl(authorization_ttl: int | None) -> None:
    """Reject a negative --authorization-ttl."""
    if authorization_ttl is not None and authorization_ttl < 0:
        raise OstkError(f"--authorization-ttl cannot be below 0: {authorization_ttl}.")


provider.create(
    Arg("identity_provider_id", "ID of the new identity provider.", key="id"),
    SETTINGS,
    Opt(
        "--domain",
        "Domain of the federated users (default: a new domain).",
        ref=replace(DOMAIN, assume_id_if_missing=True),
    ),
    defaults={"enabled": True},
    validate=validate_authorization_ttl,
)
provider.show()
provider.list(Opt("--id", "Filter by ID."), enabled_filter("identity providers"))
provider.set(SETTINGS, validate=validate_authorization_ttl)
provider.delete()
