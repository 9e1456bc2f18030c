"""Requests about one resource provider, and the argument that names the provider."""

from typing import Any

from ..api.placement import RESOURCE_PROVIDER
from ..errors import HTTPNotFound
from ..language import Arg, Cloud
from ..session.name_forms import looks_like_id

PROVIDER = Arg("resource_provider", "Resource provider.", names=RESOURCE_PROVIDER)


def call_provider(cloud: Cloud, method: str, name_or_id: str, *path: str, body: Any = None) -> Any:
    """Send a request about a resource provider and return the JSON of the answer.

    A UUID is used as it is; only if Placement does not know the UUID, a provider with that text as its name is
    looked up.

    Args:
        cloud: The cloud.
        method: The HTTP method.
        name_or_id: The name or UUID of the provider.
        path: The segments of the path below the provider: "inventories", "VCPU".
        body: The JSON to send; None for no body.

    Raises:
        ResourceNotFound: No provider has the name.
        HTTPNotFound: No provider has the UUID, or the provider has nothing at this path.
    """
    resource = RESOURCE_PROVIDER
    content = {} if body is None else {"json": body}

    def send(uuid: str) -> Any:
        return cloud.call(
            resource.service, method, resource.at(uuid, *path), microversion=resource.microversion, **content
        )

    if not looks_like_id(name_or_id):
        return send(cloud.find(resource, name_or_id))
    try:
        return send(name_or_id)
    except HTTPNotFound:
        with cloud.force_send():
            provider = cloud.find_by_name(resource, name_or_id)
        if provider is None or provider[resource.id] == name_or_id:
            raise
        return send(provider[resource.id])
