"""Federation protocols: how an identity provider is spoken to, and which mapping its users go through."""

from __future__ import annotations

from collections.abc import Iterator

from ..api.identity import FEDERATION_PROTOCOL
from ..language import Arg, Json, Noun, Opt, each
from ..session.cloud import Cloud

protocol = Noun(
    FEDERATION_PROTOCOL,
    "Manage how identity providers are spoken to.",
    columns=["id=id mapping_id=mapping"],
    fields=["id identity_provider mapping_id=mapping"],
    in_order=True,
)
OF_PROVIDER = Opt("--identity-provider", "Identity provider that it is for.", not_sent=True, required=True)
ONE = [Arg("federation_protocol", not_sent=True), OF_PROVIDER]


@protocol.shower("create", ONE, Opt("--mapping", "Mapping its users go through.", key="mapping_id", required=True))
def create(cloud: Cloud, body: Json, federation_protocol: str, identity_provider: str) -> Json:
    """Create a federation protocol."""
    made = cloud.create(FEDERATION_PROTOCOL.under(identity_provider), {"id": federation_protocol, **body})
    return {**made, "identity_provider": identity_provider}


@protocol.shower("show", ONE)
def show(cloud: Cloud, federation_protocol: str, identity_provider: str) -> Json:
    """Show a federation protocol."""
    found = cloud.get(FEDERATION_PROTOCOL.under(identity_provider), federation_protocol)
    return {**found, "identity_provider": identity_provider}


@protocol.action("set", ONE, Opt("--mapping", "Mapping its users go through.", key="mapping_id"))
def change(cloud: Cloud, body: Json, federation_protocol: str, identity_provider: str) -> None:
    """Change a federation protocol."""
    if body:
        cloud.update(FEDERATION_PROTOCOL.under(identity_provider), federation_protocol, body)


@protocol.lister("list", OF_PROVIDER)
def list_protocols(cloud: Cloud, identity_provider: str) -> Iterator[Json]:
    """List the federation protocols of an identity provider."""
    return cloud.pages(FEDERATION_PROTOCOL.under(identity_provider))


@protocol.action("delete", Arg("federation_protocol", nargs=-1, required=True, not_sent=True), OF_PROVIDER)
def delete(cloud: Cloud, federation_protocol: tuple[str, ...], identity_provider: str) -> None:
    """Delete federation protocols."""
    resource = FEDERATION_PROTOCOL.under(identity_provider)
    each(cloud, lambda id: cloud.delete(resource, id), federation_protocol, "delete", resource.noun)
