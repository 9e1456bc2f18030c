"""Share migrations: moves of shares to other hosts, backends and pools."""

from typing import Any

from ..api.shared_file_system import SHARE, SHARE_NETWORK, SHARE_TYPE
from ..language import ALL_FIELDS_IN_API_ORDER, Arg, Cloud, Json, Noun, Opt, target
from .migration_phases import CANCELLED, COMPLETED, FIRST_PHASE, WAIT_FOR_FIRST_PHASE
from .value_types import TRUE_OR_FALSE

MANILA = SHARE.service
GUARANTEES = {
    "--preserve-metadata": "Fail unless file metadata is preserved.",
    "--preserve-snapshots": "Fail unless snapshots are migrated too.",
    "--writable": "Fail unless the share stays writable while data is copied.",
    "--nondisruptive": "Fail unless clients stay connected.",
}
migration = Noun(SHARE, "Migrate shares to other hosts.")


def boolean_option(flag: str, help: str, **attrs: Any) -> Opt:
    """Return an option whose value, true or false in any case, is sent as a boolean."""
    return Opt(flag, help, type=TRUE_OR_FALSE, convert=lambda word: word == "true", **attrs)


@migration.action(
    "start",
    target(SHARE),
    Arg("host", "Destination: HOST@BACKEND#POOL."),
    boolean_option(
        "--force-host-assisted-migration", "Copy through the data service, not by the driver (default: false)."
    ),
    [boolean_option(flag, help, required=True) for flag, help in GUARANTEES.items()],
    Opt("--new-share-network", "New share network of the share.", ref=SHARE_NETWORK),
    Opt("--new-share-type", "New share type of the share.", ref=SHARE_TYPE),
    WAIT_FOR_FIRST_PHASE,
    since="2.29",
    wait=FIRST_PHASE,
)
def start(cloud: Cloud, share: str, body: Json) -> str:
    """Start the migration of a share to another host (admin only)."""
    cloud.act(SHARE, share, "migration_start", {"force_host_assisted_migration": False, **body})
    return share


@migration.action("complete", target(SHARE), since="2.22", wait=COMPLETED)
def complete(cloud: Cloud, share: str) -> str:
    """Complete the migration of a share: switch over to the destination (admin only)."""
    cloud.act(SHARE, share, "migration_complete")
    return share


@migration.action("cancel", target(SHARE), since="2.22", wait=CANCELLED)
def cancel(cloud: Cloud, share: str) -> str:
    """Cancel the migration of a share (admin only)."""
    cloud.act(SHARE, share, "migration_cancel")
    return share


@migration.shower("show", target(SHARE), fields=[ALL_FIELDS_IN_API_ORDER], since="2.22", reads=False)
def show(cloud: Cloud, share: str) -> Json:
    """Show the progress of the migration of a share (admin only)."""
    if cloud.supports(MANILA, "2.98"):
        progress: Json = cloud.send(SHARE, "GET", share, "migration-progress")
    else:
        progress = cloud.act(SHARE, share, "migration_get_progress")
    return progress
