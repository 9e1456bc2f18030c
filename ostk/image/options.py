"""Options and arguments that several image commands share."""

from typing import Any

import click

from ..api.identity import PROJECT
from ..api.image import IMAGE
from ..errors import OstkError
from ..language import MERGE_INTO_BODY, Arg, Flag, FullOpt, Opt, Value, exclusive, properties
from ..owner import PROJECT_DOMAIN
from ..progress import FORMS
from ..streams import readable

CONTAINER_FORMATS = "aki ami ari bare docker ova ovf"
DISK_FORMATS = "aki ami ari iso ploop qcow2 raw vdi vhd vhdx vmdk"


def protected_option(noun: str) -> Opt:
    """Return the options --protected and --unprotected for a noun."""
    return Opt("--protected/--unprotected", f"Protect the {noun} from deletion, or allow deletion.")


MINIMUMS = [
    Opt("--min-disk", "Minimum disk size to boot the image, in GiB.", type=int),
    Opt("--min-ram", "Minimum RAM to boot the image, in MiB.", type=int),
]
SETTINGS = [
    protected_option("image"),
    *exclusive(
        Opt("--public", "Make the image visible to all projects.", key="visibility", value="public", admin=True),
        Opt("--private", "Make the image visible to the owner only.", key="visibility", value="private"),
        Opt(
            "--community",
            "Let all projects use the image, without showing the image in default lists.",
            key="visibility",
            value="community",
        ),
        Opt("--shared", "Make the image visible to the owner and the members.", key="visibility", value="shared"),
    ),
    properties("Set a property: KEY=VALUE.", key=MERGE_INTO_BODY, convert=dict),
]
OWNER = [
    Opt("--project", "Project that owns the image.", ref=PROJECT, key="owner", domain=PROJECT_DOMAIN, admin=True),
    PROJECT_DOMAIN,
]
# The names are looked up in the function, so that a name that is not found does not stop the work on the others.
IMAGES = Arg("image", "Images.", names=IMAGE, nargs=-1, required=True, metavar="IMAGE...")


def parse_size(text: str) -> int:
    """Return a number of bytes, 1 or more.

    Raises:
        click.BadParameter: The text is not such a number.
    """
    if not text.isdigit() or int(text) < 1:
        raise click.BadParameter(f"{text!r} is not a number of bytes.")
    return int(text)


FILE = Value("--file", "File with the image data.", type=readable, metavar="FILE")
SIZE = Value("--size", "Size of the image data in bytes, for piped data.", type=parse_size, metavar="BYTES")
# The reference client's --progress takes no value, so the form for programs is an option of its own.
PROGRESS = [
    Flag("--progress", "Accepted for compatibility: a terminal always shows the progress of the upload."),
    FullOpt(
        "--progress-json progress_form",
        "Write the progress as JSON lines on standard error.",
        is_flag=True,
        flag_value="json",
        default="auto",
        not_sent=True,
    ),
]
DOWNLOAD_PROGRESS = FullOpt(
    "--progress",
    "Progress on standard error: lines on a terminal only (auto), JSON lines (json) or nothing (none).",
    choices=FORMS,
    default="auto",
    not_sent=True,
)


def reject_removed_option(context: click.Context, param: click.Parameter, value: Any) -> None:
    """Raise OstkError for an option that only the Image API v1 had."""
    if value is not None:
        raise OstkError(
            f"{param.opts[0]} was an option of the Image API v1, the first image API, which Glance removed in Rocky."
        )


def removed_options(*flags: str) -> list[Opt]:
    """Return hidden options that are accepted only to explain why they are rejected."""
    return [
        Value(flag, "Removed with the Image API v1.", hidden=True, callback=reject_removed_option) for flag in flags
    ]
