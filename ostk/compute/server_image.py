"""Images of servers: snapshots, and backups with rotation."""

from ..api.compute import SERVER
from ..api.image import IMAGE
from ..errors import OstkError, WaitError, after
from ..image_fields import described
from ..language import COUNT, WAIT, Cloud, Json, Noun, Opt, properties
from .server_fields import SERVER_ARG, find_server

NOVA = SERVER.service
NAME = Opt("--name", "Name of the image (default: the name of the server).")

image = Noun(IMAGE, "Create images of servers.")
backup = Noun(IMAGE, "Create backups of servers.")


def create_from_server(cloud: Cloud, server: str, action: str, body: Json, wait: bool) -> Json:
    """Send createImage or createBackup, and return the image; with `wait` once the image is active.

    Raises:
        OstkError: The response does not hold the ID of the image.
        WaitError: The image was not completed.
    """
    item = find_server(cloud, server)
    content = {action: {**body, "name": body.get("name") or item["name"]}}
    # The ID of the image is in the response body since microversion 2.45, in the header Location before.
    reply = cloud.request(NOVA, "POST", SERVER.at(item["id"], "action"), json=content, microversion="2.45")
    if cloud.supports(NOVA, "2.45"):
        image_id = (cloud.http.json(reply) or {}).get("image_id")
    else:
        image_id = reply.headers.get("Location", "").rpartition("/")[2]
    if not image_id:
        raise OstkError(f"Nova accepted {action} of server {item['name']}, but returned no image ID.")

    def complete(current: Json) -> bool:
        if current["status"] in ("killed", "deleted", "error"):
            raise WaitError(f"The image {current['name']} was not created: its status is {current['status']}.")
        return not wait or current["status"] == "active"

    with after(f"The image was created ({image_id})"):
        return described(cloud.poll(lambda: cloud.fetch(IMAGE, image_id), complete, noun="image"))


@image.shower("create", SERVER_ARG, NAME, properties("Set a property: KEY=VALUE.", key="metadata"), WAIT)
def create_image(cloud: Cloud, server: str, body: Json, wait: bool) -> Json:
    """Create an image of a server: a snapshot of the root disk."""
    return create_from_server(cloud, server, "createImage", body, wait)


@backup.shower(
    "create",
    SERVER_ARG,
    NAME,
    Opt("--type", "Backup type: a word that groups backups for --rotate, e.g. daily.", key="backup_type", default=""),
    Opt(
        "--rotate",
        "Number of backups of the same --type to keep; older backups are deleted.",
        key="rotation",
        type=COUNT,
        default=1,
    ),
    WAIT,
)
def create_backup(cloud: Cloud, server: str, body: Json, wait: bool) -> Json:
    """Create a backup of a server. The oldest backups beyond --rotate are deleted."""
    return create_from_server(cloud, server, "createBackup", body, wait)
