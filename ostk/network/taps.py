"""What tap flows, tap mirrors and tap services share."""

from __future__ import annotations

from ..language import DESCRIPTION, Json, Kind, Opt
from ..session.cloud import Cloud

NAMED = [Opt("--name", "Its name."), DESCRIPTION]


def changed(cloud: Cloud, kind: Kind, id: str, body: Json) -> Json:
    """One of a kind, changed if there is anything to change."""
    return (cloud.update(kind, id, body) if body else None) or cloud.fetch(kind, id)
