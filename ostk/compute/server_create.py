"""Servers: create."""

from typing import Any

from ..api.compute import FLAVOR, KEYPAIR, SERVER, SERVER_GROUP
from ..api.image import IMAGE
from ..api.network import SECURITY_GROUP
from ..errors import OstkError, WaitError, WaitTimeout
from ..files import read
from ..language import (
    MERGE_INTO_BODY,
    WAIT,
    Arg,
    Cloud,
    Column,
    Flag,
    Json,
    KeyValue,
    Opt,
    Value,
    exclusive,
    properties,
)
from .server_disks import DISKS, block_devices, complete_device, find_image_by_properties, validate_disks
from .server_fields import names_by_id, server, server_details
from .server_nics import NICS, ordered_nics, request_networks
from .server_options import TRUSTED_IMAGE_CERT, encode_base64, read_user_data

NOVA = SERVER.service
SCHEDULER_HINTS = "os:scheduler_hints"
# Fields of the request whose names in the response differ.
RESPONSE_KEYS = {key: f"OS-EXT-SRV-ATTR:{key}" for key in ("hostname", "hypervisor_hostname", "user_data")}
RESPONSE_KEYS["availability_zone"] = "OS-EXT-AZ:availability_zone"


def config_drive(text: str) -> Json:
    """Return the config_drive field for a value of the deprecated --config-drive: a boolean or a volume."""
    if text.lower() in ("false", "0", "", "none"):
        return {}
    return {"config_drive": True if text.lower() in ("true", "1") else text}


def validate_server(values: Json) -> None:
    """Validate the options together, before any request is sent.

    Raises:
        OstkError: Options contradict each other.
    """
    validate_disks(values)
    ordered_nics(values)
    minimum, maximum = values["min"], values["max"]
    if min(minimum, maximum) < 1:
        raise OstkError("--min and --max must be at least 1.")
    if minimum > maximum:
        raise OstkError(f"--min {minimum} is greater than --max {maximum}.")
    boots_from_image = (values["image"] or values["image_property"]) and not values["boot_from_volume"]
    if values["trusted_image_cert"] and not boots_from_image:
        raise OstkError("--trusted-image-cert requires a server that boots from an image (--image, no volume).")


def parse_values(values: Json) -> Json:
    """Return the values with the content of files in the place of their paths, and complete block devices.

    Raises:
        FileError: A file cannot be read.
    """
    return {
        **read_user_data(values),
        "file": [{"path": path, "contents": encode_base64(read(file))} for path, file in values["file"]],
        "block_device": [complete_device(device) for device in values["block_device"]],
    }


@server.shower(
    "create",
    Arg("server_name", "Name of the server.", key="name"),
    Opt("--flavor", "Flavor of the server.", ref=FLAVOR, key="flavorRef", required=True),
    DISKS,
    NICS,
    Opt("--password", "Admin password of the server (default: generated).", key="adminPass"),
    exclusive(
        Flag("--no-security-group", "Create the ports without a security group."),
        Value("--security-group...", "Security group of the ports that are created.", ref=SECURITY_GROUP),
    ),
    Opt("--key-name", "Key pair to inject into the server, by name.", names=KEYPAIR, metavar="KEYPAIR"),
    properties("Set a property: KEY=VALUE.", key="metadata"),
    Value(
        "--file...",
        "File to inject into the server: PATH=FILE; only before compute API 2.57.",
        type=KeyValue(),
        metavar="PATH=FILE",
    ),
    Opt("--user-data", "File with user data, exposed by the metadata service.", metavar="FILE"),
    Opt("--description", "Description of the server.", since="2.19"),
    Opt("--availability-zone", "Availability zone of the server: ZONE[:HOST[:NODE]] (HOST, NODE: admin only)."),
    Opt("--host", "Host to create the server on.", since="2.74", admin=True),
    Opt("--hypervisor-hostname", "Hypervisor to create the server on.", since="2.74", admin=True),
    Value("--server-group", "Server group to create the server in.", ref=SERVER_GROUP),
    Value("--hint...", "Scheduler hint: KEY=VALUE, e.g. same_host=SERVER_ID.", type=KeyValue()),
    exclusive(
        Opt("--use-config-drive", "Enable the config drive.", key="config_drive", value=True),
        Flag("--no-config-drive", "Disable the config drive (default)."),
        Opt(
            "--config-drive",
            "Config drive: True or a volume (deprecated; see --use-config-drive).",
            key=MERGE_INTO_BODY,
            convert=config_drive,
        ),
    ),
    Value("--min", "Minimum number of servers to create.", type=int, default=1),
    Value("--max", "Maximum number of servers to create.", type=int, default=1),
    Opt("--tag...", "Tag of the server.", key="tags", since="2.52"),
    Opt("--hostname", "Hostname of the server, exposed by the metadata service.", since="2.90"),
    WAIT,
    TRUSTED_IMAGE_CERT,
    validate=validate_server,
    parse=parse_values,
)
def create(cloud: Cloud, body: Json, values: Json, wait: bool) -> tuple[list[Column], Json]:
    """Create a server."""
    sent = {**body}
    if values["file"]:
        if cloud.supports(NOVA, "2.57"):
            hint = "Use --user-data, or --os-compute-api-version 2.56."
            raise OstkError("--file is not supported since compute API 2.57: Nova injects no files.", hint)
        sent["personality"] = values["file"]
    image, image_name = values["image"] or "", None
    if values["image_property"]:
        found = find_image_by_properties(cloud, dict(values["image_property"]))
        image, image_name = found["id"], found["name"]
    sent["imageRef"] = "" if values["boot_from_volume"] else image
    disks = block_devices(cloud, values, image)
    if not sent["imageRef"] or len(disks) > 1:
        sent["block_device_mapping_v2"] = disks
    sent["networks"] = request_networks(cloud, ordered_nics(values))
    if values["security_group"] or values["no_security_group"]:
        sent["security_groups"] = [{"name": id} for id in values["security_group"]]
    sent |= {f"{key}_count": values[key] for key in ("min", "max") if values[key] != 1}
    hints = scheduler_hints(values)
    reply = cloud.send(SERVER, "POST", json={SERVER.one: sent} | ({SCHEDULER_HINTS: hints} if hints else {}))
    created = {RESPONSE_KEYS.get(key, key): value for key, value in sent.items()} | {"scheduler_hints": hints}
    created |= cloud.unwrap(SERVER, reply)
    id = created["id"]
    try:
        current, names = cloud.gather(
            lambda: cloud.wait(SERVER, {"id": id}, "ACTIVE") if wait else cloud.fetch(SERVER, id),
            lambda: {image: image_name} if image_name is not None else names_by_id(cloud, IMAGE, [sent["imageRef"]]),
        )
    except WaitTimeout:
        raise
    except OstkError as error:
        # The generated password is in the response to the POST only.
        lost = created.get("adminPass") and "adminPass" not in sent and not isinstance(error, WaitError)
        hint = (
            "The generated password was not shown; set a new password with server set --password."
            if lost
            else error.hint
        )
        raise OstkError(f"The server was created ({id}); {error.message}", hint) from error
    # Fields of the GET come first; the requested values stand in for those that Nova has not filled in yet.
    item = created | {key: value for key, value in current.items() if value}
    return server_details(cloud, item, values["output_columns"], names.get(image))


def scheduler_hints(values: Json) -> Json:
    """Return the scheduler hints of --hint and --server-group; a hint given several times is a list."""
    hints: dict[str, Any] = {}
    for key, value in values["hint"]:
        hints.setdefault(key, []).append(value)
    hints = {key: found if found[1:] else found[0] for key, found in hints.items()}
    return hints | ({"group": values["server_group"]} if values["server_group"] else {})
