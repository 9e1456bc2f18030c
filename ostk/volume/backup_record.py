"""Volume backup records: the metadata that imports a backup into another Cinder database."""

from ..api.block_storage import VOLUME_BACKUP, VOLUME_BACKUP_RECORD
from ..language import Arg, Cloud, Json, Noun, Wait

CINDER = VOLUME_BACKUP.service
record = Noun(VOLUME_BACKUP_RECORD, "Export and import volume backup records.")


@record.shower("export", Arg("backup", "Backup whose record is exported.", ref=VOLUME_BACKUP, not_sent=True))
def export(cloud: Cloud, backup: str, values: Json) -> Json:
    """Export the record of a volume backup, to import the backup into another cloud (admin only)."""
    fields: Json = cloud.call(CINDER, "GET", VOLUME_BACKUP.at(backup, "export_record"))["backup-record"]
    if values["output_format"] in (None, "table"):
        return {"Backup Service": fields["backup_service"], "Metadata": fields["backup_url"]}
    return fields


@record.shower(
    "import",
    Arg("backup_service", "Backup service (driver) of the backup: backup_service of the exported record."),
    Arg("backup_metadata", "Metadata of the exported record.", key="backup_url"),
    wait=Wait("available", resource=VOLUME_BACKUP, id="id"),
)
def import_record(cloud: Cloud, body: Json) -> Json:
    """Import an exported record of a volume backup (admin only)."""
    reply = cloud.call(CINDER, "POST", "/backups/import_record", json={"backup-record": body})
    return {key: value for key, value in cloud.unwrap(VOLUME_BACKUP, reply).items() if key != "links"}
