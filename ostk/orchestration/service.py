"""Engines of the Orchestration service."""

from ..api.orchestration import HEAT_ENGINE
from ..language import Noun

service = Noun(
    HEAT_ENGINE,
    "List engines of the Orchestration service (admin only).",
    columns=["hostname binary engine_id host topic updated_at status"],
)
service.list(help="List engines of the Orchestration service (admin only).")
