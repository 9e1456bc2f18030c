"""The paths that instances of share snapshots are mounted from."""

from __future__ import annotations

from ..api.shared_file_system import SHARE_SNAPSHOT_INSTANCE, SHARE_SNAPSHOT_INSTANCE_EXPORT_LOCATION
from ..language import ALL_FIELDS_IN_API_ORDER, Noun, target

location = Noun(
    SHARE_SNAPSHOT_INSTANCE_EXPORT_LOCATION,
    "See the paths that instances of share snapshots are mounted from.",
    columns=["id, path, is_admin_only=Is Admin only"],
    fields=[ALL_FIELDS_IN_API_ORDER],
    parent=target(SHARE_SNAPSHOT_INSTANCE, "snapshot_instance"),
)
location.list()
location.show()
