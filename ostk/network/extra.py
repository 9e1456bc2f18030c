"""What every Neutron noun shares."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import click

from ..language import EVERYTHING, REST, Column, Json, KeyValues, Opt

CONVERT: dict[str, Callable[[str], Any]] = {
    "str": str,
    "int": int,
    "bool": lambda text: text.strip().lower() in ("1", "true", "t", "yes", "y", "on"),
    "list": lambda text: text.split(";"),
    "dict": lambda text: dict(part.split(":", 1) for part in text.split(";")),
}


class Extra(KeyValues):
    """name=NAME,value=VALUE and, if it is no text, type=TYPE."""

    def __init__(self, required: tuple[str, ...] = ("name", "value")) -> None:
        super().__init__(required, ("type", "value"))

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dict[str, Any]:
        """The field with its value in its type."""
        if isinstance(value, dict) and "made" in value:
            return value
        found = super().convert(value, param, ctx)
        kind = found.get("type", "str")
        if kind not in CONVERT:
            self.fail(f"{kind!r} is not one of {', '.join(CONVERT)}.", param, ctx)
        try:
            made = CONVERT[kind](found.get("value", ""))
        except ValueError:
            self.fail(f"{found.get('value')!r} is not of the type {kind}.", param, ctx)
        return {"name": found["name"], "made": made}


def merged(values: Iterable[Json]) -> Json:
    """The fields of several options."""
    return {value["name"]: value["made"] for value in values}


def emptied(values: Iterable[Json]) -> Json:
    """The fields of several options, each null."""
    return {value["name"]: None for value in values}


EXTRA = Opt(
    "--extra-property",
    "Other field: name=,value=[,type=]; repeatable.",
    key=EVERYTHING,
    type=Extra(),
    multiple=True,
    convert=merged,
)
NO_EXTRA = Opt(
    "--extra-property",
    "Other field to empty: name=; repeatable.",
    key=EVERYTHING,
    type=Extra(("name",)),
    multiple=True,
    convert=emptied,
)
# What a service tells of its own accord belongs to the fields too; it names the project twice.
OTHERS = [Column("tenant_id", hidden=True), REST]
