"""Service providers: other clouds that take this one's word for its users."""

from __future__ import annotations

from ..api.identity import SERVICE_PROVIDER
from ..language import DESCRIPTION, Arg, Column, Json, Noun, Opt
from ..session.cloud import Cloud
from .options import ENABLE

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


provider.create(Arg("service_provider_id", key="id"), about(required=True), defaults={"enabled": True})


@provider.shower("set", Arg("service_provider", not_sent=True), about(required=False))
def change(cloud: Cloud, body: Json, service_provider: str) -> Json:
    """Change a service provider and show it."""
    return cloud.update(SERVICE_PROVIDER, service_provider, body) or {}


provider.list()
provider.show()
provider.delete()
