"""Parameter types and cell formats for Manila's values: booleans, extra specs, and records within a field."""

from collections.abc import Iterable
from typing import Any

import click

from ..errors import OstkError
from ..language import KeyValue
from ..render.format import Format, dict_text
from ..text import parse_boolean

PAIRS = Format(lambda pairs: "\n".join(f"{key} : {value}" for key, value in pairs.items()) if pairs else "")


def format_records(value: Any) -> str:
    """Return the fields of a record, or of several, as lines `key = value`, each after a line break."""
    records = value if isinstance(value, list) else [value or {}]
    fields = (field for record in records for field in record.items())
    return "".join(f"\n{key} = {dict_text(text) if key == 'properties' else text}" for key, text in fields)


RECORDS = Format(format_records)


class Boolean(click.ParamType[bool]):
    """A boolean, typed as a word; another word ends with exit status 1, as in the reference client."""

    name = "true|false"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """Return the placeholder of a value."""
        return self.name

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> bool:
        """Return the boolean; raise OstkError for a word that is none."""
        meaning = parse_boolean(value)
        if meaning is None:
            raise OstkError(f"{param.get_error_hint(ctx) if param else ''}: {value!r} is neither true nor false.")
        return meaning


TRUE_OR_FALSE = click.Choice(["true", "false"], case_sensitive=False)  # the reference client: True and False only


class CapitalizedBoolean(click.ParamType[str]):
    """A boolean in an extra spec, sent as a text: the word as it was typed, capitalized ("True", "Yes")."""

    name = Boolean.name
    get_metavar = Boolean.get_metavar

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the capitalized word; raise OstkError for a word that is no boolean."""
        Boolean().convert(value, param, ctx)
        return str(value).capitalize()


class ExtraSpec(KeyValue):
    """KEY=VALUE, where the values of some keys must be booleans."""

    def __init__(self, boolean_keys: Iterable[str]) -> None:
        """Take the keys whose values are booleans."""
        super().__init__()
        self.boolean_keys = set(boolean_keys)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """Return the key and the value; raise OstkError for a value that should be a boolean and is none."""
        key, text = super().convert(value, param, ctx)
        return key, CapitalizedBoolean().convert(text, param, ctx) if key in self.boolean_keys else text


def unique_pairs(pairs: Iterable[tuple[str, str]] | None) -> dict[str, str]:
    """Return KEY=VALUE pairs as an object; raise OstkError for a key that is given twice."""
    found: dict[str, str] = {}
    for key, text in pairs or ():
        if key in found:
            raise OstkError(f"{key!r} is given twice.", "Give each key once.")
        found[key] = text
    return found
