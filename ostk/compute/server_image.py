"""Images made of servers: snapshots, and backups that replace each other."""

from __future__ import annotations

from typing import Any

import click

from ..errors import OstkError, WaitError
from ..image_shape import described
from ..kinds import IMAGE, SERVER
from ..language import WAIT, Arg, Json, Noun, Opt, properties
from ..session.cloud import Cloud, quote
from .server_fields import find

NOVA = SERVER.service
NAME = Opt("--name", "Name of the image; that of the server unless given.")
ONE = Arg("server", local=True, names=SERVER)

image = Noun(IMAGE, "Make images of servers.")
backup = Noun(IMAGE, "Make backups of servers.")


def made(cloud: Cloud, id: str, action: str, body: Json, wait: bool) -> Json:
    """Have a server make an image; the image, finished if `wait`."""
    # Nova tells the image in its answer since 2.45, and in an address before.
    path = f"{SERVER.path}/{quote(id)}/action"
    reply = cloud.request(NOVA, "POST", path, json={action: body}, microversion="2.45")
    if cloud.supports(NOVA, "2.45"):
        image_id = (cloud.http.json(reply) or {}).get("image_id")
    else:
        image_id = reply.headers.get("Location", "").rpartition("/")[2]
    if not image_id:
        raise OstkError("The server makes an image, but Nova did not say which.")

    def finished(now: Json) -> bool:
        if now["status"] in ("killed", "deleted", "error"):
            raise WaitError(f"The image {now['name']} was not made: its status is {now['status']}.")
        return not wait or now["status"] == "active"

    return described(cloud.poll(lambda: cloud.fetch(IMAGE, image_id), finished))


@image.shower("create", ONE, NAME, properties("Property; may be repeated.", key="metadata"), WAIT, fields=[])
def create_image(cloud: Cloud, server: str, body: Json, wait: bool) -> Any:
    """Make an image of a server."""
    item = find(cloud, server)
    return made(cloud, item["id"], "createImage", {"name": item["name"], **body}, wait)


@backup.shower(
    "create",
    ONE,
    NAME,
    Opt("--type", "Kind of backup, such as daily: a word of your own.", key="backup_type", default=""),
    Opt(
        "--rotate", "How many of that kind to keep; 1 unless given.", key="rotation", type=click.IntRange(0), default=1
    ),
    WAIT,
    fields=[],
)
def create_backup(cloud: Cloud, server: str, body: Json, wait: bool) -> Any:
    """Make a backup of a server, and delete the oldest ones."""
    item = find(cloud, server)
    return made(cloud, item["id"], "createBackup", {"name": item["name"], **body}, wait)
