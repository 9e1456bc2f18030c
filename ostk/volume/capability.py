"""Capabilities of storage backends: the extra specs that volume types can use."""

from ..api.block_storage import VOLUME_CAPABILITY
from ..language import Arg, Cloud, Json, Noun

capability = Noun(VOLUME_CAPABILITY, "Show capabilities of storage backends.", columns=["title key type description"])


@capability.lister("show", Arg("host", "Storage backend: HOST@BACKEND.", not_sent=True))
def show(cloud: Cloud, host: str) -> list[Json]:
    """Show the capabilities of a storage backend (admin only)."""
    properties = cloud.send(VOLUME_CAPABILITY, "GET", host)["properties"]
    return [{**fields, "key": key} for key, fields in properties.items()]
