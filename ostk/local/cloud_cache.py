"""What ostk keeps of one cloud between runs: `ostk cloud cache delete`."""

from __future__ import annotations

from collections.abc import Sequence

import click

from ..language import Branch, Command, Json
from ..session.cloud import Cloud


def forget(cloud: Cloud, params: Sequence[click.Parameter], values: Json) -> None:
    """Forget what is kept for the credential in use."""
    cloud.cache.drop()


cache = Branch("cache", "Manage what is kept of one cloud between runs.")
cache.add("delete", Command("delete", [], "Forget the token, catalog and versions of this cloud.", forget))
