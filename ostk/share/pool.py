"""Pools of share backends: what the scheduler chooses from."""

from __future__ import annotations

from collections.abc import Iterator

from ..api.shared_file_system import SHARE_POOL, SHARE_TYPE
from ..language import Column, Flag, Json, Noun, Opt
from ..session.cloud import Cloud
from .shape import PAIRS

pool = Noun(
    SHARE_POOL,
    "See the pools that shares are put into.",
    columns=["name host backend pool", Column("capabilities", long=True, format=PAIRS)],
)


@pool.lister(
    "list",
    Opt("--host", "Only those of this host."),
    Opt("--backend", "Only those of this backend."),
    Opt("--pool", "Only those of this name."),
    Flag("--detail long", "Show what they can do too."),
    Opt(
        "--share-type", "Only those that shares of this type fit into.", ref=SHARE_TYPE, key="share_type", since="2.23"
    ),
)
def list_pools(cloud: Cloud, body: Json, long: bool) -> Iterator[Json]:
    """List the pools that shares are put into."""
    return cloud.pages(SHARE_POOL, body, path=SHARE_POOL.at("detail") if long else "")
