"""Transfer of image data: uploads to Glance, recovery after a failed upload, and downloads."""

from collections.abc import Iterable
from typing import IO, Any

from ..api.image import IMAGE
from ..console import data_output, write_message
from ..errors import ConnectionFailed, HTTPError, HTTPNotFound, OstkError
from ..files import Draft, draft
from ..language import Cloud, Json
from ..progress import Transfer, Transfers
from ..streams import Check, Source
from .image_data import ImageData

# Statuses of an image without data, or with staged data that was not imported.
STATUSES_WITHOUT_DATA = ("queued", "uploading", "killed", "deleted")
POLL_ATTEMPTS, POLL_SECONDS = 6, 2.0
RESUMABLE = 1 << 20  # bytes that are worth to be kept for a later run
BINARY = {"Content-Type": "application/octet-stream"}


def upload(cloud: Cloud, path: str, data: Source, size: int | None = None, progress: str = "auto") -> None:
    """Upload data to a path of an image.

    Args:
        cloud: The cloud.
        path: Path of the request: …/file or …/stage of the image.
        data: The data.
        size: Size of the data in bytes according to the user, if given.
        progress: How to show the progress: see `Transfers`.
    """
    total = data.size if size is None else size
    headers = BINARY if total is None else {**BINARY, "X-OpenStack-Image-Size": str(total)}
    content: Any = iter(data) if data.size is None else data
    with Transfers(1, total, progress) as transfers, transfers.file(data.name, total) as transfer:
        data.add = transfer.add
        cloud.request(IMAGE.service, "PUT", path, headers=headers, content=content)


def recover(cloud: Cloud, item: Json, size: int | None, error: OstkError) -> None:
    """Look up a new image after its upload or import failed, and delete the image only if it has no data.

    Returns without an error if the service completed the request and only its response was lost.

    Args:
        cloud: The cloud.
        item: The image as it was created.
        size: Number of bytes that were sent, None if unknown.
        error: The error of the upload or import.

    Raises:
        OstkError: The image is not complete; the message says what is left of it.
    """
    id = item["id"]
    try:
        image = poll_until_saved(cloud, id, POLL_ATTEMPTS if error.outcome_unknown else 1)
    except OstkError as lookup_error:
        hint = (
            f"The image {id} was created, but its status cannot be looked up ({lookup_error.message}). "
            "Look at the image before you retry."
        )
        raise OstkError(f"The upload of the image failed: {error.message}", hint) from None
    status = str(image.get("status"))
    if status in STATUSES_WITHOUT_DATA or (status == "saving" and not error.outcome_unknown):
        message = f"The image got no data: {error.message}"
        raise OstkError(message, delete_without_data(cloud, id, error.hint)) from None
    size_differs = None not in (size, image.get("size")) and image["size"] != size
    if error.outcome_unknown and status in ("active", "importing") and not size_differs:
        return
    amount = f" with {image['size']} of {size} bytes" if size_differs else ""
    raise OstkError(
        f"The image {id} exists in status {status}{amount}, but: {error.message}",
        "Look at the image before you use it, delete it or try again.",
    ) from None


def poll_until_saved(cloud: Cloud, image_id: str, attempts: int) -> Json:
    """Return an image, polled up to `attempts` times while its status is saving; a missing image is "deleted"."""
    while True:
        image = cloud.find_by_id(IMAGE, image_id) or {"status": "deleted"}
        attempts -= 1
        if attempts < 1 or image.get("status") != "saving":
            return image
        cloud.http.sleep(POLL_SECONDS)


def delete_without_data(cloud: Cloud, image_id: str, hint: str) -> str:
    """Delete an image without data; return a sentence that says whether the image is gone, and the hint."""
    try:
        cloud.delete(IMAGE, image_id)
    except HTTPNotFound:
        pass
    except OstkError:
        return f"The image {image_id} exists without data, and could not be deleted; delete the image by its ID."
    return f"The image {image_id} was deleted again. {hint}".strip()


def discard(cloud: Cloud, image_id: str) -> None:
    """Delete an image after a signal interrupted its upload, within about a second; warn only if that fails."""
    cloud.http.shorten_timeouts()
    try:
        cloud.request(IMAGE.service, "DELETE", IMAGE.at(image_id))
    except HTTPNotFound:
        pass
    except OstkError:
        OstkError(f"The image {image_id} exists, but has no data or not all.", "Delete the image by its ID.").show()


def download(cloud: Cloud, item: Json, path: str | None, chunk: int | None, query: Json, progress: str) -> None:
    """Write the data of an image to a file or to standard output, and compare it with the hash of the image.

    Args:
        cloud: The cloud.
        item: The image.
        path: Path of the file, None for standard output.
        chunk: Number of bytes to read at a time, None for what is fastest.
        query: Query of the request: `prefer` names stores.
        progress: How to show the progress: see `Transfers`.

    Raises:
        OstkError: The image has no data, or the data does not match its size or hash.
    """
    name, size, check = item.get("name") or item["id"], item.get("size"), check_of(item)
    data = ImageData(cloud, item, query, checked=bool(check.expected))
    with Transfers(1, size, progress) as transfers, transfers.file(name, size) as transfer:
        if path is None:
            receive(data.pieces(chunk), data_output(), check, transfer)
            check.end()
        else:
            save(data, chunk, path, check, transfer)


def save(data: ImageData, chunk: int | None, path: str, check: Check, transfer: Transfer) -> None:
    """Write the data of an image to a file, completely or not at all.

    The file gets mode 0600: a snapshot of a server may hold keys and passwords. What came before a failure is kept
    beside the file, and the next download of the same image to the same file continues there.
    """
    # The data of an image never changes: its ID and its hash say to what the part of a file belongs.
    resumable = bool(check.expected) and (check.length or 0) >= RESUMABLE
    key = f"{data.item['id']} {check.algorithm} {check.expected}" if resumable else ""
    part: Draft | None = None
    try:
        with draft(path, "image file", mode=0o600, key=key) as part:
            for block in part.earlier(check.length or 0):
                check.add(block)
                transfer.found(len(block))
            data.position = check.size
            try:
                receive(data.pieces(chunk), part.file, check, transfer)
            except (ConnectionFailed, HTTPError, OSError, KeyboardInterrupt):
                part.keep = resumable and check.size >= RESUMABLE
                raise
            check.end()
    except OstkError as error:
        if part:
            error.hint = f"{error.hint} {part.kept(check.size)}".strip()
        raise
    except KeyboardInterrupt:
        if part and part.keep:
            write_message(part.kept(check.size))
        raise


def receive(pieces: Iterable[bytes], file: IO[bytes], check: Check, transfer: Transfer) -> None:
    """Write data as it arrives; count it and take it into account for its check."""
    for piece in pieces:
        check.add(piece)
        transfer.add(len(piece))
        file.write(piece)


def check_of(item: Json) -> Check:
    """Return the size and hash to verify image data with: os_hash_value if hashlib has its algorithm, else the MD5."""
    import hashlib

    algorithm, hash = str(item.get("os_hash_algo") or ""), item.get("os_hash_value")
    if hash and algorithm in hashlib.algorithms_available:
        return Check(item.get("size"), hash, algorithm)
    return Check(item.get("size"), item.get("checksum"), "md5")
