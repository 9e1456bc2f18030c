"""Service providers: other clouds that accept users of this cloud (Keystone-to-Keystone federation)."""

from ..api.identity import SERVICE_PROVIDER
from ..language import DESCRIPTION, Arg, Cloud, Json, Noun, Opt
from .options import enable_option

provider = Noun(
    SERVICE_PROVIDER,
    "Manage service providers for Keystone-to-Keystone federation.",
    columns=["id, enabled, description, auth_url=Auth URL, sp_url=Service Provider URL, relay_state_prefix"],
    fields=["id enabled description auth_url sp_url relay_state_prefix"],
    in_order=True,
    admin="create delete",
)


def settings(required: bool) -> list[Opt]:
    """Return the options of create and set; for create, both URLs are required."""
    return [
        Opt("--auth-url", "Authentication URL of the remote service provider.", required=required),
        Opt(
            "--service-provider-url",
            "URL of the remote service provider to which SAML assertions are sent.",
            key="sp_url",
            required=required,
        ),
        DESCRIPTION,
        enable_option("service provider"),
    ]


provider.create(
    Arg("service_provider_id", "ID of the new service provider.", key="id"),
    settings(required=True),
    defaults={"enabled": True},
)


@provider.shower("set", Arg("service_provider", "ID of the service provider.", not_sent=True), settings(required=False))
def change(cloud: Cloud, body: Json, service_provider: str) -> Json:
    """Update a service provider (admin only)."""
    return cloud.update(SERVICE_PROVIDER, service_provider, body) or {}


provider.list()
provider.show()
provider.delete()
