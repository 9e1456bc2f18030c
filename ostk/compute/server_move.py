"""Servers: resize and migrate."""

from ..api.compute import FLAVOR, SERVER
from ..errors import WaitError
from ..language import WAIT, Cloud, Flag, Json, Opt, Value, exclusive, target
from .server_fields import server
from .server_wait import CONFIRM, REVERT, add_finish_action, failure_reason, finish_resize, wait_for_status

NOVA = SERVER.service


@server.action(
    "resize",
    target(SERVER),
    exclusive(
        Opt("--flavor", "New flavor.", ref=FLAVOR, key="flavorRef"),
        Flag("--confirm", "Confirm the resize (deprecated; see server resize confirm)."),
        Flag("--revert", "Revert the resize (deprecated; see server resize revert)."),
        required=True,
    ),
    WAIT,
)
def resize(cloud: Cloud, server: str, body: Json, confirm: bool, revert: bool, wait: bool) -> None:
    """Resize a server to another flavor."""
    if confirm or revert:
        finish_resize(cloud, server, CONFIRM if confirm else REVERT, wait)
    else:
        move(cloud, server, "resize", body, wait, "resized")


def move(cloud: Cloud, server_id: str, action: str, body: Json | None, wait: bool, participle: str) -> None:
    """Resize or migrate a server, and wait until the action is complete if `wait`.

    Raises:
        WaitError: The server is still on its host with its flavor, and its last action failed.
    """
    cloud.act(SERVER, server_id, action, body)
    if wait:
        current = wait_for_status(cloud, server_id, "VERIFY_RESIZE", "ACTIVE", "SHUTOFF")
        if current["status"] != "VERIFY_RESIZE" and (reason := failure_reason(cloud, server_id)):
            raise WaitError(f"The server {current['name']} was not {participle}: {reason}.")


add_finish_action(server, "resize confirm", CONFIRM, "Confirm the resize of a server.", WAIT)
add_finish_action(server, "resize revert", REVERT, "Revert the resize of a server to the previous flavor.", WAIT)
add_finish_action(server, "migrate confirm", CONFIRM, "Confirm the cold migration of a server.", WAIT)
add_finish_action(server, "migrate revert", REVERT, "Revert the cold migration of a server to the previous host.", WAIT)


@server.action(
    "migrate",
    target(SERVER),
    Flag("--live-migration", "Live-migrate the server, without stopping the guest."),
    Opt("--host", "Host to migrate the server to (default: chosen by the scheduler).", admin=True),
    Value(
        "--block-migration/--shared-migration",
        "Copy the disks, or use shared storage (default: detected since compute API 2.25).",
        needs="--live-migration",
    ),
    Value(
        "--disk-overcommit/--no-disk-overcommit",
        "Allow or forbid disk overcommit on the host; only before compute API 2.25.",
        needs="--live-migration",
    ),
    WAIT,
)
def migrate(cloud: Cloud, server: str, body: Json, values: Json, live_migration: bool, wait: bool) -> None:
    """Migrate a server to another host (admin or project manager only)."""
    if body:
        since, option = ("2.30", "--host") if live_migration else ("2.56", "--host without --live-migration")
        cloud.require(NOVA, since, option)
    if not live_migration:
        move(cloud, server, "migrate", body or None, wait, "migrated")
        return
    block_migration = values["block_migration"]
    if cloud.supports(NOVA, "2.25"):  # block_migration may be "auto", and disk_over_commit is gone
        body = {"host": None, **body, "block_migration": "auto" if block_migration is None else block_migration}
    else:
        overcommit = bool(values["disk_overcommit"])
        body = {"host": None, "block_migration": bool(block_migration), "disk_over_commit": overcommit}
    move(cloud, server, "os-migrateLive", body, wait, "migrated")
