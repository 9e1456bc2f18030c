"""What tap flows, tap mirrors and tap services share."""

from __future__ import annotations

from ..language import DESCRIPTION, Json, Opt, Resource
from ..session.cloud import Cloud

NAMED = [Opt("--name", "Its name."), DESCRIPTION]


def changed(cloud: Cloud, resource: Resource, id: str, body: Json) -> Json:
    """One of a kind, changed if there is anything to change."""
    return (cloud.update(resource, id, body) if body else None) or cloud.fetch(resource, id)
