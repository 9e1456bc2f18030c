"""Capabilities of volume backends: what volume types may ask of them."""

from __future__ import annotations

from ..api.block_storage import VOLUME_CAPABILITY
from ..language import Arg, Json, Noun
from ..session.cloud import Cloud

capability = Noun(
    VOLUME_CAPABILITY, "See what volume types may ask of backends.", columns=["title key type description"]
)


@capability.lister("show", Arg("host", not_sent=True))
def show(cloud: Cloud, host: str) -> list[Json]:
    """List the capabilities of a backend: host@backend."""
    found = cloud.call(VOLUME_CAPABILITY.service, "GET", VOLUME_CAPABILITY.at(host))["properties"]
    return [{**one, "key": key} for key, one in found.items()]
