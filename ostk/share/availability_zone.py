"""The availability zones of shares."""

from __future__ import annotations

from ..api.shared_file_system import SHARE_ZONE
from ..language import Noun

zone = Noun(
    SHARE_ZONE, "See the availability zones of shares.", columns=["id=Id, name=Name, created_at=Created At, updated_at"]
)
zone.list(help="List the availability zones of shares.")
