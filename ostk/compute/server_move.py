"""Servers: give them another flavor, or move them to another host."""

from __future__ import annotations

from ..api.compute import FLAVOR, SERVER
from ..errors import WaitError
from ..language import WAIT, Flag, Json, Opt, exclusive, target
from ..session.cloud import Cloud
from .server_fields import server
from .server_wait import CONFIRM, REVERT, ending, failure, finish, settle

NOVA = SERVER.service


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
        finish(cloud, server, CONFIRM if confirm else REVERT, wait)
    else:
        move(cloud, server, "resize", body, wait, "resized")


def move(cloud: Cloud, id: str, action: str, body: Json | None, wait: bool, done: str) -> None:
    """Move a server, and wait if asked; where it runs as before, it could not be moved."""
    cloud.act(SERVER, id, action, body)
    if wait:
        now = settle(cloud, id, "VERIFY_RESIZE", "ACTIVE", "SHUTOFF")
        if now["status"] != "VERIFY_RESIZE" and (because := failure(cloud, id)):
            raise WaitError(f"The server {now['name']} was not {done}: {because}.")


ending(server, "resize confirm", CONFIRM, "Keep the new flavor of a resized server.", WAIT)
ending(server, "resize revert", REVERT, "Give a resized server its old flavor again.", WAIT)
ending(server, "migrate confirm", CONFIRM, "Keep a migrated server where it is.", WAIT)
ending(server, "migrate revert", REVERT, "Take a migrated server back to where it was.", WAIT)


@server.action(
    "migrate",
    target(SERVER),
    Flag("--live-migration", "Move it while it runs."),
    Opt("--host", "Host to move it to."),
    Opt(
        "--block-migration/--shared-migration",
        "Whether its disks are copied, or shared.",
        not_sent=True,
        needs="--live-migration",
    ),
    Opt(
        "--disk-overcommit/--no-disk-overcommit",
        "Whether its disks may be too large there; before 2.25.",
        not_sent=True,
        needs="--live-migration",
    ),
    WAIT,
)
def migrate(cloud: Cloud, server: str, body: Json, values: Json, live_migration: bool, wait: bool) -> None:
    """Move a server to another host."""
    if body:
        since, what = ("2.30", "--host") if live_migration else ("2.56", "--host without --live-migration")
        cloud.require(NOVA, since, what)
    if not live_migration:
        move(cloud, server, "migrate", body or None, wait, "migrated")
        return
    block = values["block_migration"]
    if cloud.supports(NOVA, "2.25"):  # since then Nova finds out about the disks by itself
        body = {"host": None, **body, "block_migration": "auto" if block is None else block}
    else:
        body = {"host": None, "block_migration": bool(block), "disk_over_commit": bool(values["disk_overcommit"])}
    move(cloud, server, "os-migrateLive", body, wait, "migrated")
