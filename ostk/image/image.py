"""Images: list, show, create, change and delete images."""

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
from ..language import (
    LIMIT,
    LONG,
    MAX_ITEMS,
    NAME,
    Arg,
    Column,
    Flag,
    FullOpt,
    Json,
    KeyValue,
    Noun,
    Opt,
    Value,
    Wait,
    each,
    exclusive,
    without,
)
from ..language.column import as_columns
from ..owner import PROJECT_DOMAIN
from ..record import replace
from ..render.format import LIST
from ..session.cloud import Cloud, quote
from ..streams import Source, piped, readable, source
from .options import (
    CONTAINER_FORMATS,
    DISK_FORMATS,
    FILE,
    IMAGES,
    MINIMUMS,
    OWNER,
    PROGRESS,
    SETTINGS,
    SIZE,
    removed_options,
)
from .transfer import discard, recover, upload

MAX_PAGE_SIZE = 1000  # the default api_limit_max of Glance; without a limit, a page has 25 images
SORT_METAVAR = "KEY[:asc|:desc],…"
# Fields of the body that the Cinder action os-volume_upload_image takes.
VOLUME_UPLOAD_FIELDS = ("name", "visibility", "protected", "disk_format", "container_format", "volume")

COLUMNS: list[Column | str] = [
    "id, name, disk_format, container_format, size, checksum, status, visibility, protected, owner=Project",
    "os_hash_algo=Hash Algorithm, os_hash_value=Hash Value, tags",
]
image = Noun(
    IMAGE,
    "Manage images.",
    columns=[replace(c, long=c.key not in ("id", "name", "status")) for c in as_columns(COLUMNS)],
    formats={"tags": LIST},
)


def parse_sort(text: str) -> list[tuple[str, bool]]:
    """Parse KEY[:asc|:desc],… into pairs of a key and a flag, which is True for descending order.

    Raises:
        OstkError: A part has another form.
    """
    parts = [part for part in text.strip().split(",") if part]
    for part in parts:
        if not re.fullmatch("[^:]+(:asc|:desc)?", part):
            raise OstkError(f"{part!r} is not a valid sort order (--sort).", "Use KEY, KEY:asc or KEY:desc.")
    return [(part.partition(":")[0], part.endswith(":desc")) for part in parts]


def sort_key(value: Any) -> tuple[bool, float, str]:
    """Return the sort key of a field: numbers first, by value, then everything else as text."""
    number = isinstance(value, int | float)
    return not number, value if number else 0, "" if number else str(value)


@image.lister(
    "list",
    exclusive(
        *(
            Opt(f"--{visibility}", f"Filter by visibility: {visibility}.", key="visibility", value=visibility)
            for visibility in ("public", "private", "community", "shared")
        ),
        Opt("--all", "List images of every visibility, community images included.", key="visibility", value="all"),
    ),
    Value("--property...", "Filter by property: KEY=VALUE.", type=KeyValue()),
    Opt("--name", "Filter by name.", convert=IMAGE.service.exactly),
    Opt("--status", "Filter by status, e.g. active or queued."),
    Opt(
        "--member-status",
        "Filter by member status, for images shared with the project.",
        type=click.Choice(["accepted", "all", "pending", "rejected"], case_sensitive=False),
    ),
    Opt("--project", "Filter by project that owns the image.", ref=PROJECT, key="owner", domain=PROJECT_DOMAIN),
    PROJECT_DOMAIN,
    Opt("--tag...", "Filter by tag."),
    Opt("--hidden", "List hidden images only.", key="os_hidden", value="true"),
    LONG,
    Value("--page-size", "Ignored (accepted for compatibility).", hidden=True),
    Value("--sort", "Sort keys, e.g. name:desc,created_at.", type=parse_sort, metavar=SORT_METAVAR, default="name:asc"),
    LIMIT,
    Opt("--marker", "Image after which the results start.", ref=IMAGE, key="marker"),
    MAX_ITEMS,
)
def list_images(
    cloud: Cloud,
    body: Json,
    property: Sequence[tuple[str, str]],
    sort: list[tuple[str, bool]],
    limit: int | None,
    max_items: int | None,
) -> list[Json]:
    """List images."""
    result_limit = min((n for n in (limit, max_items) if n), default=None)
    page_size = min(result_limit or MAX_PAGE_SIZE, MAX_PAGE_SIZE)
    found = list(cloud.pages(IMAGE, {**body, "limit": page_size}, limit=result_limit))
    for key, value in property:
        found = [item for item in found if str(field(item, key)) == value and field(item, key) is not None]
    for key, descending in reversed(sort):
        if found and ALIASES.get(key, key) not in KNOWN and not any(key in item for item in found):
            raise OstkError(f"Images have no field {key!r} to sort by (--sort).")
        found.sort(key=lambda item: sort_key(field(item, key)), reverse=descending)
    return found


image.show(Flag("--human-readable", "Show the image size with a unit, e.g. 1.4M."), prepare=described)


def validate_data_options(
    file: str | None,
    size: int | None,
    sign_key_path: str | None,
    sign_cert_id: str | None,
    name: str,
    volume: str | None,
) -> None:
    """Reject incomplete signature options, and a signature or --size without image data."""
    signing = [sign_key_path, sign_cert_id]
    if any(signing) and not all([*signing, file]):
        raise OstkError("Signing an image needs --file, --sign-key-path and --sign-cert-id.")
    if size is not None and (volume or not (file or piped() or os.path.isfile(name))):
        raise OstkError("--size needs image data: give --file, or pipe data in.")


@image.shower(
    "create",
    Arg("name", "Name of the image."),
    Opt("--id", "ID of the image (default: generated by Glance)."),
    Opt("--container-format", "Container format.", choices=CONTAINER_FORMATS, default="bare"),
    Opt("--disk-format", "Disk format.", choices=DISK_FORMATS, default="raw"),
    MINIMUMS,
    SIZE,
    exclusive(FILE, Value("--volume", "Volume to create the image from.", ref=VOLUME)),
    Flag("--force", "Create the image even if the volume is in use."),
    PROGRESS,
    Value(
        "--sign-key-path",
        "Private key file to sign the image data with; requires --file and --sign-cert-id.",
        type=readable,
        metavar="FILE",
    ),
    Value("--sign-cert-id", "Certificate of the private key: ID in the Key Manager service; requires --sign-key-path."),
    SETTINGS,
    Opt("--tag...", "Add a tag.", key="tags"),
    OWNER,
    Flag("--import importing", "Stage the image data and import by glance-direct, instead of a direct upload."),
    removed_options("--location", "--copy-from", "--checksum", "--store"),
    FullOpt(
        "--wait",
        "Wait until the image is active.",
        is_flag=True,
        not_sent=True,
        default=False,
        needs="--volume --file --import",
    ),
    fields=[],
    wait=Wait("active", "killed", id="image_id"),
    validate=validate_data_options,
)
def create(cloud: Cloud, body: Json, values: Json, file: str | None, volume: str | None) -> Json:
    """Create an image, with data from a file, standard input or a volume."""
    if volume:
        return create_from_volume(cloud, body, values, volume)
    data = source(file)
    if data is None and os.path.isfile(body["name"]):
        data = source(body["name"])
        body = {**body, "name": os.path.splitext(os.path.basename(body["name"]))[0]}
    signature = {}
    if file and values["sign_key_path"]:
        from .signature import sign

        signature = sign(file, values["sign_key_path"], values["sign_cert_id"])
    created = cloud.create(IMAGE, {**body, **signature, **provenance(body["name"])})
    if data is None:
        return described(created)
    add_data(cloud, created, data, **{name: values[name] for name in ("size", "progress_form", "importing")})
    with after(f"The image was created ({created['id']}), with its data"):
        return described(cloud.fetch(IMAGE, created["id"]))


def provenance(name: str) -> Json:
    """Return the properties that openstacksdk sets on every image that it creates; programs on top of it read them."""
    prefix = "owner_specified.openstack"
    return {f"{prefix}.md5": "", f"{prefix}.sha256": "", f"{prefix}.object": f"images/{name}"}


def add_data(cloud: Cloud, item: Json, data: Source, size: int | None, progress_form: str, importing: bool) -> None:
    """Upload or import the data of a new image.

    After a failure or a lost response the image is looked up; it is deleted only if it has no data.

    Args:
        cloud: The cloud.
        item: The image as created.
        data: The data.
        size: Size of the data in bytes according to the user (--size), if given.
        progress_form: How to show the progress: see `Transfers`.
        importing: Stage and import the data, instead of uploading it directly.

    Raises:
        OstkError: The image has no data or not all; the message says what is left of it.
    """
    try:
        upload(cloud, IMAGE.at(item["id"], "stage" if importing else "file"), data, size, progress_form)
        if importing:
            method = {"method": {"name": "glance-direct"}}
            cloud.send(IMAGE, "POST", item["id"], "import", json=method)
    except OstkError as error:
        recover(cloud, item, data.size if size is None else size, error)
    except KeyboardInterrupt:
        discard(cloud, item["id"])
        raise


def create_from_volume(cloud: Cloud, body: Json, values: Json, volume: str) -> Json:
    """Create an image from a volume, by the Cinder action os-volume_upload_image."""
    ignored = [key for key in body if key not in VOLUME_UPLOAD_FIELDS]
    ignored += [key for key in ("progress", "sign_key_path", "sign_cert_id", "importing") if values[key]]
    if ignored:
        OstkError(f"Ignored for an image from a volume (--volume): {', '.join(ignored)}.").show()
    request = {
        "image_name": body["name"],
        "force": values["force"],
        "disk_format": body["disk_format"],
        "container_format": body["container_format"],
        "visibility": body.get("visibility", "private"),
        "protected": body.get("protected", False),
    }
    created: Json = cloud.act(VOLUME, volume, "os-volume_upload_image", request)["os-volume_upload_image"]
    return {**created, "volume_type": (created.get("volume_type") or {}).get("name")}


def change_activation(cloud: Cloud, item: Json, body: Json) -> None:
    """Deactivate or reactivate an image."""
    cloud.request(IMAGE.service, "POST", IMAGE.at(item["id"], "actions", body["action"]))


def set_member_status(cloud: Cloud, item: Json, body: Json, project: str | None) -> None:
    """Set the member status of a project (default: that of the token) for a shared image."""
    member = project or cloud.access.project_id
    cloud.send(IMAGE, "PUT", item["id"], "members", member, json=body, repeatable=True)


def changes(body: Json, item: Json, accept: str | None, reject: str | None, pending: str | None) -> Json:
    """Return the request with new tags merged into the current ones, and without an owner that is a member."""
    sent = without(body, "owner") if accept or reject or pending else body
    tags = {"tags": list(dict.fromkeys([*(item.get("tags") or []), *body["tags"]]))} if "tags" in body else {}
    return {**sent, **tags}


image.set(
    NAME,
    MINIMUMS,
    Opt("--container-format", "Container format.", choices=CONTAINER_FORMATS),
    Opt("--disk-format", "Disk format.", choices=DISK_FORMATS),
    SETTINGS,
    Opt("--tag...", "Add a tag.", key="tags"),
    Opt("--architecture", "CPU architecture of the operating system, e.g. x86_64."),
    Opt("--instance-id --instance-uuid", "Server that the image was created from (ID).", key="instance_id"),
    Opt("--kernel-id", "Kernel image (ID), for AMI-style images."),
    Opt("--os-distro", "Operating system distribution, e.g. ubuntu."),
    Opt("--os-version", "Version of the operating system distribution."),
    Opt("--ramdisk-id", "RAM disk image (ID), for AMI-style images."),
    exclusive(
        Opt(
            "--deactivate",
            "Deactivate the image: the data cannot be downloaded.",
            key="action",
            value="deactivate",
            action=change_activation,
        ),
        Opt(
            "--activate",
            "Reactivate the image: the data can be downloaded again.",
            key="action",
            value="reactivate",
            action=change_activation,
        ),
    ),
    Opt(
        "--project",
        "New owner of the image (admin only), or the member for --accept, --reject and --pending.",
        ref=PROJECT,
        key="owner",
        domain=PROJECT_DOMAIN,
    ),
    PROJECT_DOMAIN,
    removed_options("--visibility"),
    exclusive(
        Opt(
            "--accept",
            "Set the member status to accepted, for the member --project or the current project.",
            key="status",
            value="accepted",
            action=set_member_status,
        ),
        Opt(
            "--reject",
            "Set the member status to rejected, for the member --project or the current project.",
            key="status",
            value="rejected",
            action=set_member_status,
        ),
        Opt(
            "--pending",
            "Set the member status to pending, for the member --project or the current project.",
            key="status",
            value="pending",
            action=set_member_status,
        ),
    ),
    Opt("--hidden/--unhidden", "Hide the image from image lists, or show the image in lists.", key="os_hidden"),
    prepare=changes,
)


@image.action(
    "unset",
    Arg("image", "Image.", names=IMAGE),
    Value("--tag...", "Remove a tag."),
    Value("--property...", "Key of the property to remove."),
)
def unset(cloud: Cloud, image: str, tag: Sequence[str], property: Sequence[str]) -> None:
    """Remove tags and properties from an image.

    Raises:
        PartialFailure: The image does not have some of the tags and properties; the message names them.
    """
    with cloud.force_send():
        item = cloud.get(IMAGE, image)
    tags = item.get("tags") or []
    names = [ALIASES.get(name, name) for name in property]
    patch: Json = {name: None for name in names if name in item}
    if set(tag) & set(tags):
        patch["tags"] = [one for one in tags if one not in tag]
    if patch:
        cloud.update(IMAGE, item["id"], patch)
    missing = [f"tag {one!r}" for one in tag if one not in tags]
    missing += [f"property {name!r}" for name in names if name not in item and name not in KNOWN]
    if missing:
        raise PartialFailure(f"The image {item.get('name') or item['id']} has no {', no '.join(missing)}.")


@image.action(
    "delete",
    IMAGES,
    Value("--store", "Store to delete the image data from (default: all stores)."),
    wait=Wait("deleted"),
)
def delete(cloud: Cloud, image: Sequence[str], store: str | None) -> list[str]:
    """Delete images."""

    def delete_image(name: str) -> str:
        id = cloud.find(IMAGE, name)
        if store:
            cloud.request(IMAGE.service, "DELETE", f"/stores/{quote(store)}/{quote(id)}")
        else:
            cloud.delete(IMAGE, id)
        return "" if store else id  # an image whose data is deleted from one store stays

    return [*filter(None, each(cloud, delete_image, image, "delete", IMAGE.noun))]
