"""Share backups: copies of shares that a backup driver stores."""

from ..api.shared_file_system import SHARE, SHARE_BACKUP
from ..language import ALL_FIELDS_IN_API_ORDER, LIMIT, WAIT, Arg, Cloud, Json, Noun, Opt, Wait, properties, require_any
from .field_options import clear_name_options, name_options, rename_options, reset_status_option
from .list_options import DETAIL, NAME_FILTERS, OFFSET, STATUS_FILTER, sort_options

backup = Noun(
    SHARE_BACKUP,
    "Manage share backups.",
    columns=["id name share_id status"],
    long=["description size created_at updated_at availability_zone progress restore_progress host topic"],
    fields=[ALL_FIELDS_IN_API_ORDER],
)


backup.list(
    Opt("--share", "Filter by share.", ref=SHARE),
    NAME_FILTERS,
    STATUS_FILTER,
    LIMIT,
    OFFSET,
    sort_options("id status size share_id progress restore_progress name host topic project_id"),
    DETAIL,
)
backup.show()
backup.create(
    Arg("share", "Share to back up.", ref=SHARE),
    name_options("share backup"),
    properties("Option of the backup driver: KEY=VALUE.", "--backup-options", key="backup_options"),
    wait=Wait("available"),
)
backup.set(
    rename_options("share backup"), reset_status_option("share backup", "available error creating deleting restoring")
)


backup.unset(
    clear_name_options("share backup"),
    help="Remove the name or description of a share backup.",
    validate=require_any("remove", "--name", "--description"),
)
backup.delete(WAIT, wait=Wait("deleted"))


@backup.action(
    "restore",
    Arg("backup", "Share backup to restore.", names=SHARE_BACKUP),
    Opt("--target-share", "Share to restore to (default: the share of the backup).", ref=SHARE, since="2.91"),
    WAIT,
    wait=Wait("available", resource=SHARE, id="share_id"),
)
def restore(cloud: Cloud, backup: str, target_share: str | None) -> Json:
    """Restore a share backup. All data on the target share is overwritten."""
    item = cloud.get(SHARE_BACKUP, backup)
    cloud.act(SHARE_BACKUP, item["id"], "restore", target_share)
    return {**item, "share_id": target_share} if target_share else item
