"""What ostk is made of: `ostk module list`."""

from __future__ import annotations

from collections.abc import Sequence

import click

from .. import __version__
from ..language import Branch, Command, Flag, Json
from ..language.verbs import print_item
from ..render.options import SHOW_OPTIONS, output_from
from ..session.cloud import Cloud


def needed(package: str) -> list[str]:
    """The packages that a package needs here, without those of its extras."""
    import re
    from importlib.metadata import PackageNotFoundError, requires

    try:
        lines = [line for line in requires(package) or () if "extra ==" not in line]
    except PackageNotFoundError:
        return []
    return [re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in lines]


def versions(package: str, deep: bool) -> dict[str, str]:
    """Package → version of what a package needs and is installed; with `deep` of what that needs too."""
    from importlib.metadata import PackageNotFoundError, version

    found: dict[str, str] = {}
    wanted = needed(package)
    while wanted:
        name = wanted.pop()
        if name in found:
            continue
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
        wanted += needed(name) if deep else []
    return found


def list_modules(cloud: Cloud, params: Sequence[click.Parameter], values: Json) -> None:
    """Print the version of each."""
    print_item([], {"ostk": __version__, **versions("ostk", values["all"])}, output_from(values))


module = Branch("module", "See what ostk is made of.")
module.add(
    "list",
    Command(
        "list",
        [Flag("--all", "Packages that those need, too."), SHOW_OPTIONS],
        "List the versions of ostk and the packages it needs.",
        list_modules,
    ),
)
