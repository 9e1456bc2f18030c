"""Boot source and block devices of a new server."""

import os
from typing import Any

import click

from ..api.block_storage import VOLUME, VOLUME_SNAPSHOT
from ..api.compute import SERVER
from ..api.image import IMAGE
from ..errors import OstkError
from ..files import parse_object, read_text
from ..language import Cloud, Flag, Items, Json, KeyValue, KeyValues, Opt, Value, exclusive
from ..text import parse_boolean

SOURCES = {"volume": VOLUME, "snapshot": VOLUME_SNAPSHOT, "image": IMAGE}
KEYS = (
    "uuid source_type destination_type disk_bus device_type device_name volume_size guest_format "
    "boot_index delete_on_termination tag volume_type"
).split()
CHOICES = {"source_type": ("volume", "image", "snapshot", "blank"), "destination_type": ("local", "volume")}


class BlockDevice(KeyValues):
    """A block device: KEY=VALUE,… or the path of a file that holds the same as a JSON object."""

    name = "key=value,…|file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Json:
        """Return the block device of the request.

        Raises:
            OstkError: The file cannot be read or holds no JSON object.
        """
        if isinstance(value, dict) or not os.path.exists(value):
            return super().convert(value, param, ctx)
        found = parse_object(read_text(value, "block device"), f"The block device file {value}")
        if unknown := [key for key in found if key not in KEYS]:
            self.fail(f"{', '.join(unknown)} in {value!r} is not one of {', '.join(KEYS)}.", param, ctx)
        return found


class BlockDeviceMapping(click.ParamType[Json]):
    """A block device in the syntax before --block-device: DEVICE=NAME[:TYPE[:SIZE[:DELETE]]]."""

    name = "device=name:type:size:delete"
    refs = SOURCES

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Json:
        """Return the parts: device_name, volume_size, delete_on_termination, and the source's name under its type."""
        if isinstance(value, dict):
            return value
        device, _, rest = value.partition("=")
        name, source_type, size, delete = (rest.split(":") + [""] * 3)[:4]
        if not device or not name or rest.count(":") > 3:
            self.fail(f"{value!r} is not DEVICE=NAME[:TYPE[:SIZE[:DELETE]]].", param, ctx)
        source_type = source_type or "volume"
        if source_type not in SOURCES:
            self.fail(f"{source_type!r} is not one of {', '.join(SOURCES)}.", param, ctx)
        return {"device_name": device, source_type: name, "volume_size": size, "delete_on_termination": delete}


DISKS: list[Opt] = [
    *exclusive(
        Value("--image", "Image to boot from.", ref=IMAGE),
        Value("--image-property...", "Boot from the newest image with this property: KEY=VALUE.", type=KeyValue()),
        Value("--volume", "Volume to boot from.", ref=VOLUME),
        Value("--snapshot", "Volume snapshot to boot from.", ref=VOLUME_SNAPSHOT),
    ),
    Value(
        "--boot-from-volume",
        "Boot from a new volume of this size, in GiB, created from the image.",
        type=int,
        needs="--image --image-property",
    ),
    Flag(
        "--delete-on-termination",
        "Delete the volume of --boot-from-volume when the server is deleted.",
        needs="--boot-from-volume",
    ),
    Value(
        "--block-device-mapping...",
        "Block device from NAME (or ID); TYPE volume, snapshot or image (deprecated; see --block-device).",
        type=BlockDeviceMapping(),
        metavar="DEVICE=NAME[:TYPE[:GIB[:DELETE]]]",
    ),
    Value(
        "--block-device...",
        "Block device: KEY=VALUE pairs (uuid, source_type, volume_size, boot_index …), or a JSON file.",
        type=BlockDevice(optional=KEYS),
    ),
    Value("--swap", "Swap disk to attach, in MiB.", type=int),
    Value(
        "--ephemeral...",
        "Ephemeral disk to attach: size=GIB[,format=FORMAT].",
        type=KeyValues(required=("size",), optional=("format",)),
    ),
]


def validate_disks(values: Json) -> None:
    """Validate the disk options.

    Raises:
        OstkError: A value is invalid, or there is no boot source.
    """
    devices = [complete_device(device) for device in values["block_device"]]
    for disk in values["ephemeral"]:
        if not disk["size"].isdigit():
            raise OstkError(f"--ephemeral: the size {disk['size']!r} is not a number.")
    bootable = any(device.get("boot_index") == 0 for device in devices)
    if not (any(values[source] for source in ("image", "image_property", "volume", "snapshot")) or bootable):
        hint = "Give --image, --image-property, --volume, --snapshot or a --block-device with boot_index=0."
        raise OstkError("The server has no boot source.", hint)


def complete_device(device: Json) -> Json:
    """Return a block device of --block-device with the defaults of its fields.

    Raises:
        OstkError: A value is invalid.
    """
    whole = {**device}
    if "boot_index" in device:
        try:
            whole["boot_index"] = int(device["boot_index"])
        except (TypeError, ValueError):
            raise OstkError(f"--block-device: boot_index {device['boot_index']!r} is not a number.") from None
    for key, choices in CHOICES.items():
        if key in device and device[key] not in choices:
            raise OstkError(f"--block-device: {key} {device[key]!r} is not one of {', '.join(choices)}.")
    whole.setdefault("source_type", "blank")
    whole.setdefault("destination_type", "local" if whole["source_type"] == "blank" else "volume")
    if "delete_on_termination" in device:
        text = device["delete_on_termination"]
        if (delete := parse_boolean(text)) is None:
            raise OstkError(f"--block-device: delete_on_termination {text!r} is not true or false.")
        whole["delete_on_termination"] = delete
    elif whole["destination_type"] == "local":
        whole["delete_on_termination"] = True
    return whole


def block_devices(cloud: Cloud, values: Json, image: str) -> list[Json]:
    """Return block_device_mapping_v2 of a new server, the boot device first; names in `values` are IDs already."""
    for device in values["block_device"]:
        for key, since in (("tag", "2.42"), ("volume_type", "2.67")):
            if key in device:
                cloud.require(SERVER.service, since, f"{key} in --block-device")
    return [
        *boot_device(values, image),
        *([blank_disk(values["swap"], "swap")] if values["swap"] else []),
        *(blank_disk(disk["size"], disk.get("format")) for disk in values["ephemeral"]),
        *map(from_mapping, values["block_device_mapping"]),
        *values["block_device"],
    ]


def boot_device(values: Json, image: str) -> Items:
    """Yield the boot device of --boot-from-volume, --image, --volume or --snapshot, if one of them is given."""
    if size := values["boot_from_volume"]:
        delete = values["delete_on_termination"]
        yield block_device("image", "volume", 0, uuid=image, volume_size=size, delete_on_termination=delete)
    elif image:
        yield block_device("image", "local", 0, uuid=image, delete_on_termination=True)
    elif volume := values["volume"]:
        yield block_device("volume", "volume", 0, uuid=volume)
    elif snapshot := values["snapshot"]:
        yield block_device("snapshot", "volume", 0, uuid=snapshot, delete_on_termination=False)


def block_device(source_type: str, destination_type: str, boot_index: int, **fields: Any) -> Json:
    """Return a block device of the request; boot_index is 0 for the boot device and -1 for others."""
    return {"source_type": source_type, "destination_type": destination_type, "boot_index": boot_index, **fields}


def blank_disk(size: int | str, guest_format: str | None) -> Json:
    """Return an ephemeral or swap disk; the unit of its size is GiB, for swap MiB."""
    fields = {"guest_format": guest_format} if guest_format else {}
    return block_device("blank", "local", -1, delete_on_termination=True, volume_size=int(size), **fields)


def from_mapping(mapping: Json) -> Json:
    """Return the block device of a --block-device-mapping value."""
    source_type = next(key for key in SOURCES if key in mapping)
    fields = {key: mapping[key] for key in ("device_name", "volume_size", "delete_on_termination") if mapping[key]}
    return {"uuid": mapping[source_type], "source_type": source_type, "destination_type": "volume", **fields}


OPERATOR_FILTERS = {"name", "id", "status", "container_format", "disk_format"}  # filters whose values Glance parses


def find_image_by_properties(cloud: Cloud, properties: Json) -> Json:
    """Return the newest image that has these properties; warn if there are several.

    Raises:
        OstkError: No image has these properties.
    """
    query = {
        key: IMAGE.service.exactly(value) if key in OPERATOR_FILTERS else value for key, value in properties.items()
    }
    with cloud.force_send():
        images = cloud.pages(IMAGE, query)
        found = [image for image in images if all(image.get(key) == value for key, value in properties.items())]
    if not found:
        text = ", ".join(f"{key}={value}" for key, value in properties.items())
        raise OstkError(f"No image has the properties {text} (--image-property).")
    if len(found) > 1:
        ids = ", ".join(image["id"] for image in found)
        OstkError(f"More than one image has these properties: {ids}. The first one is used.").show()
    return found[0]
