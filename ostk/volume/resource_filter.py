"""Resource filters: the query filters that Cinder's lists support (API 3.33 and later)."""

from ..api.block_storage import RESOURCE_FILTER
from ..language import Cloud, Json, Noun, target
from ..render.format import LIST

filter = Noun(
    RESOURCE_FILTER,
    "Show query filters of block storage resources.",
    columns=["resource filters"],
    fields=["resource=Resource filters=Filters"],
    formats={"filters": LIST},
    in_order=True,
)
filter.list()


@filter.shower("show", target(RESOURCE_FILTER, "resource", "Type of resource, e.g. volume or snapshot."))
def show(cloud: Cloud, resource: str) -> Json:
    """Show the query filters of a block storage resource."""
    for item in cloud.pages(RESOURCE_FILTER, {"resource": resource}):
        return item
    raise cloud.not_found_error(RESOURCE_FILTER, resource)
