"""Servers: rebuild them, or move them away from a host that is down."""

from __future__ import annotations

from collections.abc import Sequence

from ..api.compute import SERVER
from ..api.image import IMAGE
from ..errors import OstkError
from ..language import NAME, NULL, WAIT, Column, Json, Opt, exclusive, properties
from ..session.cloud import Cloud
from .server_fields import ONE, detail, find, image_id, server
from .server_options import CERTIFICATES, user_data
from .server_wait import act, settle

NOVA = SERVER.service
Shown = tuple[list[Column], Json]


@server.shower(
    "rebuild",
    ONE,
    Opt("--image", "Image (name or ID; default: the image of the server).", not_sent=True, names=IMAGE),
    NAME,
    Opt("--password", "Password of its administrator.", key="adminPass"),
    properties("Property; may be repeated.", key="metadata"),
    Opt("--description", "What it is for.", since="2.19"),
    Opt("--preserve-ephemeral/--no-preserve-ephemeral", "Whether the data on the ephemeral disk is kept."),
    exclusive(
        Opt("--key-name", "Key pair that it lets in.", since="2.54"),
        Opt("--no-key-name", "No key pair.", key="key_name", value=NULL, since="2.54"),
        Opt("--key-unset", "No key pair.", key="key_name", value=NULL, since="2.54", hidden=True),
    ),
    exclusive(
        Opt("--user-data", "File of data for its first start.", metavar="FILE", since="2.57"),
        Opt("--no-user-data", "No such data.", key="user_data", value=NULL, since="2.57"),
    ),
    exclusive(
        Opt("--trusted-image-cert", "Certificate it is signed with.", key=CERTIFICATES, multiple=True, since="2.63"),
        Opt("--no-trusted-image-certs", "No such certificates.", key=CERTIFICATES, value=NULL, since="2.63"),
    ),
    Opt("--hostname", "Its host name, as the metadata service tells it.", since="2.90"),
    Opt("--reimage-boot-volume/--no-reimage-boot-volume", "Whether to overwrite the boot volume.", not_sent=True),
    WAIT,
    parse=user_data,
)
def rebuild(cloud: Cloud, server: str, body: Json, values: Json, output_columns: Sequence[str], wait: bool) -> Shown:
    """Rebuild a server from an image. All data on its root disk is lost."""
    image, overwrite = values["image"], values["reimage_boot_volume"]
    if overwrite:
        cloud.require(NOVA, "2.93", "--reimage-boot-volume")
    item, named = cloud.gather(lambda: find(cloud, server), lambda: image and cloud.find(IMAGE, image))
    own = image_id(item)
    if not (own or named):
        raise OstkError("The server boots from a volume: --image must say what to build it from.")
    if not own and not overwrite and cloud.supports(NOVA, "2.93"):
        raise OstkError("The server boots from a volume: --reimage-boot-volume must say to overwrite that.")
    reply = cloud.act(SERVER, item["id"], "rebuild", {"imageRef": named or own, **body})
    item |= (reply or {}).get("server") or {}
    if wait:
        item |= settle(cloud, item["id"], "ACTIVE", "SHUTOFF")
    return detail(cloud, item, output_columns)


@server.shower(
    "evacuate",
    ONE,
    Opt("--host", "Host to move it to.", since="2.29"),
    exclusive(
        Opt("--password", "Password of its administrator.", key="adminPass"),
        Opt("--shared-storage", "Its disks are shared; before 2.14.", key="onSharedStorage", value=True),
    ),
    WAIT,
)
def evacuate(cloud: Cloud, server: str, body: Json, output_columns: Sequence[str], wait: bool) -> Shown:
    """Start a server anew on another host, for its own is down."""
    if not cloud.supports(NOVA, "2.14"):
        body.setdefault("onSharedStorage", False)
    elif "onSharedStorage" in body:
        raise OstkError("--shared-storage is of the past: Nova finds out by itself since version 2.14.")
    id = find(cloud, server)["id"]
    item = act(cloud, id, "evacuate", body, wait, "ACTIVE", "SHUTOFF") or cloud.fetch(SERVER, id)
    return detail(cloud, item, output_columns)
