"""Sort keys of a list: --sort KEY:asc,KEY:desc, for lists that the service does not sort."""

from collections.abc import Callable, Iterable
from typing import Any

import click

from ..api.resource import Json
from ..errors import OstkError


class SortKeys(click.ParamType[list[tuple[str, bool]]]):
    """Fields to sort by, each with an optional direction: `name:desc,id`."""

    name = "sort keys"

    def __init__(self, nameless: bool = False) -> None:
        """Initialize the type; with `nameless`, a direction alone is a sort key whose field is ""."""
        self.nameless = nameless

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """Return the placeholder of a value."""
        return "KEY[:asc|:desc],…"

    def convert(
        self, value: str | list[tuple[str, bool]], param: click.Parameter | None, ctx: click.Context | None
    ) -> list[tuple[str, bool]]:
        """Return pairs of a field and whether it is sorted in descending order.

        Raises:
            OstkError: A field is empty, or a direction is neither asc nor desc.
        """
        if isinstance(value, list):
            return value
        parts = [part.partition(":") for part in value.strip().split(",") if part]
        for key, colon, direction in parts:
            if not (key or (self.nameless and colon)) or direction not in (("asc", "desc") if colon else ("",)):
                raise OstkError(
                    f"{key + colon + direction!r} is not a sort key.", "Sort keys are KEY, KEY:asc and KEY:desc."
                )
        return [(key, direction == "desc") for key, _, direction in parts]


def sort_items(items: Iterable[Json], keys: list[tuple[str, bool]], order: Callable[[Any], Any] = str) -> list[Json]:
    """Return resources sorted by their fields.

    Args:
        items: The resources.
        keys: Pairs of a field and whether it is sorted in descending order, the first with the greatest weight.
        order: Returns what a value is sorted by; by default, its text.

    Raises:
        OstkError: No resource has a field.
    """
    ordered = list(items)
    for key, descending in reversed(keys):
        if ordered and not any(key in item for item in ordered):
            raise OstkError(f"Cannot sort by {key!r}: no result has this field.")
        ordered.sort(key=lambda item: order(item.get(key)), reverse=descending)
    return ordered
