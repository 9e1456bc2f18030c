"""Export locations: the paths that something is mounted from."""

from __future__ import annotations

from collections.abc import Callable

from ..language import ALL_FIELDS_IN_API_ORDER, Column, Json, Resource
from ..render.format import DICT
from ..session.cloud import Cloud
from ..session.name_forms import looks_like_id
from ..session.optional_details import optional
from .shape import PARTS

LOCATED = [ALL_FIELDS_IN_API_ORDER, Column("export_locations", format=PARTS), Column("properties", format=DICT)]


def locations(cloud: Cloud, resource: Resource, id: str) -> list[Json] | None:
    """Return the export locations below the resource with this ID; None, with a warning, if they cannot be had."""

    def found() -> list[Json]:
        return [{key: held for key, held in one.items() if key != "links"} for one in cloud.pages(resource.under(id))]

    return optional(found, None, f"the {resource.noun}s of {id}")


def place(location: str) -> Json:
    """The query for what is mounted from an export location, by its ID or by its path."""
    return {f"export_location_{'id' if looks_like_id(location) else 'path'}": location}


def located(resource: Resource) -> Callable[..., Json]:
    """What shows something with its export locations, of that kind, and its properties under that name."""

    def prepare(cloud: Cloud, item: Json) -> Json:
        rest = {key: held for key, held in item.items() if key != "metadata"}
        held = {"properties": item["metadata"]} if "metadata" in item else {}
        return {**rest, "export_locations": locations(cloud, resource, item["id"]), **held}

    return prepare
