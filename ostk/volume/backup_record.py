"""Records of volume backups: what another cloud needs to know of one."""

from __future__ import annotations

from ..api.block_storage import VOLUME_BACKUP, VOLUME_BACKUP_RECORD
from ..language import Arg, Json, Noun
from ..session.cloud import Cloud

CINDER = VOLUME_BACKUP.service
record = Noun(VOLUME_BACKUP_RECORD, "Take the record of a volume backup from cloud to cloud.")


@record.shower("export", Arg("backup", ref=VOLUME_BACKUP, not_sent=True))
def export(cloud: Cloud, backup: str, values: Json) -> Json:
    """Show the record of a volume backup."""
    found: Json = cloud.call(CINDER, "GET", VOLUME_BACKUP.at(backup, "export_record"))["backup-record"]
    if values["output_format"] in (None, "table"):
        return {"Backup Service": found["backup_service"], "Metadata": found["backup_url"]}
    return found


@record.shower("import", Arg("backup_service"), Arg("backup_metadata", key="backup_url"))
def import_record(cloud: Cloud, body: Json) -> Json:
    """Make a volume backup known by its record."""
    reply = cloud.call(CINDER, "POST", "/backups/import_record", json={"backup-record": body})
    return {key: held for key, held in cloud.unwrap(VOLUME_BACKUP, reply).items() if key != "links"}
