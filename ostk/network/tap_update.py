"""Options and the command `update` that tap flows, tap mirrors and tap services share."""

from ..language import NEW_DESCRIPTION, Cloud, Json, Resource
from .shared_options import NEW_NAME

NAME_OPTIONS = [NEW_NAME, NEW_DESCRIPTION]


def update_resource(cloud: Cloud, resource: Resource, resource_id: str, body: Json) -> Json:
    """Update a resource if there are changes, and return the resource."""
    return (cloud.update(resource, resource_id, body) if body else None) or cloud.fetch(resource, resource_id)
