"""Address scopes: where addresses mean the same, so that nothing translates them."""

from __future__ import annotations

import click

from ..kinds import ADDRESS_SCOPE
from ..language import NAME, PAGES, Arg, Column, Noun, Opt
from ..owner import OF_PROJECT, OWNER
from .extra import EXTRA, OTHERS

scope = Noun(
    ADDRESS_SCOPE,
    "Manage address scopes.",
    columns=["id name", Column("ip_version", "IP Version"), "shared", Column("project_id", "Project")],
    fields=["id ip_version name project_id shared", *OTHERS],
)
VERSIONS = click.Choice(["4", "6"])
SHARE = Opt("--share/--no-share", "Whether other projects may use it.", key="shared")

scope.create(
    Arg("name"),
    Opt("--ip-version", "4 (as is usual) or 6.", type=VERSIONS, convert=int, default="4"),
    OWNER,
    SHARE,
    EXTRA,
)
scope.list(
    Opt("--name", "Only those with this name."),
    Opt("--ip-version", "Only those of IPv4 or IPv6.", type=VERSIONS),
    OF_PROJECT,
    SHARE,
    PAGES,
)
scope.show()
scope.set(NAME, SHARE, EXTRA)
scope.delete()
