"""Images made of servers: snapshots, and backups that replace each other."""

from __future__ import annotations

from ..api.compute import SERVER
from ..api.image import IMAGE
from ..errors import OstkError, WaitError, after
from ..image_fields import described
from ..language import COUNT, WAIT, Json, Noun, Opt, properties
from ..session.cloud import Cloud
from .server_fields import ONE, find

NOVA = SERVER.service
NAME = Opt("--name", "Name of the image; that of the server unless given.")

image = Noun(IMAGE, "Make images of servers.")
backup = Noun(IMAGE, "Make backups of servers.")


def made(cloud: Cloud, server: str, action: str, body: Json, wait: bool) -> Json:
    """Have a server make an image; the image, finished if `wait`."""
    item = find(cloud, server)
    content = {action: {**body, "name": body.get("name") or item["name"]}}
    # Nova tells the image in its answer since 2.45, and in an address before.
    reply = cloud.request(NOVA, "POST", SERVER.at(item["id"], "action"), json=content, microversion="2.45")
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

    with after(f"The image was created ({image_id})"):
        return described(cloud.poll(lambda: cloud.fetch(IMAGE, image_id), finished))


@image.shower("create", ONE, NAME, properties("Property; may be repeated.", key="metadata"), WAIT)
def create_image(cloud: Cloud, server: str, body: Json, wait: bool) -> Json:
    """Make an image of a server."""
    return made(cloud, server, "createImage", body, wait)


@backup.shower(
    "create",
    ONE,
    NAME,
    Opt("--type", "Kind of backup, such as daily: a word of your own.", key="backup_type", default=""),
    Opt("--rotate", "How many of that kind to keep; 1 unless given.", key="rotation", type=COUNT, default=1),
    WAIT,
)
def create_backup(cloud: Cloud, server: str, body: Json, wait: bool) -> Json:
    """Make a backup of a server, and delete the oldest ones."""
    return made(cloud, server, "createBackup", body, wait)
