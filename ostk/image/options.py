"""Options that several of the image commands share."""

from __future__ import annotations

from typing import Any

import click

from ..api.identity import PROJECT
from ..errors import OstkError
from ..language import MERGE_INTO_BODY, Arg, Flag, Opt, exclusive, properties
from ..owner import PROJECT_DOMAIN
from ..streams import readable

CONTAINER_FORMATS = "aki ami ari bare docker ova ovf"
DISK_FORMATS = "aki ami ari iso ploop qcow2 raw vdi vhd vhdx vmdk"
PROTECTED = Opt("--protected/--unprotected", "Whether it is kept from being deleted.")
SMALLEST = [
    Opt("--min-disk", "Smallest disk that it boots from, in GB.", type=int),
    Opt("--min-ram", "Smallest memory that it boots with, in MB.", type=int),
]
SETTINGS = [
    PROTECTED,
    *exclusive(
        Opt("--public", "Everybody may use it.", key="visibility", value="public"),
        Opt("--private", "Only its owner may use it.", key="visibility", value="private"),
        Opt("--community", "Everybody may use it; not in their lists.", key="visibility", value="community"),
        Opt("--shared", "Its owner and its members may use it.", key="visibility", value="shared"),
    ),
    properties("Property; may be repeated.", key=MERGE_INTO_BODY, convert=dict),
]
OWNER = [Opt("--project", "Project that owns it.", ref=PROJECT, key="owner", domain=PROJECT_DOMAIN), PROJECT_DOMAIN]
# Names are looked up one by one, so that one that is not there does not keep the others from it.
IMAGES = Arg("image", nargs=-1, required=True, metavar="IMAGE...", not_sent=True)


def count(text: str) -> int:
    """A number of bytes, at least 1."""
    if not text.isdigit() or int(text) < 1:
        raise click.BadParameter(f"{text!r} is not a number of bytes.")
    return int(text)


FILE = Opt("--file", "File with its data.", type=readable, metavar="FILE", not_sent=True)
SIZE = Opt("--size", "Bytes of data, where they cannot be counted.", type=count, metavar="BYTES", not_sent=True)
PROGRESS = Flag("--progress", "Show how far the upload is.")


def no_longer(context: click.Context, param: click.Parameter, value: Any) -> None:
    """Refuse an option that only the first version of the image service had."""
    if value is not None:
        raise OstkError(f"{param.opts[0]} is of the first image API, which no cloud has any more.")


def gone(*flags: str) -> list[Opt]:
    """Options that are understood only to be refused."""
    return [Opt(f, "No longer there.", not_sent=True, hidden=True, callback=no_longer) for f in flags]
