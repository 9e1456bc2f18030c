"""Requests about one resource provider, which is named on the command line."""

from __future__ import annotations

from typing import Any

from ..api.placement import RESOURCE_PROVIDER
from ..errors import HTTPNotFound
from ..language import Arg
from ..session.cloud import Cloud
from ..session.name_forms import looks_like_id

ONE = Arg("resource_provider", names=RESOURCE_PROVIDER, not_sent=True)


def tell(cloud: Cloud, method: str, name: str, *parts: str, body: Any = None) -> Any:
    """Send a request about a resource provider and return the JSON of the answer.

    A UUID is used as it is; the provider is looked up by a name, also by one that looks like a UUID.
    """
    resource = RESOURCE_PROVIDER
    content = {} if body is None else {"json": body}

    def send(id: str) -> Any:
        return cloud.call(
            resource.service, method, resource.at(id, *parts), microversion=resource.microversion, **content
        )

    if not looks_like_id(name):
        return send(cloud.find(resource, name))
    try:
        return send(name)
    except HTTPNotFound:
        with cloud.force_send():
            found = cloud.find_by_name(resource, name)
        if found is None or found[resource.id] == name:
            raise
        return send(found[resource.id])
