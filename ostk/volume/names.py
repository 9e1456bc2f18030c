"""Names in the place of IDs, for people who read a table."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from ..errors import OstkError
from ..language import Kind
from ..session.cloud import Cloud


def names(cloud: Cloud, kind: Kind) -> Callable[[str], str]:
    """The name of one of a kind by its ID, or the ID where nobody tells it; they are asked for when first needed."""

    @cache
    def known() -> dict[str, str]:
        try:
            return {one["id"]: one["name"] for one in cloud.pages(kind, path=kind.path)}
        except OstkError:
            return {}

    return lambda id: known().get(id, id)
