"""Waiting until a Manila resource reaches a status or is deleted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..errors import WaitError, after
from ..language import WAIT, Flag, Json, Opt, Resource
from ..session.cloud import Cloud

MAX_POLLS_IN_ERROR = 5  # a resource whose status was error before it was deleted keeps that status for a while
DELETE_OPTIONS: Sequence[Opt] = [Flag("--force", "Delete regardless of status.", admin=True), WAIT]


def check_for_error(resource: Resource, item: Json, key: str = "status") -> None:
    """Raise WaitError if the field `key` of a resource is an error status ("error", "manage_error", …)."""
    if "error" in str(item.get(key)):
        raise WaitError(f"The {resource.noun} {item.get('name') or item['id']} went into {item[key]}.")


def wait_for(cloud: Cloud, resource: Resource, resource_id: str, until: str = "available", key: str = "status") -> Json:
    """Poll a resource until its field `key` is `until`, and return the resource.

    Raises:
        WaitError: The field became an error status.
    """

    def reached(item: Json) -> bool:
        check_for_error(resource, item, key)
        return bool(item.get(key) == until)

    return cloud.poll(lambda: cloud.fetch(resource, resource_id), reached, noun=resource.noun, status_key=key)


def wait_for_new(cloud: Cloud, resource: Resource, item: Json) -> Json:
    """Poll a resource that was created until its status is available, and return the resource.

    Raises:
        WaitError: The status became an error; the message says that the resource was created, with its ID.
    """
    with after(f"The {resource.noun} was created ({item['id']})"):
        return wait_for(cloud, resource, item["id"])


def wait_for_deletion(cloud: Cloud, resource: Resource, resource_id: str) -> None:
    """Poll a resource until the service has deleted it.

    Raises:
        WaitError: The status became an error, or was one from the start and is so after MAX_POLLS_IN_ERROR polls.
    """
    statuses: list[Any] = []

    def reached(item: Json) -> bool:
        statuses.append(item.get("status"))
        if statuses[0] != statuses[-1] or len(statuses) > MAX_POLLS_IN_ERROR:
            check_for_error(resource, item)
        return not item

    cloud.poll(lambda: cloud.find_by_id(resource, resource_id) or {}, reached, noun=resource.noun)


def delete_and_wait(cloud: Cloud, resource: Resource, name: str, force: bool, wait: bool) -> None:
    """Delete a resource given by name or ID.

    Args:
        cloud: The cloud.
        resource: The type of the resource.
        name: The name or ID.
        force: Use the action `force_delete`, which works in any status.
        wait: Return when the resource is deleted.
    """
    id = cloud.find(resource, name)
    if force:
        cloud.act(resource, id, "force_delete")
    else:
        cloud.delete(resource, id)
    if wait:
        wait_for_deletion(cloud, resource, id)
