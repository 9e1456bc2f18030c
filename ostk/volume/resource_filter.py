"""Resource filters: what Cinder's lists can be narrowed by."""

from __future__ import annotations

from ..api.block_storage import RESOURCE_FILTER
from ..language import Json, Noun, target
from ..render.format import LIST
from ..session.cloud import Cloud

filter = Noun(
    RESOURCE_FILTER,
    "See what Cinder's lists can be narrowed by.",
    columns=["resource filters"],
    fields=["resource=Resource filters=Filters"],
    formats={"filters": LIST},
    in_order=True,
)
filter.list()


@filter.shower("show", target(RESOURCE_FILTER, "resource"))
def show(cloud: Cloud, resource: str) -> Json:
    """Show what the list of one kind can be narrowed by."""
    for found in cloud.pages(RESOURCE_FILTER, {"resource": resource}):
        return found
    raise cloud.not_found_error(RESOURCE_FILTER, resource)
