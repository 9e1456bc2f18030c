"""Export locations of share snapshots: the paths that clients mount."""

from ..api.shared_file_system import SHARE_SNAPSHOT, SHARE_SNAPSHOT_EXPORT_LOCATION
from ..language import ALL_FIELDS_IN_API_ORDER, Noun, target

location = Noun(
    SHARE_SNAPSHOT_EXPORT_LOCATION,
    "List and show export locations of share snapshots.",
    columns=["id path"],
    fields=[ALL_FIELDS_IN_API_ORDER],
    parent=target(SHARE_SNAPSHOT, "snapshot"),
)
location.list()
location.show()
