"""The clouds that are configured: `ostk cloud list`."""

from __future__ import annotations

from collections.abc import Sequence

import click

from ..language import Branch, Column, Command, Json
from ..language.verbs import print_items
from ..render.format import either
from ..render.options import LIST_OPTIONS, output_from
from ..session.cloud import Cloud

COLUMNS = (Column("name"), Column("is_current", "Current", format=either("*", "")), Column("source"))


def list_clouds(cloud: Cloud, params: Sequence[click.Parameter], values: Json) -> None:
    """Print each, where it is described, and which of them a command would use."""
    from ..session.config import configured_clouds

    rows = [
        {"name": one.name, "is_current": one.is_current, "source": one.file}
        for one in configured_clouds(flags=cloud.flags)
    ]
    print_items(COLUMNS, rows, output_from(values))


cloud = Branch("cloud", "See which clouds are configured.")
cloud.add("list", Command("list", [LIST_OPTIONS], "List the clouds that are configured, and where.", list_clouds))
