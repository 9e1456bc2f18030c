"""Pools of volume backends: what the scheduler chooses from."""

from __future__ import annotations

from ..api.block_storage import VOLUME_POOL
from ..language import Noun, Opt
from ..render.format import DICT

pool = Noun(
    VOLUME_POOL,
    "See the pools that volumes are put into.",
    columns=["name"],
    long=["capabilities"],
    formats={"capabilities": DICT},
)
pool.list(Opt("--long", "Show more columns.", is_flag=True, key="detail", convert=str))
