"""Image data on its way: from a file or standard input to Glance, and from Glance to a file."""

from __future__ import annotations

import contextlib
import sys
from typing import Any

from ..errors import OstkError
from ..files import whole
from ..kinds import IMAGE
from ..language import Json
from ..session.cloud import Cloud
from ..streams import Check, Progress, Source, receive, refuse_page

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


def download(cloud: Cloud, item: Json, path: str | None, chunk: int, query: Json) -> None:
    """Write the data of an image to a file, whole or not at all, or to standard output."""
    # An image of a server holds what the server held: keys and passwords too.
    with whole(path, "image file", mode=0o600) if path else contextlib.nullcontext(sys.stdout.buffer) as file:
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
