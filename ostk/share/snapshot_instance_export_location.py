"""Export locations of share snapshot instances: the paths that clients mount."""

from ..api.shared_file_system import SHARE_SNAPSHOT_INSTANCE, SHARE_SNAPSHOT_INSTANCE_EXPORT_LOCATION
from ..language import ALL_FIELDS_IN_API_ORDER, Noun, target

location = Noun(
    SHARE_SNAPSHOT_INSTANCE_EXPORT_LOCATION,
    "List and show export locations of share snapshot instances.",
    columns=["id, path, is_admin_only=Is Admin only"],
    fields=[ALL_FIELDS_IN_API_ORDER],
    parent=target(SHARE_SNAPSHOT_INSTANCE, "snapshot_instance"),
)
location.list(help="List export locations of a share snapshot instance (admin only).")
location.show(help="Show an export location of a share snapshot instance (admin only).")
