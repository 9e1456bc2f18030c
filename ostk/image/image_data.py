"""The data of an image as it arrives: what is missing is requested again after a connection broke."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..api.image import IMAGE
from ..errors import ConnectionFailed, HTTPError, OstkError
from ..http.retry import retry_delay
from ..language import Cloud, Json
from ..streams import refuse_page

if TYPE_CHECKING:
    from ..http.client import Response

RETRIES = 4  # requests after a broken connection that bring no data
# Glance answers 400 to a range if the store of the image only reads from the start, older releases 416.
WITHOUT_RANGES = (400, 416)


class ImageData:
    """The data of an image.

    Args:
        cloud: The cloud.
        item: The image.
        query: Query of the requests: `prefer` names stores.
        checked: Whether the data is compared with a hash, so that it may come from several requests.

    Attributes:
        position: Where the data goes on that is wanted.
    """

    position = 0

    def __init__(self, cloud: Cloud, item: Json, query: Json, checked: bool) -> None:
        self.cloud, self.item, self.query, self.checked = cloud, item, query, checked
        self.url = f"{cloud.endpoint(IMAGE.service)}{IMAGE.at(item['id'], 'file')}"
        self.ranges = True

    def pieces(self, chunk: int | None = None) -> Iterator[bytes]:
        """Yield the data from the position on.

        Args:
            chunk: Number of bytes to yield at a time, None for what is fastest.

        Raises:
            OstkError: The image has no data, or the service does not give the data.
        """
        failures = 0
        while not self.position or self.position != self.item.get("size"):
            before = self.position
            try:
                yield from self.rest(chunk)
                return
            except ConnectionFailed:
                failures = 1 if self.position > before else failures + 1
                if failures > RETRIES or not self.position or not self.checked:
                    raise
            except HTTPError as error:
                if error.status not in WITHOUT_RANGES or not (self.position and self.ranges):
                    raise
                self.ranges = False
                continue
            self.cloud.http.sleep(retry_delay(failures, None))

    def rest(self, chunk: int | None) -> Iterator[bytes]:
        """Yield the data of one response, from the position on."""
        headers = {"Range": f"bytes={self.position}-"} if self.position and self.ranges else {}
        with (
            self.cloud.add_hint(IMAGE.service, "GET", self.url),
            self.cloud.http.stream("GET", self.url, headers=headers, params=self.query) as answer,
        ):
            skipped = self.position - self.start(answer)
            for piece in answer.iter_bytes(chunk):
                if skipped:
                    skipped, piece = max(0, skipped - len(piece)), piece[skipped:]
                self.position += len(piece)
                yield piece

    def start(self, answer: Response) -> int:
        """Return the position in the image at which the data of a response starts.

        Raises:
            OstkError: The response has no data of the image, or another range than was asked for.
        """
        if answer.status_code == 204:
            name = self.item.get("name") or self.item["id"]
            raise OstkError(f"The image {name} has no data; it is in status {self.item.get('status')}.")
        refuse_page(answer.headers)
        if answer.status_code != 206:
            return 0
        found = re.match(r"bytes (\d+)-", answer.headers.get("Content-Range", ""))
        if not found or int(found[1]) != self.position:
            raise OstkError("Another range of the data came than was asked for: nothing was saved.")
        return self.position
