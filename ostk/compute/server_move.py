"""Servers: give them another flavor, or move them to another host."""

from __future__ import annotations

from ..errors import OstkError, WaitError
from ..kinds import FLAVOR, SERVER
from ..language import WAIT, Flag, Json, Noun, Opt, exclusive, target
from ..session.cloud import Cloud
from .server_wait import failure, settle

NOVA = SERVER.service
server = Noun(SERVER, "Manage servers.")


@server.action(
    "resize",
    target(SERVER),
    exclusive(
        Opt("--flavor", "The new flavor.", ref=FLAVOR, key="flavorRef"),
        Flag("--confirm", "Keep the new flavor (old; see resize confirm)."),
        Flag("--revert", "Go back to the old one (old; see resize revert)."),
        required=True,
    ),
    WAIT,
)
def resize(cloud: Cloud, server: str, body: Json, confirm: bool, revert: bool, wait: bool) -> None:
    """Give a server another flavor."""
    if confirm or revert:
        finish(cloud, server, "confirmResize" if confirm else "revertResize", wait)
        return
    cloud.act(SERVER, server, "resize", body)
    if wait:
        settled(cloud, server, "resized")


def settled(cloud: Cloud, id: str, done: str) -> None:
    """Wait until a server was moved; where it runs as before, it could not be."""
    now = settle(cloud, id, "VERIFY_RESIZE", "ACTIVE", "SHUTOFF")
    if now["status"] != "VERIFY_RESIZE" and (because := failure(cloud, id)):
        raise WaitError(f"The server {now['name']} was not {done}: {because}.")


def finish(cloud: Cloud, id: str, action: str, wait: bool) -> None:
    """Confirm or revert."""
    cloud.act(SERVER, id, action)
    if wait:
        cloud.poll(lambda: cloud.fetch(SERVER, id), lambda now: now["status"] != "VERIFY_RESIZE")
        settle(cloud, id, "ACTIVE", "SHUTOFF")


@server.action("resize confirm", target(SERVER), WAIT)
def confirm_resize(cloud: Cloud, server: str, wait: bool) -> None:
    """Keep the new flavor of a resized server."""
    finish(cloud, server, "confirmResize", wait)


@server.action("resize revert", target(SERVER), WAIT)
def revert_resize(cloud: Cloud, server: str, wait: bool) -> None:
    """Give a resized server its old flavor again."""
    finish(cloud, server, "revertResize", wait)


@server.action("migrate confirm", target(SERVER), WAIT)
def confirm_migration(cloud: Cloud, server: str, wait: bool) -> None:
    """Keep a migrated server where it is."""
    finish(cloud, server, "confirmResize", wait)


@server.action("migrate revert", target(SERVER), WAIT)
def revert_migration(cloud: Cloud, server: str, wait: bool) -> None:
    """Take a migrated server back to where it was."""
    finish(cloud, server, "revertResize", wait)


def possible(live_migration: bool, block_migration: bool | None, disk_overcommit: bool | None) -> None:
    """Refuse what only a live migration knows."""
    if not live_migration and (block_migration or disk_overcommit):
        raise OstkError("--block-migration and --disk-overcommit need --live-migration.")


@server.action(
    "migrate",
    target(SERVER),
    Flag("--live-migration", "Move it while it runs."),
    Opt("--host", "Host to move it to."),
    exclusive(
        Opt("--shared-migration", "Its disks are shared.", value=False, local=True),
        Opt("--block-migration", "Copy its disks.", value=True, local=True),
    ),
    Opt("--disk-overcommit/--no-disk-overcommit", "Whether its disks may be too large there; before 2.25.", local=True),
    WAIT,
    refuse=possible,
)
def migrate(
    cloud: Cloud,
    server: str,
    body: Json,
    live_migration: bool,
    shared_migration: bool | None,
    block_migration: bool | None,
    disk_overcommit: bool | None,
    wait: bool,
) -> None:
    """Move a server to another host."""
    if live_migration:
        block = block_migration if shared_migration is None else shared_migration
        cloud.act(SERVER, server, "os-migrateLive", live(cloud, body, block, disk_overcommit))
    else:
        if body:
            cloud.require(NOVA, "2.56", "--host without --live-migration")
        cloud.act(SERVER, server, "migrate", body or None)
    if wait:
        settled(cloud, server, "migrated")


def live(cloud: Cloud, body: Json, block: bool | None, overcommit: bool | None) -> Json:
    """What a live migration is told: Nova since 2.25 finds out about the disks by itself."""
    if body:
        cloud.require(NOVA, "2.30", "--host")
    if cloud.supports(NOVA, "2.25"):
        return {"host": None, **body, "block_migration": "auto" if block is None else block}
    return {"host": None, "block_migration": bool(block), "disk_over_commit": bool(overcommit)}
