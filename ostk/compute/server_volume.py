"""Volumes of servers: list them, and say what becomes of them."""

from __future__ import annotations

from ..kinds import SERVER, VOLUME
from ..language import Column, Json, Noun, Opt, exclusive, target
from ..session.cloud import Cloud, quote

NOVA = SERVER.service
FATE = exclusive(
    Opt("--delete-on-termination", "Delete it with the server.", key="delete_on_termination", value=True, since="2.85"),
    Opt(
        "--preserve-on-termination",
        "Keep it when the server is deleted.",
        key="delete_on_termination",
        value=False,
        since="2.85",
    ),
)

volume = Noun(
    SERVER,
    "Manage the volumes that servers have.",
    columns=[
        "id device",
        Column("serverId", "Server ID"),
        Column("volumeId", "Volume ID"),
        Column("tag", since="2.70"),
        Column("delete_on_termination", "Delete On Termination?", since="2.79"),
        Column("attachment_id", "Attachment ID", since="2.89"),
        Column("bdm_uuid", "BlockDeviceMapping UUID", since="2.89"),
    ],
)


@volume.lister("list", target(SERVER))
def list_volumes(cloud: Cloud, server: str, columns: list[Column]) -> tuple[list[Column], list[Json]]:
    """List the volumes of a server."""
    if cloud.supports(NOVA, "2.89"):
        columns = [column for column in columns if column.key != "id"]
    path = f"{SERVER.path}/{quote(server)}/os-volume_attachments"
    reply = cloud.call(NOVA, "GET", path, microversion="2.89")
    return columns, [{"serverId": server, **one} for one in reply["volumeAttachments"]]


def change(cloud: Cloud, server: str, volume: str, body: Json) -> None:
    """Say whether a volume of a server is deleted with it."""
    if body:
        path = f"{SERVER.path}/{quote(server)}/os-volume_attachments/{quote(volume)}"
        content = {"volumeAttachment": {"volumeId": volume, **body}}
        cloud.request(NOVA, "PUT", path, json=content, microversion="2.89")


volume.action("set", target(SERVER), target(VOLUME), FATE)(change)
volume.action("update", target(SERVER), target(VOLUME), FATE)(change)
