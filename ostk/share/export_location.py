"""Export locations of shares: the paths that clients mount."""

from ..api.shared_file_system import SHARE, SHARE_EXPORT_LOCATION
from ..language import ALL_FIELDS_IN_API_ORDER, Column, Json, Noun, target, without
from ..render.format import DICT
from . import metadata

location = Noun(
    SHARE_EXPORT_LOCATION,
    "Manage export locations of shares: the paths that clients mount.",
    columns=["id path preferred"],
    fields=[ALL_FIELDS_IN_API_ORDER, Column("properties", format=DICT)],
    parent=target(SHARE),
)
location.list()


def with_properties(item: Json) -> Json:
    """Return an export location with its metadata renamed to properties."""
    return {**without(item, "metadata"), "properties": item.get("metadata") or {}}


location.show(prepare=with_properties)
location.set(metadata.set_property_option("2.87"), help="Set properties of a share export location.")
location.unset(metadata.unset_property_option("2.87"), help="Remove properties of a share export location.")
