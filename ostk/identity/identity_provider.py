"""Identity providers: who vouches for users from elsewhere."""

from __future__ import annotations

from dataclasses import replace

from ..errors import OstkError
from ..kinds import DOMAIN, IDENTITY_PROVIDER
from ..language import DESCRIPTION, Arg, Column, Json, Noun, Opt, exclusive
from ..render.format import LIST
from ..session.cloud import Cloud
from .federation import TextFile, register
from .switches import ENABLE

provider = Noun(
    IDENTITY_PROVIDER,
    "Manage who vouches for users from elsewhere.",
    columns=["id enabled domain_id description"],
    fields=["authorization_ttl description domain_id enabled id", Column("remote_ids", format=LIST)],
)


def lines(text: str) -> list[str]:
    """The lines of a file, each a remote ID."""
    return [line.strip() for line in text.splitlines()]


ABOUT = [
    *exclusive(
        Opt("--remote-id", "ID it is known by; may be repeated.", key="remote_ids", multiple=True),
        Opt("--remote-id-file", "File of such IDs, one a line.", key="remote_ids", type=TextFile(), convert=lines),
    ),
    DESCRIPTION,
    Opt("--authorization-ttl", "Minutes for which groups stay those it told.", type=int),
    ENABLE,
]


def lasting(authorization_ttl: int | None) -> None:
    """Refuse a time below zero."""
    if authorization_ttl is not None and authorization_ttl < 0:
        raise OstkError("--authorization-ttl cannot be below 0.")


@provider.shower(
    "create",
    Arg("identity_provider_id", local=True),
    ABOUT,
    Opt("--domain", "Domain its users will be in; a new one unless given.", ref=replace(DOMAIN, gone=True)),
    refuse=lasting,
)
def create(cloud: Cloud, body: Json, identity_provider_id: str) -> Json:
    """Create an identity provider."""
    return register(cloud, IDENTITY_PROVIDER, identity_provider_id, {"enabled": True, **body})


provider.show()
provider.list(Opt("--id", "Only the one with this ID."), Opt("--enabled", "Only those that can be used.", value="True"))
provider.set(ABOUT, refuse=lasting)
provider.delete()
