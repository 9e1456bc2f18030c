"""Servers: rebuild them, or move them away from a host that is down."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..errors import OstkError
from ..files import read
from ..kinds import IMAGE, SERVER
from ..language import NULL, WAIT, Arg, Column, Json, Noun, Opt, exclusive, properties
from ..session.cloud import Cloud
from .server_create import encoded
from .server_fields import FIELDS, detail, find, image_id
from .server_wait import settle

NOVA = SERVER.service
server = Noun(SERVER, "Manage servers.", fields=FIELDS)
ONE = Arg("server", local=True, names=SERVER)
Shown = tuple[list[Column], Json]


def with_user_data(values: Json) -> None:
    """Read the file of user data; nothing has been sent yet."""
    if path := values["user_data"]:
        values["user_data"] = encoded(read(path, "user data"))


@server.shower(
    "rebuild",
    ONE,
    Opt("--image", "Image to build it from; its own unless given.", local=True, names=IMAGE),
    Opt("--name", "Its new name."),
    Opt("--password", "Password of its administrator.", key="adminPass"),
    properties("Property; may be repeated.", key="metadata"),
    Opt("--description", "What it is for.", since="2.19"),
    Opt("--preserve-ephemeral/--no-preserve-ephemeral", "Whether its second disk stays as it is."),
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
        Opt(
            "--trusted-image-cert",
            "Certificate the image may be signed with; repeatable.",
            key="trusted_image_certificates",
            multiple=True,
            since="2.63",
        ),
        Opt(
            "--no-trusted-image-certs",
            "No such certificates.",
            key="trusted_image_certificates",
            value=NULL,
            since="2.63",
        ),
    ),
    Opt("--hostname", "Its host name, as the metadata service tells it.", since="2.90"),
    Opt(
        "--reimage-boot-volume/--no-reimage-boot-volume",
        "Whether the volume it boots from may be overwritten.",
        local=True,
    ),
    WAIT,
    refuse=with_user_data,
)
def rebuild(
    cloud: Cloud,
    server: str,
    body: Json,
    image: str | None,
    reimage_boot_volume: bool | None,
    output_columns: Sequence[str],
    wait: bool,
) -> Shown:
    """Build a server anew, on its old disk."""
    if reimage_boot_volume:
        cloud.require(NOVA, "2.93", "--reimage-boot-volume")
    asks: list[Callable[[], Json]] = [lambda: find(cloud, server)]
    if image:
        asks.append(lambda: {"id": cloud.find(IMAGE, image)})
    item, *named = cloud.at_once(lambda ask: ask(), asks)
    own = image_id(item)
    if not (own or named):
        raise OstkError("The server boots from a volume: --image must say what to build it from.")
    if not own and not reimage_boot_volume and cloud.supports(NOVA, "2.93"):
        raise OstkError("The server boots from a volume: --reimage-boot-volume must say to overwrite that.")
    content = {"imageRef": named[0]["id"] if named else own, **body}
    reply = cloud.act(SERVER, item["id"], "rebuild", content)
    item = {**item, **((reply or {}).get("server") or {})}
    if wait:
        item = {**item, **settle(cloud, item["id"], "ACTIVE", "SHUTOFF")}
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
def evacuate(
    cloud: Cloud, server: str, body: Json, shared_storage: bool, output_columns: Sequence[str], wait: bool
) -> Shown:
    """Start a server anew on another host, for its own is down."""
    if cloud.supports(NOVA, "2.14"):
        if shared_storage:
            raise OstkError("--shared-storage is of the past: Nova finds out by itself since version 2.14.")
    else:
        body.setdefault("onSharedStorage", False)
    item = find(cloud, server)
    cloud.act(SERVER, item["id"], "evacuate", body)
    id = item["id"]
    item = settle(cloud, id, "ACTIVE", "SHUTOFF") if wait else cloud.fetch(SERVER, id)
    return detail(cloud, item, output_columns)
