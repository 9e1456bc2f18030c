"""Share migrations: shares on their way to other hosts."""

from __future__ import annotations

from typing import Any

from ..api.shared_file_system import SHARE, SHARE_NETWORK, SHARE_TYPE
from ..language import ALL_FIELDS_IN_API_ORDER, Arg, Json, Noun, Opt, target
from ..session.cloud import Cloud

MANILA, VERSION = SHARE.service, SHARE.microversion
WAYS = {
    "--preserve-metadata": "Whether its files keep all that is told of them.",
    "--preserve-snapshots": "Whether its snapshots move as well.",
    "--writable": "Whether it can be written meanwhile.",
    "--nondisruptive": "Whether it can be used meanwhile.",
}
migration = Noun(SHARE, "Move shares to other hosts.")


def either(flag: str, help: str, **attrs: Any) -> Opt:
    """An option that is True or False."""
    return Opt(flag, help, choices="True False", convert=lambda word: word == "True", **attrs)


@migration.action(
    "start",
    target(SHARE),
    Arg("host"),
    either("--force-host-assisted-migration", "Whether it is copied through a host, not by the backend."),
    [either(flag, help, required=True) for flag, help in WAYS.items()],
    Opt("--new-share-network", "Its new share network.", ref=SHARE_NETWORK),
    Opt("--new-share-type", "Its new share type.", ref=SHARE_TYPE),
    since="2.29",
)
def start(cloud: Cloud, share: str, body: Json) -> None:
    """Move a share to another host: host@backend#pool."""
    cloud.act(SHARE, share, "migration_start", {"force_host_assisted_migration": False, **body})


@migration.action("complete", target(SHARE), since="2.22")
def complete(cloud: Cloud, share: str) -> None:
    """Let a share be used where it was moved to."""
    cloud.act(SHARE, share, "migration_complete")


@migration.action("cancel", target(SHARE), since="2.22")
def cancel(cloud: Cloud, share: str) -> None:
    """Leave a share where it is after all."""
    cloud.act(SHARE, share, "migration_cancel")


@migration.shower("show", target(SHARE), fields=[ALL_FIELDS_IN_API_ORDER], since="2.22", reads=False)
def show(cloud: Cloud, share: str) -> Json:
    """Show how far a share has moved."""
    if cloud.supports(MANILA, "2.98"):
        progress: Json = cloud.call(MANILA, "GET", SHARE.at(share, "migration-progress"), microversion=VERSION)
    else:
        progress = cloud.act(SHARE, share, "migration_get_progress")
    return progress
