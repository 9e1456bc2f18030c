"""Objects, the files in a container."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Any

from ..api.object_store import OBJECT
from ..errors import OstkError
from ..language import LONG, Arg, Column, Json, Noun, Opt, each
from ..session.cloud import Cloud
from .destinations import destinations
from .download import DIRECTORY, RANGE, SKIP_IDENTICAL, Wanted, download_all
from .local_files import LocalFile, files_of
from .settings import validate_set
from .swift import (
    CONTAINER_ARGUMENT,
    LIST_OPTIONS,
    OBJECT_NAME,
    PROGRESS,
    PROPERTIES,
    REMOVED_PROPERTIES,
    SWIFT,
    account_name,
    format_metadata,
    naming_missing,
    pages_of,
    path_of,
    update_object_metadata,
    validate_metadata,
)
from .upload_options import UPLOAD_OPTIONS, upload_options

TARGET = [CONTAINER_ARGUMENT, Arg("object", "Name of the object.", not_sent=True, type=OBJECT_NAME, names=OBJECT)]
TARGETS = Arg(
    "objects",
    "Names of the objects.",
    nargs=-1,
    required=True,
    not_sent=True,
    metavar="OBJECT...",
    type=OBJECT_NAME,
    names=OBJECT,
)
SHOWN_HEADERS = ("Content-Type", "Content-Length", "Last-Modified", "Etag", "X-Object-Manifest")


def text_column(key: str, long: bool = True) -> Column:
    """Return a column of the list, "" for a row of --delimiter, which stands for several objects."""
    return Column(key, long=long, value=lambda row: row.get(key, ""))


object = Noun(
    OBJECT,
    "Manage objects in containers.",
    [
        text_column("name", long=False),
        text_column("bytes"),
        text_column("hash"),
        text_column("content_type"),
        text_column("last_modified"),
    ],
)


def validate_upload(values: Json) -> None:
    """Reject properties that a header cannot carry, and options of an upload that do not go together."""
    validate_metadata(values["property"])
    if values["no_segments"] and (values["segment_size"] or values["segment_container"]):
        raise OstkError("--no-segments excludes --segment-size and --segment-container.")


def find_files(objects: Sequence[str], name: str | None, prefix: str, symlinks: str) -> Json:
    """Return the files to upload in place of the arguments."""
    return {"objects": files_of(objects, name, prefix, symlinks)}


@object.lister(
    "create",
    CONTAINER_ARGUMENT,
    Arg(
        "objects",
        "Files and directories to upload, - for standard input.",
        nargs=-1,
        required=True,
        not_sent=True,
        metavar="FILENAME...",
    ),
    Opt(
        "--name",
        "Name of the object, or of the directory in the container (default: the path as given).",
        not_sent=True,
    ),
    UPLOAD_OPTIONS,
    columns=["object= container= etag="],
    validate=validate_upload,
    parse=find_files,
)
def create(cloud: Cloud, container: str, objects: Sequence[LocalFile], values: Json) -> list[Json]:
    """Upload files and directories to a container. Existing objects with the same name are replaced.

    Files larger than an object may be are stored as large objects in segments. An upload that was interrupted
    continues from its segments when the same command is run again.
    """
    from .upload import upload_files

    return upload_files(cloud, container, objects, upload_options(values))


@object.action("delete", CONTAINER_ARGUMENT, TARGETS)
def delete(cloud: Cloud, container: str, objects: Sequence[str]) -> None:
    """Delete objects from a container."""

    def delete_object(name: str) -> None:
        with naming_missing(cloud, container, name):
            cloud.request(SWIFT, "DELETE", path_of(container, name))

    each(cloud, delete_object, objects, "delete", "object")


@object.lister(
    "list",
    CONTAINER_ARGUMENT,
    Opt("--delimiter", "Group names that are equal up to this delimiter, e.g. / for directories."),
    LIST_OPTIONS,
    LONG,
)
def list_objects(cloud: Cloud, body: Json, container: str, every: bool) -> Iterator[Json]:
    """List the objects in a container (up to 10000 by default)."""
    with naming_missing(cloud, container):
        yield from pages_of(cloud, path_of(container), body, every)


def validate_save(objects: Sequence[str], file: str | None, directory: str | None, span: str | None) -> None:
    """Reject options for one object with several, and objects without a name for a file."""
    for option, value in (("--file", file), ("--range", span)):
        if value and len(objects) > 1:
            raise OstkError(f"{option} is for a single object, and {len(objects)} objects are given.")
    if file and directory:
        raise OstkError("--directory is for objects that are saved under their names: give it without --file.")
    for name in objects:
        if name.endswith("/") and not file:
            raise OstkError(f"The object {name!r} has no name for a file.", "Name the file with --file.")


@object.action(
    "save",
    CONTAINER_ARGUMENT,
    TARGETS,
    Opt("--file", "File to write, - for standard output (default: the name of the object).", not_sent=True),
    DIRECTORY,
    RANGE,
    SKIP_IDENTICAL,
    PROGRESS,
    validate=validate_save,
)
def save(
    cloud: Cloud,
    container: str,
    objects: Sequence[str],
    file: str | None,
    directory: str | None,
    span: str | None,
    skip_identical: bool,
    progress: str,
) -> None:
    """Download objects to files. A file is written completely or not at all."""
    files: dict[str, str | OstkError]
    if len(objects) == 1 and not directory:
        files = {objects[0]: file or os.path.abspath(objects[0])}
    else:
        files = destinations([{"name": name} for name in objects], directory or ".")
    wanted = {
        name: Wanted(name, path_of(container, name), path, container, span=span or "", skip_identical=skip_identical)
        if isinstance(path, str)
        else path
        for name, path in files.items()
    }
    download_all(cloud, wanted, progress)


@object.action("set", TARGET, PROPERTIES, validate=validate_set)
def set_object(cloud: Cloud, container: str, object: str, property: Any) -> None:
    """Set properties of an object. Other properties are kept."""
    with naming_missing(cloud, container, object):
        update_object_metadata(cloud, path_of(container, object), property)


@object.shower("show", TARGET, fields=[])
def show(cloud: Cloud, container: str, object: str) -> Json:
    """Show an object."""
    with naming_missing(cloud, container, object):
        headers = cloud.request(SWIFT, "HEAD", path_of(container, object)).headers
    found = {"account": account_name(cloud), "container": container, "object": object, "content-type": None}
    found |= {key.lower(): headers[key] for key in SHOWN_HEADERS if key in headers}
    return {**found, **format_metadata("object", headers)}


@object.action("unset", TARGET, REMOVED_PROPERTIES, validate=validate_set)
def unset(cloud: Cloud, container: str, object: str, property: Any) -> None:
    """Remove properties from an object. Other properties are kept."""
    with naming_missing(cloud, container, object):
        update_object_metadata(cloud, path_of(container, object), removed=property)
