"""Export locations: the paths that something is mounted from."""

from __future__ import annotations

from ..language import Json, Kind
from ..render.format import Format
from ..session.cloud import Cloud

LOCATIONS = Format(lambda held: "".join(f"\n{key} = {value}" for one in held or () for key, value in one.items()))


def locations(cloud: Cloud, kind: Kind, id: str) -> list[Json]:
    """The export locations, of that kind, of what has this ID."""
    return [{key: held for key, held in one.items() if key != "links"} for one in cloud.pages(kind.under(id))]
