"""Volumes of servers: list them, and say what becomes of them."""

from __future__ import annotations

from ..api.block_storage import VOLUME
from ..api.compute import SERVER, SERVER_VOLUME
from ..language import Column, Json, Noun, Opt, target
from ..session.cloud import Cloud

volume = Noun(
    SERVER_VOLUME,
    "Manage the volumes that servers have.",
    columns=[
        Column("id", until="2.89"),
        "device, serverId=Server ID, volumeId=Volume ID, tag, delete_on_termination=Delete On Termination?",
        "attachment_id, bdm_uuid=BlockDeviceMapping UUID",
    ],
    since={"tag": "2.70", "delete_on_termination": "2.79", "attachment_id bdm_uuid": "2.89"},
    parent=target(SERVER),
)
volume.list(help="List the volumes of a server.")


def change(cloud: Cloud, server: str, volume: str, body: Json) -> None:
    """Say whether a volume of a server is deleted with it."""
    if body:
        cloud.update(SERVER_VOLUME.under(server), volume, {"volumeId": volume, **body})


FATE = Opt(
    "--delete-on-termination/--preserve-on-termination",
    "Whether it is deleted with the server.",
    key="delete_on_termination",
    since="2.85",
)
for verb in ("set", "update"):
    volume.action(verb, target(SERVER), target(VOLUME), FATE)(change)
