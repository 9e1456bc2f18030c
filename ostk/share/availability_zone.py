"""Availability zones of the Shared File Systems service."""

from ..api.shared_file_system import SHARE_ZONE
from ..language import Noun

zone = Noun(
    SHARE_ZONE,
    "List availability zones of the Shared File Systems service.",
    columns=["id=Id, name=Name, created_at=Created At, updated_at"],
)
zone.list(help="List availability zones of the Shared File Systems service.")
