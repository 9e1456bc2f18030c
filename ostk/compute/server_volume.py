"""Volumes of servers: list them, and say what becomes of them."""

from __future__ import annotations

from ..kinds import SERVER, VOLUME
from ..language import Column, Json, Noun, Opt, target
from ..session.cloud import Cloud

NOVA = SERVER.service
ATTACHMENTS = "os-volume_attachments"

volume = Noun(
    SERVER,
    "Manage the volumes that servers have.",
    columns=[
        Column("id", until="2.89"),
        "device",
        Column("serverId", "Server ID"),
        Column("volumeId", "Volume ID"),
        Column("tag", since="2.70"),
        Column("delete_on_termination", "Delete On Termination?", since="2.79"),
        Column("attachment_id", "Attachment ID", since="2.89"),
        Column("bdm_uuid", "BlockDeviceMapping UUID", since="2.89"),
    ],
)


@volume.lister("list", target(SERVER))
def list_volumes(cloud: Cloud, server: str) -> list[Json]:
    """List the volumes of a server."""
    reply = cloud.call(NOVA, "GET", SERVER.at(server, ATTACHMENTS), microversion="2.89")
    return [{"serverId": server, **one} for one in reply["volumeAttachments"]]


def change(cloud: Cloud, server: str, volume: str, body: Json) -> None:
    """Say whether a volume of a server is deleted with it."""
    if body:
        content = {"volumeAttachment": {"volumeId": volume, **body}}
        cloud.request(NOVA, "PUT", SERVER.at(server, ATTACHMENTS, volume), json=content, microversion="2.89")


FATE = Opt(
    "--delete-on-termination/--preserve-on-termination",
    "Whether it is deleted with the server.",
    key="delete_on_termination",
    since="2.85",
)
for verb in ("set", "update"):
    volume.action(verb, target(SERVER), target(VOLUME), FATE)(change)
