"""Waiting until what Manila keeps is ready, or gone."""

from __future__ import annotations

from collections.abc import Sequence

from ..errors import WaitError
from ..language import WAIT, Flag, Json, Kind, Opt
from ..session.cloud import Cloud

FORCE: Sequence[Opt] = [Flag("--force", "Whatever state they are in."), WAIT]


def refuse(kind: Kind, now: Json, key: str = "status") -> None:
    """Go on no further with something that failed."""
    if "error" in str(now.get(key)):
        raise WaitError(f"The {kind.noun} {now.get('name') or now['id']} went into {now[key]}.")


def settled(cloud: Cloud, kind: Kind, id: str, until: str = "available", key: str = "status") -> Json:
    """Wait until the field `key` of something is `until`, and return it as it is then."""

    def reached(now: Json) -> bool:
        refuse(kind, now, key)
        return bool(now.get(key) == until)

    return cloud.poll(lambda: cloud.fetch(kind, id), reached)


def gone(cloud: Cloud, kind: Kind, id: str) -> None:
    """Wait until something is there no more."""

    def reached(now: Json) -> bool:
        refuse(kind, now)
        return not now

    cloud.poll(lambda: cloud.by_id(kind, id) or {}, reached)


def delete(cloud: Cloud, kind: Kind, name: str, force: bool, wait: bool) -> None:
    """Delete something, perhaps whatever state it is in, and perhaps wait until it is gone."""
    id = cloud.find(kind, name)
    if force:
        cloud.act(kind, id, "force_delete")
    else:
        cloud.delete(kind, id)
    if wait:
        gone(cloud, kind, id)
