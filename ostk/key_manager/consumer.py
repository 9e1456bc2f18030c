"""Consumers of secrets: resources of services that use a secret."""

from ..api.key_manager import SECRET, SECRET_CONSUMER
from ..language import Cloud, Json, Noun, Opt, target
from .fields import LIMIT, OFFSET, for_all

consumer = Noun(
    SECRET_CONSUMER,
    "Manage consumers of secrets: resources of services that use a secret.",
    ["service=Service, resource_type=Resource type, resource_id=Resource id, created=Created"],
    parent=target(SECRET),
)
CONSUMER = [
    Opt("-s --service-type-name", "Service that uses the secret, e.g. image.", key="service", required=True),
    Opt("-t --resource-type", "Type of the resource that uses the secret, e.g. images.", required=True),
    Opt("-i --resource-id", "ID of the resource that uses the secret.", required=True),
]


consumer.list(LIMIT, OFFSET, prepare=for_all, help="List consumers of a secret.")


@consumer.action("create", target(SECRET), CONSUMER)
def create(cloud: Cloud, secret: str, body: Json) -> None:
    """Add a consumer to a secret."""
    path = SECRET_CONSUMER.under(secret).path
    cloud.call(SECRET.service, "POST", path, json=body, microversion=SECRET.microversion)


@consumer.action("delete", target(SECRET), CONSUMER)
def delete(cloud: Cloud, secret: str, body: Json) -> None:
    """Remove a consumer from a secret."""
    path = SECRET_CONSUMER.under(secret).path
    cloud.call(SECRET.service, "DELETE", path, json=body, microversion=SECRET.microversion)
