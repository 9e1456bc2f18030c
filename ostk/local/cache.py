"""What ostk keeps between runs: `ostk cache clear`."""

from __future__ import annotations

from collections.abc import Sequence

import click

from ..language import Branch, Command, Json
from ..session.cache import clear
from ..session.cloud import Cloud


def clear_all(cloud: Cloud, params: Sequence[click.Parameter], values: Json) -> None:
    """Forget all of it, and say of how many credentials it was."""
    count = clear()
    click.echo(f"Forgot what was kept for {count} credential{'' if count == 1 else 's'}.")


cache = Branch("cache", "Manage what is kept between runs.")
cache.add("clear", Command("clear", [], "Forget tokens, catalogs and versions of all clouds.", clear_all))
