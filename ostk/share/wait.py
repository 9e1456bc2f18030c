"""Waiting until what Manila keeps is ready, or gone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..errors import WaitError, after
from ..language import WAIT, Flag, Json, Opt, Resource
from ..session.cloud import Cloud

TIMEOUT = 5  # how often something may be asked for that is in error still
FORCE: Sequence[Opt] = [Flag("--force", "Whatever state they are in."), WAIT]


def validate(resource: Resource, now: Json, key: str = "status") -> None:
    """Go on no further with something that failed."""
    if "error" in str(now.get(key)):
        raise WaitError(f"The {resource.noun} {now.get('name') or now['id']} went into {now[key]}.")


def settled(cloud: Cloud, resource: Resource, id: str, until: str = "available", key: str = "status") -> Json:
    """Wait until the field `key` of something is `until`, and return it as it is then."""

    def reached(now: Json) -> bool:
        validate(resource, now, key)
        return bool(now.get(key) == until)

    return cloud.poll(lambda: cloud.fetch(resource, id), reached)


def made(cloud: Cloud, resource: Resource, item: Json) -> Json:
    """Wait until a resource that was created is available, and return it as it is then."""
    with after(f"The {resource.noun} was created ({item['id']})"):
        return settled(cloud, resource, item["id"])


def gone(cloud: Cloud, resource: Resource, id: str) -> None:
    """Wait until something is there no more; what had failed before has some time to begin to go."""
    states: list[Any] = []

    def reached(now: Json) -> bool:
        states.append(now.get("status"))
        if states[0] != states[-1] or len(states) > TIMEOUT:
            validate(resource, now)
        return not now

    cloud.poll(lambda: cloud.find_by_id(resource, id) or {}, reached)


def delete(cloud: Cloud, resource: Resource, name: str, force: bool, wait: bool) -> None:
    """Delete something, perhaps whatever state it is in, and perhaps wait until it is gone."""
    id = cloud.find(resource, name)
    if force:
        cloud.act(resource, id, "force_delete")
    else:
        cloud.delete(resource, id)
    if wait:
        gone(cloud, resource, id)
