"""Instances of share snapshots: what these are made of in a backend."""

from __future__ import annotations

from ..api.shared_file_system import SHARE_SNAPSHOT, SHARE_SNAPSHOT_INSTANCE, SHARE_SNAPSHOT_INSTANCE_EXPORT_LOCATION
from ..language import Noun, Opt
from .change import STATES
from .locations import LOCATED, located

instance = Noun(
    SHARE_SNAPSHOT_INSTANCE,
    "Manage what share snapshots are made of in a backend.",
    columns=["id snapshot_id status"],
    long=["created_at updated_at share_id share_instance_id progress provider_location"],
    fields=LOCATED,
)
instance.list(
    Opt("--snapshot", "Only those of this snapshot.", ref=SHARE_SNAPSHOT),
    Opt("--detailed long", "Show more columns.", is_flag=True, not_sent=True, default=False),
)
instance.show(prepare=located(SHARE_SNAPSHOT_INSTANCE_EXPORT_LOCATION))
instance.set(
    Opt("--status", "State; available unless given.", choices=STATES, default="available", action="reset_status")
)
