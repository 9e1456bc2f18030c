"""The paths that share replicas are mounted from."""

from __future__ import annotations

from ..api.shared_file_system import SHARE_REPLICA, SHARE_REPLICA_EXPORT_LOCATION
from ..language import TOLD, Noun, target

location = Noun(
    SHARE_REPLICA_EXPORT_LOCATION,
    "See the paths that share replicas are mounted from.",
    columns=["id availability_zone replica_state preferred path"],
    fields=[TOLD],
    inside=target(SHARE_REPLICA, "replica"),
)
location.list()
location.show()
