"""Export locations of share instances: the paths that clients mount."""

from ..api.shared_file_system import SHARE_INSTANCE, SHARE_INSTANCE_EXPORT_LOCATION
from ..language import ALL_FIELDS_IN_API_ORDER, Noun, target

location = Noun(
    SHARE_INSTANCE_EXPORT_LOCATION,
    "List and show export locations of share instances.",
    columns=["id path is_admin_only preferred"],
    fields=[ALL_FIELDS_IN_API_ORDER],
    parent=target(SHARE_INSTANCE, "instance"),
)
location.list(help="List export locations of a share instance (admin only).")
location.show(help="Show an export location of a share instance (admin only).")
