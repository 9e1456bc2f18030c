"""Download of objects to files or standard output: verified, resumed, a file completely or not at all."""

from __future__ import annotations

import os
import re
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from functools import partial

from ..console import data_output, write_message
from ..errors import FileError, OstkError, PartialFailure
from ..files import Draft, because, blocks, draft, sync_files
from ..http.headers import DATA_HEADERS
from ..http.many import FEWEST, LARGEST, Answer, SmallRequest, exchange_small
from ..interrupt import Interrupted
from ..language import Cloud, FullOpt, Json, each
from ..progress import Transfer, Transfers
from ..record import Record
from ..streams import Check, decoded, refuse_page
from .identical import is_identical
from .large_object import Segment, is_large, segments_of
from .object_data import ObjectData, Replaced, SegmentCheck, check_of, strong_etag
from .swift import SWIFT, has_dot_segments, naming_missing


def parse_range(text: str) -> str:
    """Return a range of bytes. Raises ValueError if it is none."""
    found = re.fullmatch(r"(\d*)-(\d*)", text.strip(), re.ASCII)
    if not found or found[0] == "-" or (found[1] and found[2] and int(found[1]) > int(found[2])):
        raise ValueError(text)
    return found[0]


RESUMABLE = 1 << 20  # bytes that are worth to be kept for a later run
PARALLEL = 16 << 20  # size of a large object from which its segments are requested concurrently
CONNECTIONS = 8  # for the segments of all large objects that are downloaded at a time
STANDARD_OUTPUT = "-"
DIRECTORY = FullOpt(
    "--directory",
    "Directory to write the files to (default: the current directory).",
    not_sent=True,
    metavar="DIRECTORY",
)
RANGE = FullOpt(
    "--range span",
    "Range of bytes to save, counted from 0: 0-99, 100- or -100 for the last 100.",
    not_sent=True,
    metavar="FIRST-LAST",
    type=parse_range,
)
SKIP_IDENTICAL = FullOpt(
    "--skip-identical",
    "Skip objects whose files have the same data already (size and MD5).",
    is_flag=True,
    default=False,
    not_sent=True,
)


class Wanted(Record):
    """An object to download.

    Args:
        name: Its name.
        path: Its path, as in its URL.
        file: The file to write, "-" for standard output.
        container: The container, if the user typed its name and that of the object.
        listed: Its row in the listing of its container, {} if there is none.
        span: The range of bytes to download, such as "0-99", "100-" or "-100"; "" for all.
        skip_identical: Leave the file as it is if it holds the same data.
    """

    name: str
    path: str
    file: str
    container: str = ""
    listed: Json = {}
    span: str = ""
    skip_identical: bool = False


def download_all(
    cloud: Cloud,
    objects: Mapping[str, Wanted | OstkError],
    progress: str,
    again: str = "the command with --skip-identical",
) -> None:
    """Download objects concurrently, and show their progress.

    Args:
        cloud: The cloud.
        objects: For each name the object, or the error because of which it is not downloaded.
        progress: How to show the progress: see `Transfers`.
        again: The command that goes on after some failed.

    Raises:
        PartialFailure: Some failed; each error has been printed.
        OstkError: The only one failed.
    """
    wanted = [one for one in objects.values() if isinstance(one, Wanted)]
    sizes = [one.listed.get("bytes") for one in wanted]
    total = None if None in sizes else sum(size or 0 for size in sizes)
    to_terminal = any(one.file == STANDARD_OUTPUT for one in wanted) and sys.stdout.isatty()
    with Transfers(len(objects), total, "none" if to_terminal else progress) as transfers:
        downloads = Downloads(cloud, transfers, len(objects))

        def download(name: str) -> None:
            one = objects[name]
            if name in downloads.small:
                return
            if isinstance(one, OstkError):
                transfers.file(name).__exit__(OstkError, one, None)
                raise one
            with naming_missing(cloud, one.container, name) if one.container else nullcontext():
                downloads.download(one)

        try:
            downloads.save_small(wanted)
            if len(downloads.saved) < len(objects):
                each(cloud, download, [*objects], "save", "object")
        except PartialFailure as error:
            error.hint = hint(downloads, again)
            raise
        except KeyboardInterrupt:
            if downloads.saved and len(objects) > 1:
                write_message(f"{len(downloads.saved)} of {len(objects)} objects were saved. {hint(downloads, again)}")
            raise
        finally:
            if len(objects) > 1:
                sync_files(downloads.saved)


def hint(downloads: Downloads, again: str) -> str:
    """Return what to do after some downloads failed."""
    return f"Repeat {again} to save the others." if downloads.saved else ""


class Downloads:
    """Downloads that run at the same time.

    Args:
        cloud: The cloud.
        transfers: Their progress.
        count: How many there are.
    """

    def __init__(self, cloud: Cloud, transfers: Transfers, count: int) -> None:
        self.cloud, self.transfers, self.count = cloud, transfers, count
        self.connections = CONNECTIONS // max(1, count)  # for the segments of each
        self.saved: list[str] = []  # the files so far
        self.small: set[str] = set()  # names of the small objects that are saved
        self.base = ""  # URL of the account
        self.directories: set[str] = set()  # those that exist

    def save_small(self, wanted: Sequence[Wanted]) -> None:
        """Save the small objects among many with one plain request each, as far as that goes; the others are left."""
        requests = [
            SmallRequest(one.path, {}, b"", partial(self.save_answer, one))
            for one in wanted
            if one.listed.get("bytes") in range(LARGEST + 1)
            and not (one.span or one.skip_identical or has_dot_segments(one.path))
            and one.file != STANDARD_OUTPUT
        ]
        if len(requests) >= FEWEST:
            exchange_small(self.cloud.http, "GET", self.cloud.endpoint(SWIFT), DATA_HEADERS, requests)

    def save_answer(self, wanted: Wanted, answer: Answer) -> bool:
        """Save a small object from its response. Return False if that failed: another request tells why."""
        headers, size = answer.headers, len(answer.body)
        if answer.status != 200 or "Content-Encoding" in headers or is_large(headers):
            return answer.status in (200, 404)
        try:
            refuse_page(headers)
            check = check_of(headers, size, wanted.listed)
            check.add(answer.body)
            check.end()
            self.make_directory(wanted.file)
            with draft(wanted.file, sync=False) as target:
                target.file.write(answer.body)
        except OstkError:
            return False
        with self.transfers.file(wanted.name, size) as transfer:
            transfer.add(size)
        self.saved.append(wanted.file)
        self.small.add(wanted.name)
        return True

    def download(self, wanted: Wanted) -> None:
        """Download an object.

        Raises:
            FileError: The file cannot be written.
            OstkError: The size or an MD5 of the data differs from the headers, the listing or the manifest.
        """
        self.base = self.base or self.cloud.endpoint(SWIFT)
        url = self.base + wanted.path
        listed_size = wanted.listed.get("bytes")
        with self.cloud.add_hint(SWIFT, "GET", url):
            if wanted.skip_identical and is_identical(self.cloud, wanted.path, wanted.file, wanted.listed):
                self.transfers.skip(wanted.name, listed_size or 0)
                return
            with (
                self.transfers.file(wanted.name, listed_size) as transfer,
                ObjectData(self.cloud, url, wanted.span) as data,
            ):
                transfer.size = data.left
                if listed_size is None:
                    self.transfers.expect(0, data.left or 0)
                self.save(wanted, data, transfer)

    def save(self, wanted: Wanted, data: ObjectData, transfer: Transfer) -> None:
        """Write the data of an object to its file."""
        headers = data.headers
        segments: Sequence[Segment] = ()
        if wanted.span:
            check = Check(data.left, None, "md5")  # the ETag is that of all data
        elif is_large(headers) and (segments := segments_of(self.cloud, wanted.path, headers)):
            check = SegmentCheck(segments)
        else:
            check = check_of(headers, data.left, wanted.listed)
        encoding = headers.get("Content-Encoding", "")
        if wanted.file == STANDARD_OUTPUT:
            write = data_output().write
            for piece in decoded(counted(data.pieces, check, transfer), encoding):
                write(piece)
            check.end()
            return
        size = data.left or 0
        plain = not encoding and not wanted.span and strong_etag(headers)
        parallel = bool(
            plain and len(segments) > 1 and size >= PARALLEL and self.connections > 1 and hasattr(os, "pwrite")
        )
        key = resume_key(data, parallel) if plain and size >= RESUMABLE else ""
        self.make_directory(wanted.file)
        target: Draft | None = None
        try:
            with draft(wanted.file, key=key, sync=self.count == 1) as target:
                try:
                    if parallel and target.path:
                        data.close()
                        self.receive_segments(segments, target, transfer)
                    else:
                        receive(data, target, check, transfer, encoding, bool(key))
                except Replaced:
                    target.keep = False
                    raise
        except OstkError as error:
            if target:
                error.hint = f"{error.hint} {target.kept(transfer.done)}".strip()
            raise
        except Interrupted:
            if target and target.keep and threading.current_thread() is threading.main_thread():
                write_message(target.kept(transfer.done))
            raise
        self.saved.append(wanted.file)

    def make_directory(self, file: str) -> None:
        """Create the directory of a file if it does not exist. Raises FileError."""
        directory = os.path.dirname(file)
        if directory in self.directories:
            return
        try:
            os.makedirs(os.path.expanduser(directory or "."), exist_ok=True)
        except (OSError, ValueError) as error:
            raise FileError(f"The directory {directory} cannot be created: {because(error)}.") from None
        self.directories.add(directory)

    def receive_segments(self, segments: Sequence[Segment], target: Draft, transfer: Transfer) -> None:
        """Write the segments of a large object, several at a time, each at its place in the file.

        A segment that an earlier run wrote is known by its MD5.
        """
        number, found = target.file.fileno(), target.found
        size = sum(one.size for one in segments)
        os.ftruncate(number, size)

        def receive_segment(segment: Segment) -> None:
            if found and segment.etag and holds(number, segment):
                transfer.found(segment.size)
                return
            whole = segment.size == segment.size_bytes
            span = "" if whole else f"{segment.start}-{segment.start + segment.size - 1}"
            check, position = Check(segment.size, segment.etag or None, "md5"), segment.offset
            with ObjectData(self.cloud, self.base + segment.path, span, segment.etag) as data:
                for piece in counted(data.pieces, check, transfer):
                    write_at(number, piece, position)
                    position += len(piece)
            check.end()
            target.keep = True

        self.cloud.map_concurrent(receive_segment, [one for one in segments if one.size], self.connections)


def receive(data: ObjectData, target: Draft, check: Check, transfer: Transfer, encoding: str, resumable: bool) -> None:
    """Write the data of an object from its beginning, or from where an earlier run ended."""
    size = data.left or 0
    for piece in target.earlier(size):
        check.add(piece)
        transfer.found(len(piece))
    if 0 < check.size < size:
        data.restart(check.size)
    write = target.file.write
    if not check.size or check.size < size:
        for piece in decoded(counted(data.pieces, check, transfer), encoding):
            write(piece)
            target.keep = resumable and check.size >= RESUMABLE
    target.keep = False
    check.end()


def counted(pieces: Iterator[bytes], check: Check, transfer: Transfer) -> Iterator[bytes]:
    """Yield data, after it was checked and counted."""
    for piece in pieces:
        check.add(piece)
        transfer.add(len(piece))
        yield piece


def resume_key(data: ObjectData, parallel: bool) -> str:
    """Return what identifies the data of an object, which has a strong ETag, and the way that it is written."""
    return f"{data.url} {strong_etag(data.headers)} {data.end}{' segments' if parallel else ''}"


def holds(number: int, segment: Segment) -> bool:
    """Return whether an open file holds the data of a segment at its place."""
    import hashlib

    if hasattr(os, "SEEK_DATA"):
        try:
            if os.lseek(number, segment.offset, os.SEEK_DATA) >= segment.offset + segment.size:
                return False
        except OSError:  # no data after the offset
            return False
    md5 = hashlib.md5(usedforsecurity=False)
    for block in blocks(number, segment.offset, segment.size):
        md5.update(block)
    return md5.hexdigest() == segment.etag


def write_at(number: int, data: bytes, position: int) -> None:
    """Write data at a position of an open file."""
    written = os.pwrite(number, data, position)
    while written < len(data):
        written += os.pwrite(number, data[written:], position + written)
