"""Federation protocols: the protocols of an identity provider (saml2, openid …), each with its mapping."""

from ..api.identity import FEDERATION_PROTOCOL
from ..language import Arg, Cloud, Items, Json, Noun, Opt, Value, each

protocol = Noun(
    FEDERATION_PROTOCOL,
    "Manage federation protocols of identity providers.",
    columns=["id=id mapping_id=mapping"],
    fields=["id identity_provider mapping_id=mapping"],
    in_order=True,
)
IDENTITY_PROVIDER = Value("--identity-provider", "Identity provider of the federation protocol (ID).", required=True)
MAPPING = "Mapping of the federation protocol (ID)."
TARGET = [
    Arg("federation_protocol", "ID of the federation protocol, e.g. saml2 or openid.", not_sent=True),
    IDENTITY_PROVIDER,
]


@protocol.shower("create", TARGET, Opt("--mapping", MAPPING, key="mapping_id", required=True))
def create(cloud: Cloud, body: Json, federation_protocol: str, identity_provider: str) -> Json:
    """Create a federation protocol (admin only)."""
    created = cloud.create(FEDERATION_PROTOCOL.under(identity_provider), {"id": federation_protocol, **body})
    return {**created, "identity_provider": identity_provider}


@protocol.shower("show", TARGET)
def show(cloud: Cloud, federation_protocol: str, identity_provider: str) -> Json:
    """Show a federation protocol."""
    found = cloud.get(FEDERATION_PROTOCOL.under(identity_provider), federation_protocol)
    return {**found, "identity_provider": identity_provider}


@protocol.action("set", TARGET, Opt("--mapping", MAPPING, key="mapping_id"))
def change(cloud: Cloud, body: Json, federation_protocol: str, identity_provider: str) -> None:
    """Update a federation protocol (admin only)."""
    if body:
        cloud.update(FEDERATION_PROTOCOL.under(identity_provider), federation_protocol, body)


@protocol.lister("list", IDENTITY_PROVIDER)
def list_protocols(cloud: Cloud, identity_provider: str) -> Items:
    """List the federation protocols of an identity provider."""
    return cloud.pages(FEDERATION_PROTOCOL.under(identity_provider))


@protocol.action(
    "delete",
    Arg("federation_protocol", "IDs of the federation protocols.", nargs=-1, required=True, not_sent=True),
    IDENTITY_PROVIDER,
)
def delete(cloud: Cloud, federation_protocol: tuple[str, ...], identity_provider: str) -> None:
    """Delete federation protocols (admin only)."""
    resource = FEDERATION_PROTOCOL.under(identity_provider)
    each(cloud, lambda id: cloud.delete(resource, id), federation_protocol, "delete", resource.noun)
