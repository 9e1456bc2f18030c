"""Moving share servers to other hosts."""

from __future__ import annotations

from ..api.shared_file_system import SHARE_NETWORK, SHARE_SERVER
from ..language import ALL_FIELDS_IN_API_ORDER, Arg, Column, Flag, Json, Noun, Opt, target
from ..session.cloud import Cloud
from .shape import PARTS

SINCE = "2.57"

migration = Noun(
    SHARE_SERVER,
    "Move share servers to other hosts.",
    fields=[
        ALL_FIELDS_IN_API_ORDER,
        *(Column(f"{word}_capabilities", format=PARTS) for word in ("requested", "supported")),
    ],
)


def whether(flag: str, help: str) -> Opt:
    """An option that must be answered."""
    return Opt(flag, help, choices="True False", required=True)


@migration.shower(
    "start",
    target(SHARE_SERVER),
    Arg("host"),
    whether("--preserve-snapshots", "Whether snapshots must be kept."),
    whether("--writable", "Whether its shares must stay writable."),
    whether("--nondisruptive", "Whether its shares must stay reachable."),
    Opt("--new-share-network", "Share network to move it to.", ref=SHARE_NETWORK, key="new_share_network_id"),
    Flag("--check-only", "Say whether it can be moved; do not move it."),
    since=SINCE,
)
def start(cloud: Cloud, share_server: str, body: Json, check_only: bool) -> Json:
    """Begin to move a share server to another host."""
    asked = {"new_share_network_id": None, **body}
    reply: Json = cloud.act(SHARE_SERVER, share_server, "migration_check" if check_only else "migration_start", asked)
    return reply if check_only else {}


@migration.shower("show", target(SHARE_SERVER), since=SINCE, reads=False)
def show(cloud: Cloud, share_server: str) -> Json:
    """Show how far a share server is moved."""
    progress: Json = cloud.act(SHARE_SERVER, share_server, "migration_get_progress")
    return progress


@migration.action("complete", target(SHARE_SERVER), since=SINCE)
def complete(cloud: Cloud, share_server: str) -> None:
    """Finish moving a share server, for what is left cuts its shares off."""
    cloud.act(SHARE_SERVER, share_server, "migration_complete")


@migration.action("cancel", target(SHARE_SERVER), since=SINCE)
def cancel(cloud: Cloud, share_server: str) -> None:
    """Leave a share server where it was."""
    cloud.act(SHARE_SERVER, share_server, "migration_cancel")
