"""Storage pools of volume backends, among which Cinder's scheduler chooses."""

from ..api.block_storage import VOLUME_POOL
from ..language import Noun, Opt
from ..render.format import DICT

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
