"""Volume attachments of servers: list and set."""

from ..api.block_storage import VOLUME
from ..api.compute import SERVER, SERVER_VOLUME
from ..language import Cloud, Column, Json, Noun, Opt, target

volume = Noun(
    SERVER_VOLUME,
    "Manage volume attachments of servers.",
    columns=[
        Column("id", until="2.89"),
        "device, serverId=Server ID, volumeId=Volume ID, tag, delete_on_termination=Delete On Termination?",
        "attachment_id, bdm_uuid=BlockDeviceMapping UUID",
    ],
    since={"tag": "2.70", "delete_on_termination": "2.79", "attachment_id bdm_uuid": "2.89"},
    parent=target(SERVER),
)
volume.list(help="List the volumes of a server.")


def update_attachment(cloud: Cloud, server: str, volume: str, body: Json) -> None:
    """Set whether a volume is deleted with the server."""
    if body:
        cloud.update(SERVER_VOLUME.under(server), volume, {"volumeId": volume, **body})


DELETE_ON_TERMINATION = Opt(
    "--delete-on-termination/--preserve-on-termination",
    "Delete or keep the volume when the server is deleted.",
    key="delete_on_termination",
    since="2.85",
)
for verb in ("set", "update"):
    volume.action(verb, target(SERVER), target(VOLUME), DELETE_ON_TERMINATION)(update_attachment)
