"""Share backups: copies of shares that are kept elsewhere."""

from __future__ import annotations

from ..api.shared_file_system import SHARE, SHARE_BACKUP
from ..language import ALL_FIELDS_IN_API_ORDER, WAIT, Arg, Noun, Opt, properties
from ..session.cloud import Cloud
from .change import CHANGED, NEW, by_hand, emptied, something
from .lists import DETAIL, LIMIT, NAMED, OFFSET, STATUS, sorting
from .wait import gone, settled

backup = Noun(
    SHARE_BACKUP,
    "Manage share backups: copies of shares that are kept elsewhere.",
    columns=["id name share_id status"],
    long=["description size created_at updated_at availability_zone progress restore_progress host topic"],
    fields=[ALL_FIELDS_IN_API_ORDER],
)


backup.list(
    Opt("--share", "Only those of this share.", ref=SHARE),
    NAMED,
    STATUS,
    LIMIT,
    OFFSET,
    sorting("id status size share_id progress restore_progress name host topic project_id"),
    DETAIL,
)
backup.show()
backup.create(
    Arg("share", ref=SHARE),
    NEW,
    properties("What the driver is told: KEY=VALUE; repeatable.", "--backup-options", key="backup_options"),
)
backup.set(CHANGED, by_hand("available error creating deleting restoring"))


backup.unset(
    emptied(),
    validate=something("Nothing is to be taken away.", "Give --name or --description.", "name", "description"),
)


@backup.each("delete", WAIT)
def delete(cloud: Cloud, share_backup: str, wait: bool) -> None:
    """Delete share backups."""
    id = cloud.find(SHARE_BACKUP, share_backup)
    cloud.delete(SHARE_BACKUP, id)
    if wait:
        gone(cloud, SHARE_BACKUP, id)


@backup.action(
    "restore",
    Arg("backup", names=SHARE_BACKUP, not_sent=True),
    Opt("--target-share", "Share to put it into, in the place of its own.", ref=SHARE, since="2.91"),
    WAIT,
)
def restore(cloud: Cloud, backup: str, target_share: str | None, wait: bool) -> None:
    """Put a share backup back into its share, or into another one."""
    item = cloud.get(SHARE_BACKUP, backup)
    cloud.act(SHARE_BACKUP, item["id"], "restore", target_share)
    if wait:
        settled(cloud, SHARE, target_share or item["share_id"])
