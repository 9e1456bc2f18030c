"""Backups of database instances; Trove keeps them when the instance is deleted."""

from ..api.database import BACKUP, DATASTORE, EXECUTION, INSTANCE
from ..errors import OstkError
from ..language import DESCRIPTION, Arg, Cloud, Items, Json, Noun, Opt, Wait, target
from .options import GONE, PAGING, of_instance, of_project

COLUMNS = ["id instance_id name status parent_id updated"]


def flat(item: Json) -> Json:
    """Return a backup with the fields of the datastore beside the others."""
    found = item.get("datastore")
    if not isinstance(found, dict):
        return item
    version = {"datastore_version": found.get("version"), "datastore_version_id": found.get("version_id")}
    return {**item, "datastore": found.get("type"), **version}


backup = Noun(BACKUP, "Manage backups of database instances.", columns=[*COLUMNS, "project_id"], present=flat)


backup.list(
    PAGING,
    Opt("--datastore", "Filter by datastore.", ref=DATASTORE, key="datastore"),
    of_instance("--instance-id", "Filter by instance; deprecated in favor of --instance."),
    of_instance("-i --instance", "Filter by instance: a name, or the ID of an instance that may be deleted."),
    Opt("--all-projects", "List backups of all projects.", value=True, admin=True),
    of_project("Filter by project."),
    help="List backups of database instances.",
)


@backup.lister("list instance", target(INSTANCE, "instance"), PAGING, columns=COLUMNS)
def list_backups_of_instance(cloud: Cloud, instance: str, body: Json, limit: int | None) -> Items:
    """List backups of an instance."""
    return cloud.pages(BACKUP, body, path=INSTANCE.at(instance, "backups"), limit=limit)


backup.show()


def validate(instance: str | None, restore_from: str | None) -> None:
    """Reject a backup that is of nothing."""
    if not (instance or restore_from):
        raise OstkError("A backup needs --instance, or --restore-from for data that exists.")
    if instance and restore_from:
        raise OstkError("--instance and --restore-from exclude each other.")


backup.create(
    Arg("name", "Name of the backup."),
    Opt("-i --instance", "Instance to back up.", ref=INSTANCE, key="instance", metavar="INSTANCE"),
    DESCRIPTION,
    Opt("--parent", "Parent backup of an incremental backup.", ref=BACKUP, key="parent_id", metavar="BACKUP"),
    Opt("--incremental", "Create an incremental backup, based on the latest backup.", value=1),
    Opt("--swift-container", "Swift container for the backup, which is created if missing."),
    Opt(
        "--restore-from",
        "Location of existing backup data, e.g. the URL of an object.",
        key="restore_from.remote_location",
    ),
    Opt(
        "--restore-datastore-version",
        "ID of the datastore version of the existing backup data.",
        key="restore_from.local_datastore_version_id",
        needs="--restore-from",
    ),
    Opt(
        "--restore-size",
        "Size of the existing backup data, in GiB.",
        key="restore_from.size",
        type=float,
        needs="--restore-from",
    ),
    Opt("--storage-driver", "Storage driver of the backup: swift or cinder, as the cloud supports."),
    validate=validate,
    wait=Wait("COMPLETED RESTORED", fail="FAILED"),
)
backup.delete(wait=GONE)


@backup.each("execution delete")
def delete_execution(cloud: Cloud, database_backup: str) -> None:
    """Delete executions of scheduled backups, by ID."""
    cloud.delete(EXECUTION, database_backup)
