"""Image data: download, stage and import data, and list the stores and import methods of a cloud."""

import sys
from collections.abc import Sequence
from urllib.parse import urlsplit

import click

from ..api.image import IMAGE
from ..errors import HTTPNotFound, OstkError, WaitError
from ..image_fields import described
from ..language import Arg, Cloud, Column, Flag, Json, Noun, Opt, Value, exclusive
from ..render.format import LIST, Cell
from ..streams import source
from .options import DOWNLOAD_PROGRESS, FILE, PROGRESS, SIZE
from .transfer import download, upload

IMPORT_STATUSES = ("queued", "uploading", "importing", "saving")  # statuses of an image while it is imported
# The status that an image must have for an import method; glance-download is checked by Glance.
REQUIRED_STATUS = {"glance-direct": "uploading", "web-download": "queued", "copy-image": "active"}
# Found in the function, which needs the whole image and not its ID alone.
TARGET = Arg("image", "Image.", names=IMAGE)

image = Noun(IMAGE, "Manage images.")


def validate_output(file: str | None) -> None:
    """Reject standard output as the target of image data if it is a terminal."""
    if file is None and sys.stdout.isatty():
        raise OstkError("Image data does not go to a terminal: give --file, or redirect standard output.")


@image.action(
    "save",
    TARGET,
    Value("--chunk-size", "Bytes to read at a time.", type=click.IntRange(1)),
    Value("--file", "File to write the image data to (default: standard output).", metavar="FILE"),
    Value("--store-preference...", "Store to read the image data from, in order of preference."),
    DOWNLOAD_PROGRESS,
    validate=validate_output,
)
def save(
    cloud: Cloud, image: str, chunk_size: int | None, file: str | None, store_preference: Sequence[str], progress: str
) -> None:
    """Download the data of an image. An interrupted download to a file is continued by the same command."""
    query = {"prefer": ",".join(store_preference)} if store_preference else {}
    download(cloud, cloud.get(IMAGE, image), file, chunk_size, query, progress)


@image.action("stage", TARGET, FILE, SIZE, PROGRESS)
def stage(cloud: Cloud, image: str, file: str | None, size: int | None, progress_form: str) -> None:
    """Upload data to the staging area of an image, for a later image import by glance-direct."""
    data = source(file)
    if data is None:
        raise OstkError(f"There is no data to stage for the image {image}: give --file, or pipe data in.")
    item = cloud.get(IMAGE, image)
    check_status(item, "queued", "Staging data")
    try:
        upload(cloud, IMAGE.at(item["id"], "stage"), data, size, progress_form)
    except OstkError as error:
        again = f"The image {item['id']} exists; stage all of its data again: Glance does not continue an upload."
        error.hint = f"{error.hint} {again}".strip()
        raise


def check_status(item: Json, status: str, operation: str) -> None:
    """Raise OstkError if an image does not have the status that an operation requires."""
    if item.get("status") != status:
        name = item.get("name") or item["id"]
        raise OstkError(f"{operation} requires an image in status {status}; {name} is in status {item.get('status')}.")


def validate_import_options(
    method: str, uri: str | None, store: Sequence[str], all_stores: bool | None, values: Json
) -> None:
    """Reject options that the import method does not take, and missing options that the method requires."""
    remote = [name for name in ("remote_image", "remote_region", "remote_service_interface") if values[name]]
    if (method == "web-download") != bool(uri):
        raise OstkError("--uri and --method web-download need each other.")
    if uri and not all(urlsplit(uri)[:2]):
        raise OstkError(f"{uri!r} is not a URL (--uri).")
    if method != "glance-download" and remote:
        raise OstkError(f"--{remote[0].replace('_', '-')} is for --method glance-download only.")
    if method == "glance-download" and not {"remote_image", "remote_region"} <= {*remote}:
        raise OstkError("--method glance-download needs --remote-region and --remote-image.")
    if method == "copy-image" and not (store or all_stores):
        raise OstkError("--method copy-image needs --store or --all-stores.")


@image.shower(
    "import",
    TARGET,
    Opt(
        "--method",
        "Import method.",
        choices="copy-image glance-direct glance-download web-download",
        default="glance-direct",
        key="method.name",
    ),
    Opt("--uri", "URL of the image data; required for --method web-download.", key="method.uri"),
    Opt("--remote-image", "Image to copy (ID); required for --method glance-download.", key="method.glance_image_id"),
    Opt(
        "--remote-region",
        "Region of the remote image; required for --method glance-download.",
        key="method.glance_region",
    ),
    Opt(
        "--remote-service-interface",
        "Interface of the remote Image service, e.g. public; for --method glance-download.",
        key="method.glance_service_interface",
    ),
    exclusive(
        Opt("--store", "Stores to import the image data to.", key="stores", greedy=True),
        Opt("--all-stores", "Import the image data to all stores.", value=True),
    ),
    exclusive(
        Flag("--allow-failure", "Continue with the other stores if a store fails (default)."),
        Opt(
            "--disallow-failure",
            "Fail the import, and delete imported data, if a store fails.",
            key="all_stores_must_succeed",
            value=True,
        ),
    ),
    Flag("--wait", "Wait until the import is finished."),
    fields=[],
    validate=validate_import_options,
)
def import_image(cloud: Cloud, body: Json, image: str, method: str, wait: bool) -> Json:
    """Import the data of an image from the staging area, a URL, a remote image or another store.

    glance-direct: import data uploaded by image stage. The image must have the status uploading. (Stage and import in
    one step: image create --import.)

    web-download: Glance downloads the data from a URL, if the cloud allows the host. The image must be queued.

    glance-download: Glance copies an image from another region of a federated cloud. The image must be queued.

    copy-image: Glance copies the data of an image to additional stores. The image must be active.

    Imports run in the background, and apply the import plug-ins of the cloud, e.g. format conversion; a direct upload
    (image create without --import) is stored as sent. Methods that the cloud supports: image import info.
    """
    item = cloud.get(IMAGE, image)
    if method in REQUIRED_STATUS:
        check_status(item, REQUIRED_STATUS[method], f"--method {method}")
    body = {"all_stores": False, "all_stores_must_succeed": False, **body}
    cloud.send(IMAGE, "POST", item["id"], "import", json=body)
    return described(wait_for_import(cloud, item) if wait else item)


def wait_for_import(cloud: Cloud, item: Json) -> Json:
    """Poll an image until its import is finished, and return the image.

    Raises:
        WaitError: The import to a store failed.
    """

    def finished(current: Json) -> bool:
        if stores := current.get("os_glance_failed_import"):
            name = current.get("name") or current["id"]
            raise WaitError(f"The import of the image {name} failed for these stores: {stores}.")
        return current.get("status") not in IMPORT_STATUSES and not current.get("os_glance_importing_to_stores")

    return cloud.poll(lambda: cloud.fetch(IMAGE, item["id"]), finished, noun="image")


@image.shower("import info", fields=["import-methods"])
def import_info(cloud: Cloud) -> Json:
    """Show the import methods of the cloud."""
    found = cloud.call(IMAGE.service, "GET", "/info/import")
    return {"import-methods": Cell((found.get("import-methods") or {}).get("value", []), LIST)}


# Glance gives the default store "default": "true", a text, and leaves the key out for the others.
DEFAULT = Column("default", value=lambda store: bool(store["default"]) if "default" in store else None)


@image.lister(
    "stores list",
    Flag("--detail long", "Show the properties of stores.", admin=True),
    columns=["id description", DEFAULT, Column("properties", long=True)],
)
def list_stores(cloud: Cloud, long: bool) -> list[Json]:
    """List the stores for image data."""
    try:
        found: Json = cloud.call(IMAGE.service, "GET", f"/info/stores{'/detail' if long else ''}")
    except HTTPNotFound:
        raise OstkError("This cloud does not support multiple stores: it has a single store for images.") from None
    return list(found["stores"])
