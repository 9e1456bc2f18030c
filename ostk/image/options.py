"""Options and small things that several of the image commands share."""

from __future__ import annotations

from typing import Any

import click

from ..errors import OstkError
from ..kinds import PROJECT
from ..language import Arg, Opt, exclusive
from ..owner import PROJECT_DOMAIN

CONTAINER_FORMATS = ["aki", "ami", "ari", "bare", "docker", "ova", "ovf"]
DISK_FORMATS = ["aki", "ami", "ari", "iso", "ploop", "qcow2", "raw", "vdi", "vhd", "vhdx", "vmdk"]
VISIBILITY = exclusive(
    Opt("--public", "Everybody may use it.", key="visibility", value="public"),
    Opt("--private", "Only its owner may use it.", key="visibility", value="private"),
    Opt("--community", "Everybody may use it; not in their lists.", key="visibility", value="community"),
    Opt("--shared", "Its owner and its members may use it.", key="visibility", value="shared"),
)
PROTECTED = Opt("--protected/--unprotected", "Whether it is kept from being deleted.")
MIN_DISK = Opt("--min-disk", "Smallest disk that it boots from, in GB.", type=int)
MIN_RAM = Opt("--min-ram", "Smallest memory that it boots with, in MB.", type=int)
OWNING_PROJECT = Opt("--project", "Project that owns it.", ref=PROJECT, key="owner", domain=PROJECT_DOMAIN)
# Names are looked up one by one, so that one that is not there does not keep the others from it.
IMAGES = Arg("image", nargs=-1, required=True, metavar="IMAGE...", local=True)


class Size(click.ParamType[int]):
    """A number of bytes, at least 1."""

    name = "bytes"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Refuse what is no number of bytes."""
        if not str(value).isdigit() or int(value) < 1:
            self.fail(f"{value!r} is not a number of bytes.", param, ctx)
        return int(value)


def no_longer(context: click.Context, param: click.Parameter, value: Any) -> None:
    """Refuse an option that only the first version of the image service had."""
    if value is not None:
        raise OstkError(f"{param.opts[0]} is of the first image API, which no cloud has any more.")


def gone(*flags: str) -> list[Opt]:
    """Options that are understood only to be refused."""
    return [Opt(f, "No longer there.", local=True, hidden=True, callback=no_longer) for f in flags]
