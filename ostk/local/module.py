"""What ostk is made of: `ostk module list`."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, requires, version

from .. import __version__
from ..language import Flag, Json, Noun, Resource
from . import LOCAL_SERVICE

module = Noun(Resource(LOCAL_SERVICE, "module", ""), "See what ostk is made of.")


def needed(package: str) -> list[str]:
    """The packages that a package needs here, without those of its extras."""
    try:
        lines = requires(package) or ()
    except PackageNotFoundError:
        return []
    return [re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in lines if "extra ==" not in line]


@module.shower("list", Flag("--all", "Packages that those need, too."))
def list_modules(all: bool) -> Json:
    """List the versions of ostk and the packages it needs."""
    found: dict[str, str] = {"ostk": __version__}
    wanted = needed("ostk")
    while wanted:
        name = wanted.pop()
        if name in found:
            continue
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
        wanted += needed(name) if all else []
    return found
