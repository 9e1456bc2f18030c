"""The data of images: saved, staged and imported, and the stores that keep it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from urllib.parse import urlsplit

import click

from ..api.image import IMAGE
from ..errors import HTTPNotFound, OstkError, WaitError
from ..image_fields import described
from ..language import WAIT, Arg, Column, Flag, Json, Noun, Opt, exclusive
from ..render.format import LIST, Cell
from ..session.cloud import Cloud
from ..streams import CHUNK, source
from .options import FILE, PROGRESS, SIZE
from .transfer import download, upload

BUSY = ("queued", "uploading", "importing", "saving")
NEEDED_STATUS = {"glance-direct": "uploading", "web-download": "queued", "copy-image": "active"}
ONE = Arg("image", not_sent=True)  # found in its function, which needs more than its ID

image = Noun(IMAGE, "Manage images: what servers start from.")


def refuse_terminal(file: str | None) -> None:
    """Refuse to write bytes to a terminal."""
    if file is None and sys.stdout.isatty():
        raise OstkError("Image data does not go to a terminal: give --file, or pipe it on.")


@image.action(
    "save",
    ONE,
    Opt("--chunk-size", "Bytes to read at a time.", type=click.IntRange(1), not_sent=True),
    Opt("--file", "File to write; standard output unless given.", not_sent=True),
    Opt("--store-preference", "Store to read it from; may be repeated.", multiple=True, not_sent=True),
    validate=refuse_terminal,
)
def save(cloud: Cloud, image: str, chunk_size: int | None, file: str | None, store_preference: Sequence[str]) -> None:
    """Save the data of an image."""
    query = {"prefer": ",".join(store_preference)} if store_preference else {}
    download(cloud, cloud.get(IMAGE, image), file, chunk_size or CHUNK, query)


@image.action("stage", ONE, FILE, SIZE, PROGRESS)
def stage(cloud: Cloud, image: str, file: str | None, size: int | None, progress: bool) -> None:
    """Upload data for an image, to be imported later."""
    data = source(file)
    if data is None:
        raise OstkError("There is no data: give --file, or pipe it in.")
    item = cloud.get(IMAGE, image)
    demand(item, "queued", "Data is staged for")
    upload(cloud, IMAGE.at(item["id"], "stage"), data, size, progress)


def demand(item: Json, status: str, what: str) -> None:
    """Refuse an image in another state than `what` needs."""
    if item.get("status") != status:
        name = item.get("name") or item["id"]
        raise OstkError(f"{what} images that are {status} only; {name} is {item.get('status')}.")


def refuse_mismatch(method: str, uri: str, store: Sequence[str], all_stores: bool, values: Json) -> None:
    """Refuse options that the import method does not know, or that lack."""
    remote = [name for name in ("remote_image", "remote_region", "remote_service_interface") if values[name]]
    if (method == "web-download") != bool(uri):
        raise OstkError("--uri and --method web-download need each other.")
    if uri and not all(urlsplit(uri)[:2]):
        raise OstkError(f"{uri!r} is not a URL.")
    if method != "glance-download" and remote:
        raise OstkError(f"--{remote[0].replace('_', '-')} is for --method glance-download only.")
    if method == "glance-download" and not {"remote_image", "remote_region"} <= {*remote}:
        raise OstkError("--method glance-download needs --remote-region and --remote-image.")
    if method == "copy-image" and not (store or all_stores):
        raise OstkError("--method copy-image needs --store or --all-stores.")


@image.shower(
    "import",
    ONE,
    Opt(
        "--method",
        "Where data comes from; glance-direct unless given.",
        choices="copy-image glance-direct glance-download web-download",
        default="glance-direct",
        key="method.name",
    ),
    Opt("--uri", "Where web-download finds it.", key="method.uri"),
    Opt("--remote-image", "ID of the image that glance-download copies.", key="method.glance_image_id"),
    Opt("--remote-region", "Region that glance-download copies from.", key="method.glance_region"),
    Opt("--remote-service-interface", "Interface it uses for that.", key="method.glance_service_interface"),
    exclusive(
        Opt("--store", "Stores to put it in.", key="stores", greedy=True),
        Opt("--all-stores", "Put it in every store.", value=True),
    ),
    exclusive(
        Flag("--allow-failure", "Go on if a store fails (as is usual)."),
        Opt("--disallow-failure", "Undo it all if a store fails.", key="all_stores_must_succeed", value=True),
    ),
    WAIT,
    fields=[],
    validate=refuse_mismatch,
)
def import_image(cloud: Cloud, body: Json, image: str, method: str, wait: bool) -> Json:
    """Have the cloud fetch or take over the data of an image."""
    item = cloud.get(IMAGE, image)
    if method in NEEDED_STATUS:
        demand(item, NEEDED_STATUS[method], f"{method} imports")
    body = {"all_stores": False, "all_stores_must_succeed": False, **body}
    cloud.call(IMAGE.service, "POST", IMAGE.at(item["id"], "import"), json=body)
    return described(imported(cloud, item) if wait else item)


def imported(cloud: Cloud, item: Json) -> Json:
    """An image once its import is over; WaitError where that failed."""

    def over(now: Json) -> bool:
        if failed := now.get("os_glance_failed_import"):
            raise WaitError(f"The import of {now.get('name') or now['id']} failed for: {failed}.")
        return now.get("status") not in BUSY and not now.get("os_glance_importing_to_stores")

    return cloud.poll(lambda: cloud.fetch(IMAGE, item["id"]), over)


@image.shower("import info", fields=["import-methods"])
def import_info(cloud: Cloud) -> Json:
    """Show the ways to import that a cloud offers."""
    found = cloud.call(IMAGE.service, "GET", "/info/import")
    return {"import-methods": Cell((found.get("import-methods") or {}).get("value", []), LIST)}


# Whether images go there unless told otherwise; Glance says so in words, or not at all.
DEFAULT = Column("default", value=lambda store: bool(store["default"]) if "default" in store else None)


@image.lister(
    "stores list",
    Flag("--detail long", "Show their settings too."),
    columns=["id description", DEFAULT, Column("properties", long=True)],
)
def list_stores(cloud: Cloud, long: bool) -> list[Json]:
    """List the stores that image data may be in."""
    try:
        found: Json = cloud.call(IMAGE.service, "GET", f"/info/stores{'/detail' if long else ''}")
    except HTTPNotFound:
        raise OstkError("This cloud has one store for images, without a name.") from None
    return list(found["stores"])
