"""Storage backends: capabilities, which are extra specs of volume types, and pools that Cinder's scheduler chooses."""

from ..api.block_storage import VOLUME_CAPABILITY, VOLUME_POOL
from ..language import Arg, Cloud, Json, Noun, Opt
from ..render.format import DICT

capability = Noun(VOLUME_CAPABILITY, "Show capabilities of storage backends.", columns=["title key type description"])


@capability.lister("show", Arg("host", "Storage backend: HOST@BACKEND.", not_sent=True))
def show(cloud: Cloud, host: str) -> list[Json]:
    """Show the capabilities of a storage backend (admin only)."""
    properties = cloud.send(VOLUME_CAPABILITY, "GET", host)["properties"]
    return [{**fields, "key": key} for key, fields in properties.items()]


pool = Noun(
    VOLUME_POOL,
    "List storage pools of volume backends.",
    columns=["name"],
    long=["capabilities"],
    formats={"capabilities": DICT},
)
pool.list(
    Opt("--long", "Show the capabilities of the pools too.", is_flag=True, key="detail", convert=str),
    help="List storage pools of volume backends (admin only).",
)
