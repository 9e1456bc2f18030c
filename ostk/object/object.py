"""Objects, the files in a container."""

import os
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from ..api.object_store import OBJECT
from ..errors import OstkError
from ..language import LONG, Arg, Cloud, Column, Flag, FullOpt, Json, Noun, Opt, Value, each, properties
from .bulk_delete import delete_objects, delete_with_segments, hinting_pattern, matching_names, segments_option
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
    naming_missing_target,
    pages_of,
    path_of,
    update_object_metadata,
    validate_metadata,
)
from .upload_options import UPLOAD_OPTIONS, upload_options

TARGET = [CONTAINER_ARGUMENT, Arg("object", "Name of the object.", type=OBJECT_NAME, names=OBJECT)]
TARGETS = Arg(
    "objects", "Names of the objects.", nargs=-1, required=True, metavar="OBJECT...", type=OBJECT_NAME, names=OBJECT
)
VERSION_COLUMNS = [Column("version_id", "Version ID"), Column("is_latest")]
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
        metavar="FILE...",
    ),
    Value("--name", "Name of the object or the directory, '' for the container itself (default: the path as given)."),
    UPLOAD_OPTIONS,
    columns=["object= container= etag="],
    validate=validate_upload,
    parse=find_files,
)
def create(cloud: Cloud, container: str, objects: Sequence[LocalFile], values: Json) -> list[Json]:
    """Upload files and directories to a container. Existing objects with the same name are replaced.

    Files larger than an object may be are stored as large objects in segments. An upload that was interrupted
    continues from the stored segments when the same command is run again.
    """
    from .upload import upload_files

    return upload_files(cloud, container, objects, upload_options(values))


def validate_deletion(values: Json, objects: Sequence[str]) -> None:
    """Reject options of deletion that do not go together. Raises OstkError."""
    if values["version_id"] and (len(objects) > 1 or values["pattern"] or values["segments"]):
        raise OstkError("--version-id is for a single object, without --pattern and --segments.")


@object.action(
    "delete",
    CONTAINER_ARGUMENT,
    TARGETS,
    FullOpt(
        "--pattern",
        "Delete the objects whose names match the pattern OBJECT: *, ? and [a-c], which match / too.",
        is_flag=True,
        not_sent=True,
        default=False,
    ),
    segments_option(),
    FullOpt("--version-id", "Delete this version of the object.", not_sent=True, metavar="ID"),
    validate=validate_deletion,
)
def delete(
    cloud: Cloud, container: str, objects: Sequence[str], pattern: bool, segments: bool, version_id: str | None
) -> None:
    """Delete objects from a container. Names are taken literally without --pattern; quote patterns for the shell."""

    def delete_object(name: str) -> None:
        with hinting_pattern(name), naming_missing(cloud, container, name):
            if segments:
                delete_with_segments(cloud, container, name)
            else:
                query = {"version-id": version_id} if version_id else {}
                cloud.request(SWIFT, "DELETE", path_of(container, name), params=query)

    if not pattern:
        each(cloud, delete_object, objects, "delete", "object")
        return
    names = matching_names(cloud, container, objects)
    if segments:
        each(cloud, lambda name: delete_with_segments(cloud, container, name), [*names], "delete", "object")
    else:
        delete_objects(cloud, container, names)


@object.shower(
    "copy",
    TARGET,
    Arg("destination", "Container of the copy, or CONTAINER/OBJECT.", not_sent=True, type=OBJECT_NAME),
    properties("Set a property of the copy: KEY=VALUE.", not_sent=True),
    Flag("--fresh-metadata", "Do not copy the properties of the object."),
    Flag(
        "--manifest",
        "Copy the manifest of a large object, which shares the segments (default: copy data, up to 5 GiB).",
    ),
    fields=["container= object= etag="],
    validate=lambda property: validate_metadata(property),
)
def copy(
    cloud: Cloud, container: str, object: str, destination: str, property: Any, fresh_metadata: bool, manifest: bool
) -> Json:
    """Copy an object and the properties of the object on the server. An existing object is replaced."""
    target, _, name = destination.partition("/")
    name = name or object
    headers: Any = {f"X-Object-Meta-{key}": value.rstrip().encode() for key, value in dict(property).items()}
    headers |= {"X-Copy-From": path_of(container, object), "Content-Length": "0"}
    headers |= {"X-Fresh-Metadata": "true"} if fresh_metadata else {}
    query = {"multipart-manifest": "get"} if manifest else {}
    content = None if cloud.dry_run() else BytesIO()  # the answer to an upload may take as long as a copy does
    with naming_missing(cloud, container, object), naming_missing_target(cloud, target):
        answer = cloud.request(
            SWIFT, "PUT", path_of(target, name), params=query, headers=headers, content=content, repeatable=True
        )
    return {"container": target, "object": name, "etag": answer.headers.get("Etag")}


object.commands["copy"].in_full = True  # `openstack` has no copy: `object c` is `object create`


@object.lister(
    "list",
    CONTAINER_ARGUMENT,
    Opt("--delimiter", "Group names that are equal up to this delimiter, e.g. / for directories."),
    FullOpt("--versions", "List all versions of the objects.", is_flag=True, not_sent=True, default=False),
    LIST_OPTIONS,
    LONG,
    also=VERSION_COLUMNS,
)
def list_objects(
    cloud: Cloud, body: Json, container: str, columns: Sequence[Column], versions: bool, every: bool
) -> Any:
    """List the objects in a container (up to 10000 by default)."""
    if versions:
        return [*columns, *VERSION_COLUMNS], listed_objects(cloud, container, {**body, "versions": "true"}, every)
    return listed_objects(cloud, container, body, every)


def listed_objects(cloud: Cloud, container: str, query: Json, every: bool) -> Iterator[Json]:
    """Yield the rows of a container."""
    with naming_missing(cloud, container):
        yield from pages_of(cloud, path_of(container), query, every)


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
    Value("--file", "File to write, - for standard output (default: the name of the object).", metavar="FILE"),
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
