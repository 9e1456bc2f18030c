"""Servers: create them."""

from __future__ import annotations

from typing import Any

from ..api.compute import FLAVOR, SERVER, SERVER_GROUP
from ..api.image import IMAGE
from ..api.network import SECURITY_GROUP
from ..errors import OstkError, WaitError
from ..files import read
from ..language import MERGE_INTO_BODY, WAIT, Arg, Column, Flag, Json, KeyValue, Opt, exclusive, properties
from ..session.cloud import Cloud
from .server_disks import DISKS, check_disks, completed, devices, matching
from .server_fields import detail, names, server
from .server_nics import NICS, networks, ordered
from .server_options import CERTIFICATES, encoded, user_data

NOVA = SERVER.service
HINTS = "os:scheduler_hints"
# What was asked for, under the names that Nova tells it by.
TOLD = {key: f"OS-EXT-SRV-ATTR:{key}" for key in ("hostname", "hypervisor_hostname", "user_data")}
TOLD["availability_zone"] = "OS-EXT-AZ:availability_zone"


def config_drive(text: str) -> Json:
    """Whether to have a config drive, or from which volume, as the older option says it."""
    if text.lower() in ("false", "0", "", "none"):
        return {}
    return {"config_drive": True if text.lower() in ("true", "1") else text}


def check(values: Json) -> None:
    """Validate the options together."""
    check_disks(values)
    ordered(values)
    least, most = values["min"], values["max"]
    if min(least, most) < 1:
        raise OstkError("--min and --max are at least 1.")
    if least > most:
        raise OstkError(f"--min {least} is more than --max {most}.")
    direct = (values["image"] or values["image_property"]) and not values["boot_from_volume"]
    if values["trusted_image_cert"] and not direct:
        raise OstkError("--trusted-image-cert is only for servers that start from an image itself.")


def parse(values: Json) -> Json:
    """Read the files, and complete the block devices."""
    return {
        **user_data(values),
        "file": [{"path": to, "contents": encoded(read(file))} for to, file in values["file"]],
        "block_device": [completed(device) for device in values["block_device"]],
    }


@server.shower(
    "create",
    Arg("server_name", key="name"),
    Opt("--flavor", "The size of it.", ref=FLAVOR, key="flavorRef", required=True),
    DISKS,
    NICS,
    Opt("--password", "Its administrator's password.", key="adminPass"),
    exclusive(
        Flag("--no-security-group", "No security group for its ports."),
        Opt("--security-group", "Security group; repeatable.", ref=SECURITY_GROUP, multiple=True, not_sent=True),
    ),
    Opt("--key-name", "Key pair that may log in.", metavar="KEYPAIR"),
    properties("Property; may be repeated.", key="metadata"),
    Opt(
        "--file", "File to put into it; repeatable.", type=KeyValue(), metavar="PATH=FILE", multiple=True, not_sent=True
    ),
    Opt("--user-data", "File for the metadata service to hand out.", metavar="FILE"),
    Opt("--description", "What it is for.", since="2.19"),
    Opt("--availability-zone", "Zone to be in: ZONE[:HOST[:NODE]]."),
    Opt("--host", "Host to be on.", since="2.74"),
    Opt("--hypervisor-hostname", "Hypervisor to be on.", since="2.74"),
    Opt("--server-group", "Server group to be in.", ref=SERVER_GROUP, not_sent=True),
    Opt("--hint", "Hint for the scheduler; repeatable.", type=KeyValue(), multiple=True, not_sent=True),
    exclusive(
        Opt("--use-config-drive", "A config drive.", key="config_drive", value=True),
        Flag("--no-config-drive", "No config drive (as is usual)."),
        Opt("--config-drive", "Older spelling: True, or a volume.", key=MERGE_INTO_BODY, convert=config_drive),
    ),
    Opt("--min", "At least this many servers; 1 unless given.", type=int, default=1, not_sent=True),
    Opt("--max", "At most this many servers; 1 unless given.", type=int, default=1, not_sent=True),
    Opt("--tag", "Tag; may be repeated.", key="tags", multiple=True, since="2.52"),
    Opt("--hostname", "Host name for the metadata service to tell.", since="2.90"),
    WAIT,
    Opt("--trusted-image-cert", "Certificate of the image; repeatable.", key=CERTIFICATES, multiple=True, since="2.63"),
    validate=check,
    parse=parse,
)
def create(cloud: Cloud, body: Json, values: Json, wait: bool) -> tuple[list[Column], Json]:
    """Create a server."""
    if values["file"]:
        if cloud.supports(NOVA, "2.57"):
            how = "Use --user-data, or --os-compute-api-version 2.56."
            raise OstkError("Nova since 2.57 puts no files into servers.", how)
        body["personality"] = values["file"]
    image, name = values["image"] or "", None
    if values["image_property"]:
        found = matching(cloud, dict(values["image_property"]))
        image, name = found["id"], found["name"]
    body["imageRef"] = "" if values["boot_from_volume"] else image
    disks = devices(cloud, values, image)
    if not body["imageRef"] or len(disks) > 1:
        body["block_device_mapping_v2"] = disks
    body["networks"] = networks(cloud, ordered(values))
    if values["security_group"] or values["no_security_group"]:
        body["security_groups"] = [{"name": id} for id in values["security_group"]]
    body |= {f"{key}_count": values[key] for key in ("min", "max") if values[key] != 1}
    hints = grouped(values)
    content = {SERVER.one: body} | ({HINTS: hints} if hints else {})
    reply = cloud.call(NOVA, "POST", SERVER.path, json=content, microversion=SERVER.microversion)
    made = {TOLD.get(key, key): value for key, value in body.items()} | {"scheduler_hints": hints}
    made |= cloud.unwrap(SERVER, reply)
    try:
        now, known = cloud.gather(
            lambda: cloud.wait(SERVER, {"id": made["id"]}, "ACTIVE") if wait else cloud.fetch(SERVER, made["id"]),
            lambda: {image: name} if name is not None else names(cloud, IMAGE, [body["imageRef"]]),
        )
    except OstkError as error:
        # The password that Nova made is in this answer alone.
        lost = made.get("adminPass") and "adminPass" not in body and not isinstance(error, WaitError)
        hint = "Its password was not shown: set another with server set --password." if lost else error.hint
        raise OstkError(f"The server was created ({made['id']}); {error.message}", hint) from error
    # What Nova knows by now goes before what was asked for, but for what it has not made up its mind about.
    item = made | {key: value for key, value in now.items() if value}
    return detail(cloud, item, values["output_columns"], known.get(image))


def grouped(values: Json) -> Json:
    """What the scheduler is told: a hint given several times is a list."""
    hints: dict[str, Any] = {}
    for key, value in values["hint"]:
        hints.setdefault(key, []).append(value)
    hints = {key: found if found[1:] else found[0] for key, found in hints.items()}
    return hints | ({"group": values["server_group"]} if values["server_group"] else {})
