"""Upload of files to a container: whole or in segments, many requests at once."""

import sys
from collections.abc import Callable, Mapping, Sequence

from ..console import write_message
from ..errors import FileError, OstkError, PartialFailure
from ..http.many import FEWEST, LARGEST, Answer, SmallRequest, exchange_small
from ..language import Cloud, Json
from ..language.bulk import failure, raise_failures
from ..parallel import WORKERS
from ..progress import Transfers
from .bulk_delete import delete_objects
from .file_part import PIECE, FilePart
from .local_files import LocalFile, local_file
from .put import put_part
from .segmented_upload import SegmentedUpload, segment_size_for
from .stream_upload import StreamUpload
from .swift import has_dot_segments, naming_missing, path_of
from .upload_options import UploadOptions
from .upload_target import UploadTarget

AGAIN = "Repeat the command with --skip-existing to upload the others."
SEGMENTS_AT_ONCE = 8  # what an interrupted upload has sent of them is sent again
ASKS_FOR_LIMITS = 128 * 1024**2  # no object store is known that takes only smaller objects


class WholeUpload:
    """The upload of a file as one object."""

    def __init__(self, target: UploadTarget, file: LocalFile) -> None:
        self.target, self.file = target, file
        self.row: Json | None = None
        self.error: OstkError | None = None
        self.skipped = False

    def tasks(self) -> list[Callable[[], None]]:
        """Return the only task."""
        return [self.send]

    def send(self) -> None:
        """Upload the file."""
        self.error = failure(self.upload)

    def upload(self) -> None:
        """Upload the file, or pass over it."""
        target, name = self.target, self.file.name
        options = target.options
        old = target.head(name) if options.skip or name in options.large else None
        if options.skip and old and target.is_unchanged(self.file, old):
            self.skip(old)
            return
        replaced = target.old_segments(self.file, old)
        file = local_file(self.file.path, name)
        size, headers = file.size or 0, options.headers
        with target.transfers.file(name, size) as transfer, naming_missing(target.cloud, target.container):
            etag, _ = put_part(target.cloud, target.url(name), file, 0, size, headers, transfer.add)
        self.row = target.row(file, etag)
        target.remove(replaced)

    def small_request(self) -> SmallRequest | None:
        """Return the request for a small file that needs no other one; None if it does, or the file cannot be read."""
        file, options = self.file, self.target.options
        size = LARGEST + 1 if file.size is None else file.size
        if size > LARGEST or options.skip or file.name in options.large or has_dot_segments(file.name):
            return None
        try:
            with FilePart(file, 0, size) as part:
                data = part.read(PIECE)
                md5 = part.md5.hexdigest()
        except FileError:
            return None
        path = path_of(self.target.container, file.name)
        return SmallRequest(path, {"Etag": md5}, data, lambda answer: self.handle_answer(answer, md5))

    def handle_answer(self, answer: Answer, md5: str) -> bool:
        """Handle the answer to the small request; return whether the file is uploaded: the ETag is its MD5."""
        etag = answer.headers.get("etag")
        if answer.status < 300 and etag in (md5, f'"{md5}"'):
            with self.target.transfers.file(self.file.name, self.file.size) as transfer:
                transfer.add(self.file.size or 0)
            self.row = self.target.row(self.file, etag)
        return self.row is not None

    def skip(self, old: Mapping[str, str]) -> None:
        """Pass over the file: its object stays."""
        self.skipped = True
        self.target.transfers.skip(self.file.name, self.file.size or 0)
        self.row = self.target.row(self.file, old.get("Etag"))

    def left(self) -> str:
        """Return "": no segments are stored."""
        return ""


Upload = WholeUpload | SegmentedUpload | StreamUpload


def upload_files(cloud: Cloud, container: str, files: Sequence[LocalFile], options: UploadOptions) -> list[Json]:
    """Upload files; return a row for each object, with `object`, `container` and `etag`.

    Raises:
        PartialFailure: Uploads failed; each error has been printed.
        OstkError: The only upload failed, all failed for a common reason, or a file does not fit.
    """
    with Transfers(len(files), sum(file.size or 0 for file in files), options.progress) as transfers:
        target = UploadTarget(cloud, container, options, transfers)
        uploads = [upload_for(target, file) for file in files]
        run(cloud, uploads)
    errors = [error_of(one) for one in uploads]
    if errors[0] and {error and error.message for error in errors} == {errors[0].message}:
        raise errors[0]  # such as that of a missing container
    try:
        raise_failures([one.file.path for one in uploads], errors, "upload", "object")
    except PartialFailure as error:
        error.hint = AGAIN
        raise
    if (passed := sum(one.skipped for one in uploads)) and sys.stderr.isatty():
        write_message(f"{passed} of {len(files)} files are unchanged and were passed over.")
    return [one.row for one in uploads if one.row is not None]


def error_of(upload: Upload) -> OstkError | None:
    """Return the error of an upload, with a hint at the segments that are left; None if it succeeded."""
    if upload.error and (sentence := upload.left()):
        upload.error.hint = f"{upload.error.hint} {sentence}".strip()
    return upload.error


def delete_uploaded(cloud: Cloud, container: str, names: Sequence[str], options: UploadOptions) -> None:
    """Delete objects, and the segments that were made for those that are large. Raises as `delete_objects` does."""
    with Transfers(None, None, "none") as transfers:
        target = UploadTarget(cloud, container, options, transfers)
        large = [LocalFile("", name, 0) for name in names if name in options.large]
        parts = cloud.map_concurrent(lambda one: target.old_segments(one, target.head(one.name)), large)
        delete_objects(cloud, container, names)
        target.remove([part for found in parts for part in found])


def run(cloud: Cloud, uploads: Sequence[Upload]) -> None:
    """Run the tasks of uploads, a bounded number at once. After Ctrl-C, say what is left."""
    segmented = any(isinstance(one, SegmentedUpload) for one in uploads)
    try:
        upload_small(cloud, uploads)
        tasks = [task for one in uploads if one.row is None for task in one.tasks()]
        cloud.map_concurrent(lambda task: task(), tasks, SEGMENTS_AT_ONCE if segmented else WORKERS)
    except KeyboardInterrupt:
        for one in uploads:
            if sentence := one.left():
                write_message(f"{one.file.path}: {sentence}")
        if len(uploads) > 1:
            write_message(
                f"{sum(one.row is not None for one in uploads)} of {len(uploads)} files were uploaded. {AGAIN}"
            )
        raise


def upload_small(cloud: Cloud, uploads: Sequence[Upload]) -> None:
    """Upload the small files among many with one plain request each, as far as that goes; the others are left."""
    small = [one for one in uploads if isinstance(one, WholeUpload) and (one.file.size or 0) <= LARGEST]
    if len(small) >= FEWEST:
        target = small[0].target
        requests = filter(None, (one.small_request() for one in small))
        exchange_small(cloud.http, "PUT", target.base, target.options.headers, requests)


def upload_for(target: UploadTarget, file: LocalFile) -> Upload:
    """Return the upload that a file needs.

    Raises:
        OstkError: The file does not fit into the object store, or not in the way that was asked for.
    """
    options, size = target.options, file.size
    if size is None:
        return StreamUpload(target, file)
    if size <= (options.segment_size or ASKS_FOR_LIMITS):
        return WholeUpload(target, file)
    largest = target.limits.file_size
    if options.whole and size > largest:
        raise OstkError(
            f"The file {file.path!r} does not fit into one object: it has {size} bytes, and an object has at most "
            f"{largest}.",
            "Leave out --no-segments: the file is stored in segments.",
        )
    if options.whole or size <= (options.segment_size or largest):
        return WholeUpload(target, file)
    return SegmentedUpload(target, file, segment_size_for(size, target.limits, options.segment_size))
