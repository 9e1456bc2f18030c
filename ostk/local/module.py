"""The versions of ostk and the Python packages that ostk depends on: `ostk module list`."""

import re
from importlib.metadata import PackageNotFoundError, requires, version

from .. import __version__
from ..language import Flag, Json, Noun, Resource
from . import LOCAL_SERVICE

module = Noun(
    Resource(LOCAL_SERVICE, "module", ""), "List the versions of ostk and of the packages that ostk requires."
)


def requirements(package: str) -> list[str]:
    """Return the names of the packages that an installed package requires, without extras."""
    try:
        lines = requires(package) or ()
    except PackageNotFoundError:
        return []
    return [re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in lines if "extra ==" not in line]


@module.shower("list", Flag("--all", "List indirect dependencies too."))
def list_modules(all: bool) -> Json:
    """List the versions of ostk and of the packages that ostk requires."""
    found: dict[str, str] = {"ostk": __version__}
    pending = requirements("ostk")
    while pending:
        name = pending.pop()
        if name in found:
            continue
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
        pending += requirements(name) if all else []
    return found
