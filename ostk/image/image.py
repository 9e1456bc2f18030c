"""Images: what servers start from."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from typing import Any

import click

from ..api.block_storage import VOLUME
from ..api.identity import PROJECT
from ..api.image import IMAGE
from ..errors import OstkError, PartialFailure, after
from ..image_fields import ALIASES, KNOWN, described, field
from ..language import LIMIT, LONG, MAX_ITEMS, NAME, Arg, Column, Flag, Json, KeyValue, Noun, Opt, each, exclusive
from ..language.column import as_columns
from ..owner import PROJECT_DOMAIN
from ..record import replace
from ..render.format import LIST
from ..session.cloud import Cloud, quote
from ..streams import Source, piped, readable, source
from .options import CONTAINER_FORMATS, DISK_FORMATS, FILE, IMAGES, OWNER, PROGRESS, SETTINGS, SIZE, SMALLEST, gone
from .transfer import discard, recover, upload

LARGEST_PAGE = 1000  # Glance gives 25 images unless asked for more
ORDER = "KEY[:DIRECTION],…"
VOLUME_KEEPS = ("name", "visibility", "protected", "disk_format", "container_format", "volume")

COLUMNS: list[Column | str] = [
    "id name disk_format container_format size checksum status visibility protected owner=Project",
    Column("os_hash_algo", "Hash Algorithm"),
    Column("os_hash_value", "Hash Value"),
    "tags",
]
image = Noun(
    IMAGE,
    "Manage images: what servers start from.",
    columns=[replace(c, long=c.key not in ("id", "name", "status")) for c in as_columns(COLUMNS)],
    formats={"tags": LIST},
)


def order(text: str) -> list[tuple[str, bool]]:
    """Keys to sort by from KEY[:asc|:desc],…, each with whether it descends."""
    parts = [part for part in text.strip().split(",") if part]
    for part in parts:
        if not re.fullmatch("[^:]+(:asc|:desc)?", part):
            raise OstkError(f"{part!r} is no order.", "Orders are KEY, KEY:asc and KEY:desc.")
    return [(part.partition(":")[0], part.endswith(":desc")) for part in parts]


def rank(value: Any) -> tuple[bool, float, str]:
    """What a field is sorted by: numbers as numbers, before anything else as text."""
    number = isinstance(value, int | float)
    return not number, value if number else 0, "" if number else str(value)


@image.lister(
    "list",
    exclusive(
        *(
            Opt(f"--{which}", f"{which.capitalize()} ones only.", key="visibility", value=which)
            for which in ("public", "private", "community", "shared")
        ),
        Opt("--all", "Those of every visibility.", key="visibility", value="all"),
    ),
    Opt("--property", "Only those with this property.", type=KeyValue(), multiple=True, not_sent=True),
    Opt("--name", "Only those with this name.", convert=IMAGE.service.exactly),
    Opt("--status", "Only those in this state."),
    Opt(
        "--member-status",
        "Only those whose sharing has this state.",
        type=click.Choice(["accepted", "all", "pending", "rejected"], case_sensitive=False),
    ),
    Opt("--project", "Only those of this project.", ref=PROJECT, key="owner", domain=PROJECT_DOMAIN),
    PROJECT_DOMAIN,
    Opt("--tag", "Only those with this tag; may be repeated.", multiple=True),
    Opt("--hidden", "Hidden ones only.", key="os_hidden", value="true"),
    LONG,
    Opt("--page-size", "Has no effect.", not_sent=True, hidden=True),
    Opt("--sort", "Order; name:asc unless given.", type=order, metavar=ORDER, default="name:asc", not_sent=True),
    LIMIT,
    Opt("--marker", "Results after this one.", ref=IMAGE, key="marker"),
    MAX_ITEMS,
)
def list_images(
    cloud: Cloud, body: Json, property: list[tuple[str, str]], sort: list[tuple[str, bool]], limit: int, max_items: int
) -> list[Json]:
    """List images."""
    result_limit = min((n for n in (limit, max_items) if n), default=None)
    found = list(
        cloud.pages(IMAGE, {**body, "limit": min(result_limit or LARGEST_PAGE, LARGEST_PAGE)}, limit=result_limit)
    )
    for key, value in property:
        found = [item for item in found if str(field(item, key)) == value and field(item, key) is not None]
    for key, descending in reversed(sort):
        if found and ALIASES.get(key, key) not in KNOWN and not any(key in item for item in found):
            raise OstkError(f"Images have no field {key!r} to sort by.")
        found.sort(key=lambda item: rank(field(item, key)), reverse=descending)
    return found


image.show(Flag("--human-readable", "Show its size in KB, MB or more."), prepare=described)


def refuse_lacking(file: str, size: int | None, sign_key_path: str, sign_cert_id: str, name: str, volume: str) -> None:
    """Refuse to sign, or to count, data that is not there."""
    signing = [sign_key_path, sign_cert_id]
    if any(signing) and not all([*signing, file]):
        raise OstkError("Signing needs --file, --sign-key-path and --sign-cert-id.")
    if size is not None and (volume or not (file or piped() or os.path.isfile(name))):
        raise OstkError("--size needs data: give --file, or pipe it in.")


@image.shower(
    "create",
    Arg("name"),
    Opt("--id", "ID, made by the cloud unless given."),
    Opt("--container-format", "What it is wrapped in; bare unless given.", choices=CONTAINER_FORMATS, default="bare"),
    Opt("--disk-format", "Format of the disk; raw unless given.", choices=DISK_FORMATS, default="raw"),
    SMALLEST,
    SIZE,
    exclusive(FILE, Opt("--volume", "Volume to make it from.", ref=VOLUME, not_sent=True)),
    Flag("--force", "Even if the volume is in use."),
    PROGRESS,
    Opt("--sign-key-path", "Private key to sign the data with.", type=readable, metavar="FILE", not_sent=True),
    Opt("--sign-cert-id", "ID of the certificate for that key.", not_sent=True),
    SETTINGS,
    Opt("--tag", "Tag; may be repeated.", key="tags", multiple=True),
    OWNER,
    Flag("--import importing", "Import the data instead of uploading it."),
    gone("--location", "--copy-from", "--checksum", "--store"),
    fields=[],
    validate=refuse_lacking,
)
def create(cloud: Cloud, body: Json, values: Json, file: str | None, volume: str | None) -> Json:
    """Create an image, from a file or standard input if there is one."""
    if volume:
        return from_volume(cloud, body, values, volume)
    data = source(file)
    if data is None and os.path.isfile(body["name"]):
        data = source(body["name"])
        body["name"] = os.path.splitext(os.path.basename(body["name"]))[0]
    if file and values["sign_key_path"]:
        from .signature import signed

        body.update(signed(file, values["sign_key_path"], values["sign_cert_id"]))
    made = cloud.create(IMAGE, {**body, **provenance(body["name"])})
    if data is None:
        return described(made)
    fill(cloud, made, data, **{name: values[name] for name in ("size", "progress", "importing")})
    with after(f"The image was created ({made['id']}), with its data"):
        return described(cloud.fetch(IMAGE, made["id"]))


def provenance(name: str) -> Json:
    """The properties that openstacksdk puts on every image it creates; its other users look for them."""
    mark = "owner_specified.openstack"
    return {f"{mark}.md5": "", f"{mark}.sha256": "", f"{mark}.object": f"images/{name}"}


def fill(cloud: Cloud, item: Json, data: Source, size: int | None, progress: bool, importing: bool) -> None:
    """Give a new image its data; where that fails the image is removed again, and the error says so.

    A lost answer is no failure: the image is looked at before it is removed or anything is reported.
    """
    try:
        upload(cloud, IMAGE.at(item["id"], "stage" if importing else "file"), data, size, progress)
        if importing:
            method = {"method": {"name": "glance-direct"}}
            cloud.call(IMAGE.service, "POST", IMAGE.at(item["id"], "import"), json=method)
    except OstkError as error:
        recover(cloud, item, data.size if size is None else size, error)
    except KeyboardInterrupt:
        discard(cloud, item["id"])
        raise


def from_volume(cloud: Cloud, body: Json, values: Json, volume: str) -> Json:
    """Have Cinder make an image from a volume."""
    ignored = [key for key in body if key not in VOLUME_KEEPS]
    ignored += [key for key in ("progress", "sign_key_path", "sign_cert_id", "importing") if values[key]]
    if ignored:
        OstkError(f"An image that is made from a volume gets none of: {', '.join(ignored)}.").show()
    request = {
        "image_name": body["name"],
        "force": values["force"],
        "disk_format": body["disk_format"],
        "container_format": body["container_format"],
        "visibility": body.get("visibility", "private"),
        "protected": body.get("protected", False),
    }
    made: Json = cloud.act(VOLUME, volume, "os-volume_upload_image", request)["os-volume_upload_image"]
    return {**made, "volume_type": (made.get("volume_type") or {}).get("name")}


def switch(cloud: Cloud, item: Json, body: Json) -> None:
    """Activate or deactivate an image."""
    cloud.request(IMAGE.service, "POST", IMAGE.at(item["id"], "actions", body["action"]))


def answer(cloud: Cloud, item: Json, body: Json) -> None:
    """Say whether a project takes an image that is shared with it."""
    cloud.call(IMAGE.service, "PUT", IMAGE.at(item["id"], "members", item["member"]), json=body, repeatable=True)


def adjust(cloud: Cloud, body: Json, item: Json, accept: str, reject: str, pending: str) -> None:
    """Add to the tags that are there; a project given with an answer is the one that answers."""
    if accept or reject or pending:
        item["member"] = body.pop("owner", "") or cloud.access.project_id
    if "tags" in body:
        body["tags"] = list(dict.fromkeys([*(item.get("tags") or []), *body["tags"]]))


image.set(
    NAME,
    SMALLEST,
    Opt("--container-format", "What it is wrapped in.", choices=CONTAINER_FORMATS),
    Opt("--disk-format", "Format of the disk.", choices=DISK_FORMATS),
    SETTINGS,
    Opt("--tag", "Tag to add; may be repeated.", key="tags", multiple=True),
    Opt("--architecture", "Kind of processor that it runs on."),
    Opt("--instance-id --instance-uuid", "Server that it was made from.", key="instance_id"),
    Opt("--kernel-id", "Image with the kernel that boots it."),
    Opt("--os-distro", "Name of its operating system."),
    Opt("--os-version", "Version of its operating system."),
    Opt("--ramdisk-id", "Image with the RAM disk that boots it."),
    exclusive(
        Opt("--deactivate", "Keep its data from being read.", key="action", value="deactivate", action=switch),
        Opt("--activate", "Let its data be read again.", key="action", value="reactivate", action=switch),
    ),
    OWNER,
    gone("--visibility"),
    exclusive(
        Opt("--accept", "Take what is shared with the project.", key="status", value="accepted", action=answer),
        Opt("--reject", "Refuse what is shared with the project.", key="status", value="rejected", action=answer),
        Opt("--pending", "Leave open whether to take it.", key="status", value="pending", action=answer),
    ),
    Opt("--hidden/--unhidden", "Whether lists leave it out.", key="os_hidden"),
    prepare=adjust,
)


def strip(cloud: Cloud, item: Json, tag: Sequence[str], property: Sequence[str]) -> None:
    """Remove tags and properties in one request, then name those that were not there."""
    tags = item.get("tags") or []
    names = [ALIASES.get(name, name) for name in property]
    changes: Json = {name: None for name in names if name in item}
    if set(tag) & set(tags):
        changes["tags"] = [one for one in tags if one not in tag]
    if changes:
        cloud.update(IMAGE, item["id"], changes)
    missing = [f"tag {one!r}" for one in tag if one not in tags]
    missing += [f"property {name!r}" for name in names if name not in item and name not in KNOWN]
    if missing:
        raise PartialFailure(f"The image {item.get('name') or item['id']} has no {', no '.join(missing)}.")


image.unset(
    Opt("--tag", "Tag to remove; may be repeated.", multiple=True, not_sent=True),
    Opt("--property", "Property to remove; may be repeated.", multiple=True, not_sent=True),
    prepare=strip,
)


@image.action("delete", IMAGES, Opt("--store", "Store to delete it from; all unless given.", not_sent=True))
def delete(cloud: Cloud, image: Sequence[str], store: str | None) -> None:
    """Delete images."""

    def remove(name: str) -> None:
        id = cloud.find(IMAGE, name)
        if store:
            cloud.request(IMAGE.service, "DELETE", f"/stores/{quote(store)}/{quote(id)}")
        else:
            cloud.delete(IMAGE, id)

    each(cloud, remove, image, "delete", IMAGE.noun)
