"""Export locations of share replicas: the paths that clients mount."""

from ..api.shared_file_system import SHARE_REPLICA, SHARE_REPLICA_EXPORT_LOCATION
from ..language import ALL_FIELDS_IN_API_ORDER, Noun, target

location = Noun(
    SHARE_REPLICA_EXPORT_LOCATION,
    "List and show export locations of share replicas.",
    columns=["id availability_zone replica_state preferred path"],
    fields=[ALL_FIELDS_IN_API_ORDER],
    parent=target(SHARE_REPLICA, "replica"),
)
location.list()
location.show()
