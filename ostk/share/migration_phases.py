"""The phases of a migration, which shares and share servers have in common: what --wait waits for."""

from ..language import FullOpt, Wait

# The first phase copies the data; the second one, the switch to the destination, begins with `complete`.
FIRST_PHASE = Wait("migration_driver_phase1_done data_copying_completed migration_success", key="task_state")
COMPLETED, CANCELLED = (Wait(f"migration_{state}", key="task_state") for state in ("success", "cancelled"))
WAIT_FOR_FIRST_PHASE = FullOpt(
    "--wait",
    "Wait until the data is copied and the migration can be completed.",
    is_flag=True,
    not_sent=True,
    default=False,
)
