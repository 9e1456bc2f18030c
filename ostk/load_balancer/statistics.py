"""Statistics of load balancers, listeners and amphorae: connections, bytes and errors."""

from __future__ import annotations

from typing import cast

from ..language import Json, Resource
from ..session.cloud import Cloud

STATISTICS = ["active_connections bytes_in bytes_out request_errors total_connections"]


def fetch_statistics(cloud: Cloud, resource: Resource, resource_id: str) -> Json:
    """Return the statistics of a load balancer or a listener."""
    return cast(Json, cloud.call(resource.service, "GET", resource.at(resource_id, "stats"))["stats"])
