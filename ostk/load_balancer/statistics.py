"""Statistics of load balancers, listeners and amphorae: connections, bytes and errors."""

from typing import cast

from ..language import Cloud, Json, Resource

STATISTICS = ["active_connections bytes_in bytes_out request_errors total_connections"]


def fetch_statistics(cloud: Cloud, resource: Resource, resource_id: str) -> Json:
    """Return the statistics of a load balancer or a listener."""
    return cast(Json, cloud.call(resource.service, "GET", resource.at(resource_id, "stats"))["stats"])
