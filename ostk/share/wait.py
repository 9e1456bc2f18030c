"""Waiting until what Manila keeps is ready, or gone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..errors import WaitError, after
from ..language import WAIT, Flag, Json, Kind, Opt
from ..session.cloud import Cloud

PATIENCE = 5  # how often something may be asked for that is in error still
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


def made(cloud: Cloud, kind: Kind, item: Json) -> Json:
    """Wait until a resource that was created is available, and return it as it is then."""
    with after(f"The {kind.noun} was created ({item['id']})"):
        return settled(cloud, kind, item["id"])


def gone(cloud: Cloud, kind: Kind, id: str) -> None:
    """Wait until something is there no more; what had failed before has some time to begin to go."""
    states: list[Any] = []

    def reached(now: Json) -> bool:
        states.append(now.get("status"))
        if states[0] != states[-1] or len(states) > PATIENCE:
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
