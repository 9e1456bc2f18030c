"""Service providers: other clouds that take this one's word for its users."""

from __future__ import annotations

from ..kinds import SERVICE_PROVIDER
from ..language import DESCRIPTION, Arg, Column, Json, Noun, Opt
from ..session.cloud import Cloud
from .federation import register
from .switches import ENABLE

provider = Noun(
    SERVICE_PROVIDER,
    "Manage other clouds that trust this one's users.",
    columns=[
        "id enabled description",
        Column("auth_url", "Auth URL"),
        Column("sp_url", "Service Provider URL"),
        "relay_state_prefix",
    ],
    fields=["id enabled description auth_url sp_url relay_state_prefix"],
    in_order=True,
)


def about(required: bool) -> list[Opt]:
    """The options that describe one."""
    return [
        Opt("--auth-url", "Where users from here log in there.", required=required),
        Opt("--service-provider-url", "Where it is told about users.", key="sp_url", required=required),
        DESCRIPTION,
        ENABLE,
    ]


@provider.shower("create", Arg("service_provider_id", local=True), about(required=True))
def create(cloud: Cloud, body: Json, service_provider_id: str) -> Json:
    """Create a service provider."""
    return register(cloud, SERVICE_PROVIDER, service_provider_id, {"enabled": True, **body})


@provider.shower("set", Arg("service_provider", local=True), about(required=False))
def change(cloud: Cloud, body: Json, service_provider: str) -> Json:
    """Change a service provider and show it."""
    return cloud.update(SERVICE_PROVIDER, service_provider, body) or {}


provider.list()
provider.show()
provider.delete()
