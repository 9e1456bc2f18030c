"""Objects: files that are kept in containers."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Any

from ..api.object_store import OBJECT
from ..errors import OstkError
from ..language import LONG, Arg, Column, Json, Noun, Opt, each
from ..session.cloud import Cloud
from ..streams import Digest, md5_in, opened, readable
from .saving import download
from .swift import (
    BOX,
    OBJECT_NAME,
    PART,
    SET,
    SWIFT,
    UNSET,
    about,
    account_name,
    at,
    change_object,
    listing,
    refuse_unsound,
    told,
)

ONE = [BOX, Arg("object", not_sent=True, type=OBJECT_NAME)]
SEVERAL = Arg("objects", nargs=-1, required=True, not_sent=True, metavar="OBJECT...", type=OBJECT_NAME)
SHOWN = ("Content-Type", "Content-Length", "Last-Modified", "Etag", "X-Object-Manifest")


def text(key: str, long: bool = True) -> Column:
    """A column of a list, empty for what only stands for several objects."""
    return Column(key, long=long, value=lambda one: one.get(key, ""))


object = Noun(
    OBJECT,
    "Manage objects: files that are kept in containers.",
    [text("name", long=False), text("bytes"), text("hash"), text("content_type"), text("last_modified")],
)


def refuse_files(objects: Sequence[str], name: str | None) -> None:
    """Refuse files that cannot be read, and one name for several of them."""
    if name and len(objects) > 1:
        raise OstkError("--name is for a single file.")
    for path in objects:
        readable(path)


@object.lister(
    "create",
    BOX,
    Arg("objects", nargs=-1, required=True, not_sent=True, metavar="FILENAME..."),
    Opt("--name", "Name of the object, if it is not that of the file.", not_sent=True),
    columns=["object= container= etag="],
    validate=refuse_files,
)
def create(cloud: Cloud, container: str, objects: Sequence[str], name: str | None) -> list[Json]:
    """Upload files into a container."""

    def upload(path: str) -> Json:
        called = name or path
        with opened(path) as file, about(cloud, container):
            data = Digest(file, path)
            etag = cloud.request(SWIFT, "PUT", at(container, called), content=data, repeatable=True).headers.get("Etag")
        if (md5_in(etag) or data.md5.hexdigest()) != data.md5.hexdigest():
            raise OstkError(
                f"The object {called!r} was stored damaged: its MD5 differs from that of the data sent.",
                "Upload it again, or delete it.",
            )
        return {"object": called, "container": container, "etag": etag}

    return each(cloud, upload, objects, "upload", "object")


@object.action("delete", BOX, SEVERAL)
def delete(cloud: Cloud, container: str, objects: Sequence[str]) -> None:
    """Delete objects from a container."""

    def remove(name: str) -> None:
        with about(cloud, container, name):
            cloud.request(SWIFT, "DELETE", at(container, name))

    each(cloud, remove, objects, "delete", "object")


@object.lister("list", BOX, Opt("--delimiter", "Fold names together at this text."), PART, LONG)
def list_objects(cloud: Cloud, body: Json, container: str, every: bool) -> Iterator[Json]:
    """List the objects in a container."""
    with about(cloud, container):
        yield from listing(cloud, at(container), body, every)


def refuse_directory(object: str, file: str | None) -> None:
    """Refuse to save an object whose name is that of a directory where no file is named."""
    if object.endswith("/") and not file:
        raise OstkError(f"The object {object!r} has no name for a file.", "Name the file with --file.")


@object.action(
    "save", ONE, Opt("--file", "File to write, - for standard output.", not_sent=True), validate=refuse_directory
)
def save(cloud: Cloud, container: str, object: str, file: str | None) -> None:
    """Save an object as a file."""
    with about(cloud, container, object):
        download(cloud, at(container, object), file or os.path.abspath(object), progress=True)


@object.action("set", ONE, SET, validate=refuse_unsound)
def set_object(cloud: Cloud, container: str, object: str, property: Any) -> None:
    """Set properties of an object; the others stay."""
    with about(cloud, container, object):
        change_object(cloud, at(container, object), property)


@object.shower("show", ONE, fields=[])
def show(cloud: Cloud, container: str, object: str) -> Json:
    """Show an object."""
    with about(cloud, container, object):
        headers = cloud.request(SWIFT, "HEAD", at(container, object)).headers
    found = {"account": account_name(cloud), "container": container, "object": object, "content-type": None}
    return {**found, **{key.lower(): headers[key] for key in SHOWN if key in headers}, **told("object", headers)}


@object.action("unset", ONE, UNSET, validate=refuse_unsound)
def unset(cloud: Cloud, container: str, object: str, property: Any) -> None:
    """Remove properties of an object; the others stay."""
    with about(cloud, container, object):
        change_object(cloud, at(container, object), removed=property)
