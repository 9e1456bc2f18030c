"""Deletion of Manila resources, regardless of status with --force."""

from collections.abc import Sequence

from ..language import WAIT, Cloud, Flag, Opt, Resource

DELETE_OPTIONS: Sequence[Opt] = [Flag("--force", "Delete regardless of status.", admin=True), WAIT]


def delete_resource(cloud: Cloud, resource: Resource, name: str, force: bool = False) -> str:
    """Delete a resource given by name or ID, with `force` by the action `force_delete`; return its ID."""
    id = cloud.find(resource, name)
    if force:
        cloud.act(resource, id, "force_delete")
    else:
        cloud.delete(resource, id)
    return id
