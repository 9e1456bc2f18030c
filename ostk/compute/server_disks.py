"""What a new server starts from, and its other disks: the block devices that Nova is told of."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from typing import Any

import click

from ..api.block_storage import VOLUME, VOLUME_SNAPSHOT
from ..api.compute import SERVER
from ..api.image import IMAGE
from ..config.settings import parse_boolean
from ..errors import FileError, OstkError
from ..files import read_text
from ..language import Flag, Json, KeyValue, KeyValues, Opt, exclusive
from ..session.cloud import Cloud

SOURCES = {"volume": VOLUME, "snapshot": VOLUME_SNAPSHOT, "image": IMAGE}
KEYS = (
    "uuid source_type destination_type disk_bus device_type device_name volume_size guest_format "
    "boot_index delete_on_termination tag volume_type"
).split()
CHOICES = {"source_type": ("volume", "image", "snapshot", "blank"), "destination_type": ("local", "volume")}


class Device(KeyValues):
    """A block device: KEY=VALUE,… or the path of a file with the same as a JSON object."""

    name = "key=value,…|file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Json:
        """The device, its keys known ones."""
        if isinstance(value, dict) or not os.path.exists(value):
            return super().convert(value, param, ctx)
        try:
            found = json.loads(read_text(value, "block device"))
        except ValueError as error:
            raise FileError(f"The block device {value} is not JSON: {error}.") from error
        if not isinstance(found, dict):
            raise FileError(f"The block device {value} is not a JSON object.")
        if unknown := [key for key in found if key not in KEYS]:
            self.fail(f"{', '.join(unknown)} in {value!r} is not one of {', '.join(KEYS)}.", param, ctx)
        return found


class Mapping(click.ParamType[Json]):
    """DEVICE=NAME[:TYPE[:SIZE[:DELETE]]], as it was written before --block-device.

    Converted, the source's name is under the key of its type, to be looked up there.
    """

    name = "device=name:type:size:delete"
    refs = SOURCES

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Json:
        """The parts by name."""
        if isinstance(value, dict):
            return value
        device, _, rest = value.partition("=")
        name, kind, size, delete = (rest.split(":") + [""] * 3)[:4]
        if not device or not name or rest.count(":") > 3:
            self.fail(f"{value!r} is not DEVICE=NAME[:TYPE[:SIZE[:DELETE]]].", param, ctx)
        kind = kind or "volume"
        if kind not in SOURCES:
            self.fail(f"{kind!r} is not one of {', '.join(SOURCES)}.", param, ctx)
        return {"device_name": device, kind: name, "volume_size": size, "delete_on_termination": delete}


DEVICE = Device(optional=KEYS)
SIZE = KeyValues(required=("size",), optional=("format",))
DISKS: list[Opt] = [
    *exclusive(
        Opt("--image", "Image to start from.", ref=IMAGE, not_sent=True),
        Opt(
            "--image-property",
            "Start from the image with this property.",
            type=KeyValue(),
            multiple=True,
            not_sent=True,
        ),
        Opt("--volume", "Volume to start from.", ref=VOLUME, not_sent=True),
        Opt("--snapshot", "Volume snapshot to start from.", ref=VOLUME_SNAPSHOT, not_sent=True),
    ),
    Opt(
        "--boot-from-volume",
        "Start from a new volume of this size, in GB.",
        type=int,
        not_sent=True,
        needs="--image --image-property",
    ),
    Flag("--delete-on-termination", "Delete that volume with the server.", needs="--boot-from-volume"),
    Opt("--block-device-mapping", "Older spelling of --block-device.", type=Mapping(), multiple=True, not_sent=True),
    Opt("--block-device", "Disk: uuid=,volume_size= … or JSON file.", type=DEVICE, multiple=True, not_sent=True),
    Opt("--swap", "Size of a swap disk, in MB.", type=int, not_sent=True),
    Opt("--ephemeral", "Disk that goes with it: size=GB[,format=].", type=SIZE, multiple=True, not_sent=True),
]


def check_disks(values: Json) -> None:
    """Validate the options for disks: none contradicts another, and there is a disk to boot from."""
    block_devices = [completed(device) for device in values["block_device"]]
    for one in values["ephemeral"]:
        if not one["size"].isdigit():
            raise OstkError(f"--ephemeral: the size {one['size']!r} is not a number.")
    first = any(device.get("boot_index") == 0 for device in block_devices)
    if not (any(values[source] for source in ("image", "image_property", "volume", "snapshot")) or first):
        how = "Give --image, --image-property, --volume, --snapshot or a --block-device with boot_index=0."
        raise OstkError("The server has nothing to start from.", how)


def completed(device: Json) -> Json:
    """Return a block device with the values that follow from the others.

    Raises:
        OstkError: A value is not valid.

    """
    whole = {**device}
    if "boot_index" in device:
        try:
            whole["boot_index"] = int(device["boot_index"])
        except (TypeError, ValueError):
            raise OstkError(f"--block-device: boot_index {device['boot_index']!r} is not a number.") from None
    for key, known in CHOICES.items():
        if key in device and device[key] not in known:
            raise OstkError(f"--block-device: {key} {device[key]!r} is not one of {', '.join(known)}.")
    whole.setdefault("source_type", "blank")
    whole.setdefault("destination_type", "local" if whole["source_type"] == "blank" else "volume")
    if "delete_on_termination" in device:
        word = str(device["delete_on_termination"]).strip().lower()
        whole["delete_on_termination"] = parse_boolean(word)
        if whole["delete_on_termination"] is None:
            raise OstkError(f"--block-device: delete_on_termination {word!r} is not true or false.")
    elif whole["destination_type"] == "local":
        whole["delete_on_termination"] = True
    return whole


def devices(cloud: Cloud, values: Json, image: str) -> list[Json]:
    """The block devices of a new server: the one to start from first. Names are IDs by now."""
    for device in values["block_device"]:
        for key, since in (("tag", "2.42"), ("volume_type", "2.67")):
            if key in device:
                cloud.require(SERVER.service, since, f"{key} in --block-device")
    return [
        *root(values, image),
        *([blank(values["swap"], "swap")] if values["swap"] else []),
        *(blank(one["size"], one.get("format")) for one in values["ephemeral"]),
        *map(mapped, values["block_device_mapping"]),
        *values["block_device"],
    ]


def root(values: Json, image: str) -> Iterable[Json]:
    """The disk that --image and the like ask for."""
    if size := values["boot_from_volume"]:
        delete = values["delete_on_termination"]
        yield disk("image", "volume", 0, uuid=image, volume_size=size, delete_on_termination=delete)
    elif image:
        yield disk("image", "local", 0, uuid=image, delete_on_termination=True)
    elif volume := values["volume"]:
        yield disk("volume", "volume", 0, uuid=volume)
    elif snapshot := values["snapshot"]:
        yield disk("snapshot", "volume", 0, uuid=snapshot, delete_on_termination=False)


def disk(source: str, destination: str, boot_index: int, **more: Any) -> Json:
    """A block device; 0 is the place of the one to start from."""
    return {"source_type": source, "destination_type": destination, "boot_index": boot_index, **more}


def blank(size: int | str, format: str | None) -> Json:
    """An empty disk on the host, which goes with the server."""
    more = {"guest_format": format} if format else {}
    return disk("blank", "local", -1, delete_on_termination=True, volume_size=int(size), **more)


def mapped(mapping: Json) -> Json:
    """A block device from one in the older spelling."""
    source = next(key for key in SOURCES if key in mapping)
    given = {key: mapping[key] for key in ("device_name", "volume_size", "delete_on_termination") if mapping[key]}
    return {"uuid": mapping[source], "source_type": source, "destination_type": "volume", **given}


COMPARED = {"name", "id", "status", "container_format", "disk_format"}  # fields for which Glance reads operators


def matching(cloud: Cloud, wanted: Json) -> Json:
    """The image that has these properties; the newest, with a word about the others, where several do."""
    query = {key: IMAGE.service.exactly(value) if key in COMPARED else value for key, value in wanted.items()}
    with cloud.force_send():
        found = [one for one in cloud.pages(IMAGE, query) if all(one.get(k) == v for k, v in wanted.items())]
    if not found:
        raise OstkError("No image has the properties that --image-property asks for.")
    if len(found) > 1:
        ids = ", ".join(image["id"] for image in found)
        OstkError(f"More than one image has these properties: {ids}. The first one is used.").show()
    return found[0]
