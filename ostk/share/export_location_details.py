"""Export locations as details of the resource that they belong to, in `show` commands."""

from collections.abc import Callable

from ..language import ALL_FIELDS_IN_API_ORDER, MERGE_INTO_BODY, Cloud, Column, Json, Opt, Resource
from ..render.format import DICT
from ..session.name_forms import looks_like_id
from ..session.optional_details import optional
from .value_types import RECORDS

FIELDS_WITH_EXPORT_LOCATIONS = [
    ALL_FIELDS_IN_API_ORDER,
    Column("export_locations", format=RECORDS),
    Column("properties", format=DICT),
]


def fetch_export_locations(cloud: Cloud, resource: Resource, parent_id: str) -> list[Json] | None:
    """Return the export locations of a resource, without links.

    Args:
        cloud: The cloud.
        resource: The type of the export locations, with a gap in its path for the parent's ID.
        parent_id: The ID of the parent: a share, snapshot, replica or instance.

    Returns:
        The export locations; None, after a warning, if the request fails.
    """

    def fetch() -> list[Json]:
        found = cloud.pages(resource.under(parent_id))
        return [{key: value for key, value in location.items() if key != "links"} for location in found]

    return optional(fetch, None, f"the {resource.noun}s of {parent_id}")


def export_location_query(location: str) -> Json:
    """Return the query that filters by an export location, given by its ID or its path."""
    return {f"export_location_{'id' if looks_like_id(location) else 'path'}": location}


EXPORT_LOCATION_FILTER = Opt(
    "--export-location",
    "Filter by export location: ID or path.",
    key=MERGE_INTO_BODY,
    convert=export_location_query,
    since="2.35",
)


def add_export_locations(resource: Resource) -> Callable[..., Json]:
    """Return a `prepare` function that adds the export locations, of this type, and renames metadata to properties."""

    def prepare(cloud: Cloud, item: Json) -> Json:
        fields = {key: value for key, value in item.items() if key != "metadata"}
        properties = {"properties": item["metadata"]} if "metadata" in item else {}
        return {**fields, "export_locations": fetch_export_locations(cloud, resource, item["id"]), **properties}

    return prepare
