"""Image data on its way: from a file or standard input to Glance, and from Glance to a file."""

from __future__ import annotations

import contextlib
from typing import Any

from ..api.image import IMAGE
from ..console import data_output
from ..errors import HTTPNotFound, OstkError
from ..files import whole
from ..language import Json
from ..session.cloud import Cloud
from ..streams import Check, Progress, Source, receive, refuse_page

# What an image is called that has no data, or only data of an import that has not begun.
RECORD_ONLY = ("queued", "uploading", "killed", "deleted")
LOOKS, LOOK_SECONDS = 6, 2.0
BINARY = {"Content-Type": "application/octet-stream"}


def upload(cloud: Cloud, path: str, data: Source, size: int | None = None, progress: bool = False) -> None:
    """Send data to a place of an image; `size` is what the user says its bytes are."""
    known = data.size if size is None else size
    headers = BINARY if known is None else {**BINARY, "X-OpenStack-Image-Size": str(known)}
    data.progress = Progress(data.size, progress)
    content: Any = iter(data) if data.size is None else data
    try:
        cloud.request(IMAGE.service, "PUT", path, headers=headers, content=content)
    finally:
        data.progress.end()


def recover(cloud: Cloud, item: Json, size: int | None, error: OstkError) -> None:
    """Look at a new image after its upload or import failed; remove its record only if it has no data.

    Returns where the service did what was asked although its answer was lost.

    Args:
        cloud: The session.
        item: The image as it was created.
        size: The bytes that were sent, None where that is not known.
        error: What failed.

    Raises:
        OstkError: The image is not complete; what is there is in the message.

    """
    id = item["id"]
    try:
        now = observe(cloud, id, LOOKS if error.outcome_unknown else 1)
    except OstkError as unseen:
        look = (
            f"The image {id} was created, but its state cannot be looked up ({unseen.message}); look before you retry."
        )
        raise OstkError(f"The upload of the image failed: {error.message}", look) from None
    status = str(now.get("status"))
    if status in RECORD_ONLY or (status == "saving" and not error.outcome_unknown):
        raise OstkError(f"The image got no data: {error.message}", removed(cloud, id, error.hint)) from None
    different = None not in (size, now.get("size")) and now["size"] != size
    if error.outcome_unknown and status in ("active", "importing") and not different:
        return
    held = f", {now['size']} of {size} bytes" if different else ""
    raise OstkError(
        f"The image {id} is there in status {status}{held}, but: {error.message}",
        "Look at the image before you use it, delete it or try again.",
    ) from None


def observe(cloud: Cloud, id: str, looks: int) -> Json:
    """Return an image, looked at again as often as this while Glance stores its data."""
    while True:
        now = cloud.find_by_id(IMAGE, id) or {"status": "deleted"}
        looks -= 1
        if looks < 1 or now.get("status") != "saving":
            return now
        cloud.http.sleep(LOOK_SECONDS)


def removed(cloud: Cloud, id: str, hint: str) -> str:
    """Remove the record of an image without data; return what is left of it, for people."""
    try:
        cloud.delete(IMAGE, id)
    except HTTPNotFound:
        pass
    except OstkError:
        return f"Its record {id} is still there, without data; delete it by its ID."
    return f"No image is left: its record {id} was removed again. {hint}".strip()


def discard(cloud: Cloud, id: str) -> None:
    """Remove an image whose upload a signal ended, within about a second; report only if that fails."""
    cloud.http.hurry()
    try:
        cloud.request(IMAGE.service, "DELETE", IMAGE.at(id))
    except HTTPNotFound:
        pass
    except OstkError:
        OstkError(f"The image {id} is there, but not its data.", "Delete it by its ID.").show()


def download(cloud: Cloud, item: Json, path: str | None, chunk: int, query: Json) -> None:
    """Write the data of an image to a file, whole or not at all, or to standard output."""
    # An image of a server holds what the server held: keys and passwords too.
    with whole(path, "image file", mode=0o600) if path else contextlib.nullcontext(data_output()) as file:
        url = f"{cloud.endpoint(IMAGE.service)}{IMAGE.at(item['id'], 'file')}"
        with cloud.hinting(IMAGE.service, "GET", url), cloud.http.stream("GET", url, params=query) as answer:
            if answer.status_code == 204:
                name = item.get("name") or item["id"]
                raise OstkError(f"The image {name} has no data: it is {item.get('status')}.")
            refuse_page(answer.headers)
            receive(answer.iter_bytes(chunk), file, check_of(item), Progress(item.get("size")))


def check_of(item: Json) -> Check:
    """What its data is checked with: the size and the hash that Glance keeps, one that is known here."""
    import hashlib

    algorithm, hash = str(item.get("os_hash_algo") or ""), item.get("os_hash_value")
    if hash and algorithm in hashlib.algorithms_available:
        return Check(item.get("size"), hash, algorithm)
    return Check(item.get("size"), item.get("checksum"), "md5")
