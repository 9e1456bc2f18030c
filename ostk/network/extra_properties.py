"""The option --extra-property: send fields of a request that have no option."""

from collections.abc import Callable, Iterable
from typing import Any

import click

from ..language import MERGE_INTO_BODY, Json, KeyValues, Opt
from ..text import parse_boolean

CONVERTERS: dict[str, Callable[[str], Any]] = {
    "str": str,
    "int": int,
    "bool": lambda text: bool(parse_boolean(text)),
    "list": lambda text: text.split(";"),
    "dict": lambda text: dict(part.split(":", 1) for part in text.split(";")),
}


class ExtraProperty(KeyValues):
    """Parse `name=NAME,value=VALUE[,type=TYPE]` into {NAME: VALUE}; without a type the value is a string."""

    def __init__(self, required: tuple[str, ...] = ("name", "value")) -> None:
        super().__init__(required, ("type", "value"))

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Json:
        """Return the field as an object of one key, with its value converted to the given type."""
        if isinstance(value, dict):
            return value
        found = super().convert(value, param, ctx)
        type_name = found.get("type", "str")
        if type_name not in CONVERTERS:
            self.fail(f"{type_name!r} is not one of {', '.join(CONVERTERS)}.", param, ctx)
        try:
            return {found["name"]: CONVERTERS[type_name](found.get("value", ""))}
        except ValueError:
            self.fail(f"{found.get('value')!r} is not of the type {type_name}.", param, ctx)


def merge_objects(objects: Iterable[Json]) -> Json:
    """Merge several objects into one; the last value of a key wins."""
    return {key: value for item in objects for key, value in item.items()}


EXTRA = Opt(
    "--extra-property...",
    "API attribute without an option; TYPE: str, int, bool, list as A;B, dict as K:V;K:V (default: str).",
    key=MERGE_INTO_BODY,
    type=ExtraProperty(),
    metavar="name=NAME,value=VALUE[,type=TYPE]",
    convert=merge_objects,
)
UNSET_EXTRA = Opt(
    "--extra-property...",
    "API attribute without an option: set the attribute to null.",
    key=MERGE_INTO_BODY,
    type=ExtraProperty(("name",)),
    metavar="name=NAME",
    convert=lambda values: dict.fromkeys(merge_objects(values)),
)
