"""Consumers of secrets: resources of services that use a secret."""

from __future__ import annotations

from collections.abc import Iterator

from ..api.key_manager import SECRET, SECRET_CONSUMER
from ..language import Column, Json, Noun, Opt, target
from ..session.cloud import Cloud
from .fields import LIMIT, OFFSET, list_all

consumer = Noun(
    SECRET_CONSUMER,
    "Manage consumers of secrets: resources of services that use a secret.",
    [
        Column("service", "Service"),
        Column("resource_type", "Resource type"),
        Column("resource_id", "Resource id"),
        Column("created", "Created"),
    ],
)
CONSUMER = [
    Opt("-s --service-type-name", "Service that uses the secret, e.g. image.", key="service", required=True),
    Opt("-t --resource-type", "Type of the resource that uses the secret, e.g. images.", required=True),
    Opt("-i --resource-id", "ID of the resource that uses the secret.", required=True),
]


@consumer.lister("list", target(SECRET), LIMIT, OFFSET)
def list_consumers(cloud: Cloud, secret: str, body: Json, limit: int | None) -> Iterator[Json]:
    """List consumers of a secret."""
    return list_all(cloud, SECRET_CONSUMER.under(secret), body, limit)


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
