"""Storage pools of the share backends, which the scheduler places shares in."""

from ..api.shared_file_system import SHARE_POOL, SHARE_TYPE
from ..language import Cloud, Column, Flag, Items, Json, Noun, Opt
from .value_types import PAIRS

pool = Noun(
    SHARE_POOL,
    "List storage pools of share backends.",
    columns=["name host backend pool", Column("capabilities", long=True, format=PAIRS)],
)


@pool.lister(
    "list",
    Opt("--host", "Filter by host (regular expression)."),
    Opt("--backend", "Filter by backend (regular expression)."),
    Opt("--pool", "Filter by pool (regular expression)."),
    Flag("--detail long", "Show capabilities too."),
    Opt("--share-type", "Filter by share type.", ref=SHARE_TYPE, key="share_type", since="2.23"),
)
def list_pools(cloud: Cloud, body: Json, long: bool) -> Items:
    """List storage pools of share backends (admin only)."""
    return cloud.pages(SHARE_POOL, body, path=SHARE_POOL.at("detail") if long else "")
