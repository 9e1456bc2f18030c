"""Share server migrations: moves of share servers, with all shares, to other hosts."""

from ..api.shared_file_system import SHARE_NETWORK, SHARE_SERVER
from ..language import ALL_FIELDS_IN_API_ORDER, Arg, Cloud, Column, Flag, Json, Noun, Opt, target
from .migration_phases import CANCELLED, COMPLETED, FIRST_PHASE, WAIT_FOR_FIRST_PHASE
from .value_types import RECORDS, TRUE_OR_FALSE

SINCE = "2.57"

migration = Noun(
    SHARE_SERVER,
    "Migrate share servers to other hosts.",
    fields=[
        ALL_FIELDS_IN_API_ORDER,
        *(Column(f"{word}_capabilities", format=RECORDS) for word in ("requested", "supported")),
    ],
)


def boolean_text_option(flag: str, help: str) -> Opt:
    """Return a required option whose value, true or false in any case, is sent as the text True or False."""
    return Opt(flag, help, type=TRUE_OR_FALSE, convert=str.capitalize, required=True)


@migration.shower(
    "start",
    target(SHARE_SERVER),
    Arg("host", "Destination: HOST@BACKEND."),
    boolean_text_option("--preserve-snapshots", "Fail unless snapshots are migrated too."),
    boolean_text_option("--writable", "Fail unless all shares stay writable while data is copied."),
    boolean_text_option("--nondisruptive", "Fail unless clients stay connected."),
    Opt("--new-share-network", "New share network of the share server.", ref=SHARE_NETWORK, key="new_share_network_id"),
    Flag("--check-only", "Check whether the share server can be migrated; start nothing."),
    WAIT_FOR_FIRST_PHASE,
    since=SINCE,
)
def start(cloud: Cloud, share_server: str, body: Json, check_only: bool, wait: bool) -> Json:
    """Start the migration of a share server to another host (admin only)."""
    content = {"new_share_network_id": None, **body}
    reply: Json = cloud.act(SHARE_SERVER, share_server, "migration_check" if check_only else "migration_start", content)
    if wait and not check_only:
        FIRST_PHASE.finish(cloud, SHARE_SERVER, share_server, {})
    return reply if check_only else {}


@migration.shower("show", target(SHARE_SERVER), since=SINCE, reads=False)
def show(cloud: Cloud, share_server: str) -> Json:
    """Show the progress of the migration of a share server (admin only)."""
    progress: Json = cloud.act(SHARE_SERVER, share_server, "migration_get_progress")
    return progress


@migration.action("complete", target(SHARE_SERVER), since=SINCE, wait=COMPLETED)
def complete(cloud: Cloud, share_server: str) -> str:
    """Complete the migration of a share server (admin only). Clients are disconnected from all shares."""
    cloud.act(SHARE_SERVER, share_server, "migration_complete")
    return share_server


@migration.action("cancel", target(SHARE_SERVER), since=SINCE, wait=CANCELLED)
def cancel(cloud: Cloud, share_server: str) -> str:
    """Cancel the migration of a share server (admin only)."""
    cloud.act(SHARE_SERVER, share_server, "migration_cancel")
    return share_server
