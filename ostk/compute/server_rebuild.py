"""Servers: rebuild and evacuate."""

from collections.abc import Sequence

from ..api.compute import KEYPAIR, SERVER
from ..api.image import IMAGE
from ..errors import OstkError
from ..language import NAME, NULL, WAIT, Cloud, Column, Json, Opt, Value, exclusive, properties
from .server_fields import SERVER_ARG, find_server, image_id, server, server_details
from .server_options import CERTIFICATES, TRUSTED_IMAGE_CERT, read_user_data
from .server_wait import act_and_wait, wait_for_status

NOVA = SERVER.service
Details = tuple[list[Column], Json]


@server.shower(
    "rebuild",
    SERVER_ARG,
    Value("--image", "Image to rebuild from (default: the image of the server).", names=IMAGE),
    NAME,
    Opt("--password", "New admin password of the server (default: generated).", key="adminPass"),
    properties("Set a property: KEY=VALUE.", key="metadata"),
    Opt("--description", "New description of the server.", since="2.19"),
    Opt("--preserve-ephemeral/--no-preserve-ephemeral", "Keep or re-create the ephemeral disk."),
    exclusive(
        Opt("--key-name", "Key pair to inject into the server, by name.", names=KEYPAIR, since="2.54"),
        Opt("--no-key-name", "Remove the key pair.", key="key_name", value=NULL, since="2.54"),
        Opt("--key-unset", "Remove the key pair.", key="key_name", value=NULL, since="2.54", hidden=True),
    ),
    exclusive(
        Opt("--user-data", "File with user data, exposed by the metadata service.", metavar="FILE", since="2.57"),
        Opt("--no-user-data", "Remove the user data.", key="user_data", value=NULL, since="2.57"),
    ),
    exclusive(
        TRUSTED_IMAGE_CERT,
        Opt(
            "--no-trusted-image-certs",
            "Remove the trusted image certificates.",
            key=CERTIFICATES,
            value=NULL,
            since="2.63",
        ),
    ),
    Opt("--hostname", "New hostname, exposed by the metadata service.", since="2.90"),
    Value(
        "--reimage-boot-volume/--no-reimage-boot-volume",
        "Allow or refuse to overwrite the boot volume of a volume-backed server.",
    ),
    WAIT,
    parse=read_user_data,
)
def rebuild(cloud: Cloud, server: str, body: Json, values: Json, output_columns: Sequence[str], wait: bool) -> Details:
    """Rebuild a server from an image. All data on the root disk is lost."""
    image, reimage = values["image"], values["reimage_boot_volume"]
    if reimage:
        cloud.require(NOVA, "2.93", "--reimage-boot-volume")
    item, new_image = cloud.gather(lambda: find_server(cloud, server), lambda: image and cloud.find(IMAGE, image))
    old_image = image_id(item)
    if not (old_image or new_image):
        raise OstkError(f"The server {server} boots from a volume; give the image to rebuild from with --image.")
    if not old_image and not reimage and cloud.supports(NOVA, "2.93"):
        raise OstkError(f"The server {server} boots from a volume; give --reimage-boot-volume to overwrite the volume.")
    reply = cloud.act(SERVER, item["id"], "rebuild", {"imageRef": new_image or old_image, **body})
    item |= (reply or {}).get("server") or {}
    if wait:
        item |= wait_for_status(cloud, item["id"], "ACTIVE", "SHUTOFF")
    return server_details(cloud, item, output_columns)


@server.shower(
    "evacuate",
    SERVER_ARG,
    Opt("--host", "Host to evacuate the server to (default: chosen by the scheduler).", since="2.29"),
    exclusive(
        Opt("--password", "New admin password of the server (default: generated).", key="adminPass"),
        Opt(
            "--shared-storage",
            "The disks are on shared storage; only before compute API 2.14.",
            key="onSharedStorage",
            value=True,
        ),
    ),
    WAIT,
)
def evacuate(cloud: Cloud, server: str, body: Json, output_columns: Sequence[str], wait: bool) -> Details:
    """Evacuate a server: rebuild a server of a failed host on another host (admin only)."""
    if not cloud.supports(NOVA, "2.14"):
        body = {"onSharedStorage": False, **body}
    elif "onSharedStorage" in body:
        raise OstkError("--shared-storage is not supported since compute API 2.14: Nova detects shared storage.")
    id = find_server(cloud, server)["id"]
    item = act_and_wait(cloud, id, "evacuate", body, wait, "ACTIVE", "SHUTOFF") or cloud.fetch(SERVER, id)
    return server_details(cloud, item, output_columns)
