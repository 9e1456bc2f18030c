"""Synchronization of a directory and a container, in either direction."""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import click

from ..api.object_store import CONTAINER, OBJECT
from ..console import write_message
from ..errors import FileError
from ..files import because
from ..language import Arg, Cloud, FullOpt, Json, Noun, each
from ..record import replace
from .destinations import is_directory
from .local_files import Patterns, files_below
from .swift import PROGRESS, Name, naming_missing, pages_of, path_of
from .sync_plan import Sides, Step, download_steps, upload_steps
from .upload_options import SEGMENTS, SYMLINKS, flag, upload_options

object = Noun(OBJECT, "Manage objects in containers.")


class Place(Name):
    """Parameter type of a container and a prefix: CONTAINER or CONTAINER/PREFIX."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the name of the container and the prefix, which ends with a slash if there is one."""
        if isinstance(value, tuple):
            return value
        container, _, prefix = super().convert(value, param, ctx).partition("/")
        prefix = prefix.rstrip("/")
        return super().convert(container, param, ctx), f"{prefix}/" if prefix else ""


def validate_directory(directory: str, download: bool) -> None:
    """Reject a source that is no directory."""
    if not download and not os.path.isdir(directory):
        raise FileError(
            f"There is no directory {directory!r}.",
            "The directory is named first, in either direction; --download copies the objects to the directory.",
        )


@object.lister(
    "sync",
    Arg("directory", "Local directory.", not_sent=True),
    Arg(
        "container",
        "Container and prefix of object names.",
        names=CONTAINER,
        type=Place(slash=True),
        metavar="CONTAINER[/PREFIX]",
    ),
    flag("--download", "Download: make the directory equal to the container (default: upload)."),
    flag("--delete", "Delete objects, or with --download files, that the other side does not have."),
    flag("--dry-run", "Show what would be done, and change nothing."),
    FullOpt(
        "--compare",
        "Differences to copy: of size and MD5 (checksum), of size or a newer time (time), or of size.",
        choices="checksum time size",
        default="checksum",
        not_sent=True,
    ),
    FullOpt(
        "--include...", "Pattern of names to copy or delete, e.g. '*.txt' or 'photos/*' (default: all).", not_sent=True
    ),
    FullOpt("--exclude...", "Pattern of names to leave alone on both sides.", not_sent=True),
    SYMLINKS,
    *SEGMENTS,
    PROGRESS,
    columns=["action name bytes reason"],
    validate=validate_directory,
)
def sync(
    cloud: Cloud, directory: str, container: tuple[str, str], download: bool, delete: bool, dry_run: bool, values: Json
) -> list[Json]:
    """Synchronize a container with a directory, or with --download a directory with a container: copy what differs.

    The names of objects are the paths of the files below the directory, after the prefix.
    """
    sides = find_sides(cloud, directory, container, values)
    steps = (download_steps if download else upload_steps)(cloud, sides, values["compare"], delete)
    if not dry_run and download:
        save(cloud, sides, steps, directory, values["progress"])
    elif not dry_run:
        upload(cloud, sides, steps, values)
    if sys.stderr.isatty():
        write_message(f"{len(sides.both) - sum(step.is_change for step in steps)} unchanged.")
    return [step.row for step in steps]


def find_sides(cloud: Cloud, directory: str, container: tuple[str, str], values: Json) -> Sides:
    """Return the files below a directory and the objects with a prefix that the patterns select."""
    patterns = Patterns(values["include"], values["exclude"])
    name, prefix = container
    with cloud.force_send(), naming_missing(cloud, name):
        rows = [*pages_of(cloud, path_of(name), {"prefix": prefix}, True)]
    objects = {row["name"].removeprefix(prefix): row for row in rows if not is_directory(row)}
    # Through a symbolic link, files outside of the directory would be deleted.
    symlinks = "skip" if values["download"] else values["symlinks"]
    files = files_below(directory, symlinks) if os.path.isdir(directory) else ()
    return Sides(
        files={file.name: file for file in files if patterns.selects(file.name)},
        objects={below: row for below, row in objects.items() if patterns.selects(below)},
        container=name,
        prefix=prefix,
    )


def upload(cloud: Cloud, sides: Sides, steps: Sequence[Step], values: Json) -> None:
    """Upload the files and then delete the objects of the steps; a failed upload leaves all objects there."""
    from .upload import delete_uploaded, upload_files

    large = frozenset(row["name"] for row in sides.objects.values() if "slo_etag" in row or not row["bytes"])
    options = replace(upload_options(values), large=large)
    names = [step.name for step in steps if step.action == "upload"]
    files = [replace(sides.files[name], name=sides.prefix + name) for name in names]
    if files:
        upload_files(cloud, sides.container, files, options)
    extra = [sides.prefix + step.name for step in steps if step.action == "delete"]
    delete_uploaded(cloud, sides.container, extra, options)


def save(cloud: Cloud, sides: Sides, steps: Sequence[Step], directory: str, progress: str) -> None:
    """Download the objects and then delete the files of the steps; a failed download leaves all files there."""
    from .destinations import destinations
    from .download import Wanted, download_all

    files = destinations([{**row, "name": name} for name, row in sides.objects.items()], directory)
    chosen = {step.name for step in steps if step.action == "download"}
    wanted = {
        name: Wanted(name, sides.path(name), path, listed=sides.objects[name]) if isinstance(path, str) else path
        for name, path in files.items()
        if name in chosen
    }
    if wanted:
        download_all(cloud, wanted, progress, "the command")
    extra = [sides.files[step.name].path for step in steps if step.action == "delete"]
    each(cloud, lambda path: remove(path, directory), extra, "delete", "file")


def remove(path: str, directory: str) -> None:
    """Delete a file, and the directories above that are empty then. Raises FileError."""
    try:
        os.unlink(path)
    except OSError as error:
        raise FileError(f"The file {path!r} cannot be deleted: {because(error)}.") from None
    with suppress(OSError):
        while len(path := os.path.dirname(path)) > len(directory.rstrip("/")):
            os.rmdir(path)
