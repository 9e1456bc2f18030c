"""PUT requests for objects, verified: the ETag of the response is compared with the MD5 of the data sent."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from ..errors import ConnectionFailed, HTTPError, OstkError
from ..http.retry import retry_delay
from ..session.cloud import Cloud
from ..streams import md5_in
from .file_part import PIECE, FilePart
from .local_files import LocalFile
from .swift import SWIFT

TRIES = 3
# Not stored, and not for good: a time-out of the client's data, data damaged on its way, errors of proxies.
PASSING = (408, 422, 499, 500, 502, 504)
OVERLOADED = (429, 503)
PATIENCE = 2  # how much longer the pauses are: 2 to 4, and 4 to 8 seconds
T = TypeVar("T")


class Damaged(OstkError):
    """The object store has other data than was sent."""


def put_part(
    cloud: Cloud,
    url: str,
    file: LocalFile,
    start: int,
    size: int,
    headers: Mapping[str, Any],
    add: Callable[[int], None],
) -> tuple[str | None, str]:
    """Store a part of a file as an object; return its ETag and its MD5.

    Args:
        cloud: The cloud.
        url: The URL of the object.
        file: The file, which must not change.
        start: Where the part begins.
        size: Size of the part in bytes.
        headers: Headers of the request.
        add: Called with the number of bytes sent, negative when they are sent again.

    Raises:
        OstkError: The object was not stored.
    """
    with FilePart(file, start, size, add) as part:
        if size > PIECE or cloud.dry_run():  # a dry run prints the path of the file
            return put(cloud, url, part, headers, lambda: part.md5.hexdigest()), part.md5.hexdigest()
        data = part.read(PIECE)
        md5 = part.md5.hexdigest()
        return put(cloud, url, data, {**headers, "Etag": md5}, lambda: md5), md5


def put(
    cloud: Cloud, url: str, content: Any, headers: Mapping[str, Any], md5: Callable[[], str], params: Any = None
) -> str | None:
    """Store an object; return its ETag.

    Args:
        cloud: The cloud.
        url: The URL of the object.
        content: The data; it can be sent again.
        headers: Headers of the request.
        md5: Returns the MD5 of the data, after it was sent.
        params: The query.

    Raises:
        Damaged: The ETag differs from the MD5.
        OstkError: The object was not stored.
    """
    for tries in range(1, TRIES + 1):
        try:
            if hasattr(content, "seek"):
                content.seek(0)
            answer = cloud.request(
                SWIFT, "PUT", url, headers=headers, content=content, params=params or {}, repeatable=True
            )
            return verified(answer.headers.get("Etag"), md5())
        except OstkError as error:
            again = error.status in PASSING if isinstance(error, HTTPError) else isinstance(error, Damaged)
            if not again or tries == TRIES:
                raise
        cloud.http.sleep(retry_delay(tries, None))
    raise AssertionError


def patiently(cloud: Cloud, work: Callable[[], T]) -> T:
    """Call a function, and again after some seconds if the object store is overloaded or out of reach.

    For large objects: much would have to be sent again by a later run, or looked at. All requests of the function can
    be repeated.
    """
    for tries in range(1, TRIES):
        try:
            return work()
        except (HTTPError, ConnectionFailed) as error:
            if isinstance(error, HTTPError) and error.status not in OVERLOADED:
                raise
        cloud.http.sleep(retry_delay(tries + PATIENCE, None))
    return work()


def verified(etag: str | None, md5: str) -> str | None:
    """Return an ETag. Raises Damaged if it is another MD5 than that of the data sent."""
    if (md5_in(etag) or md5) != md5:
        raise Damaged(
            "The object was stored damaged: its MD5 differs from the MD5 of the data sent.",
            "Upload the object again, or delete the object.",
        )
    return etag
