"""How what Manila keeps is written and read: truth values, properties, extra specs, parts of things."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click

from ..config.settings import parse_boolean
from ..errors import OstkError
from ..language import KeyValue
from ..render.format import Format, dict_text

PAIRS = Format(lambda held: "\n".join(f"{key} : {value}" for key, value in held.items()) if held else "")


def lines(held: Any) -> str:
    """Records that are a part of something, or one of them: each of their fields on a line of its own."""
    records = held if isinstance(held, list) else [held or {}]
    fields = (field for record in records for field in record.items())
    return "".join(f"\n{key} = {dict_text(text) if key == 'properties' else text}" for key, text in fields)


PARTS = Format(lines)


class Truth(click.ParamType[bool]):
    """A truth value, typed as a word."""

    name = "true|false"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> bool:
        """Read the word."""
        if isinstance(value, bool):
            return value
        found = parse_boolean(value)
        if found is None:
            raise OstkError(f"{param.get_error_hint(ctx) if param else ''}: {value!r} is neither true nor false.")
        return found


class Written(click.ParamType[str]):
    """A truth value as extra specs have it: the word that was typed, with a capital."""

    name = Truth.name

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Read the word, and keep it."""
        found = Truth().convert(value, param, ctx)
        # Manila does not read "enabled" and the like as booleans.
        return str(found if "able" in str(value).lower() else value).capitalize()


class Spec(KeyValue):
    """KEY=VALUE; the values of the keys in `truths` are truth values."""

    def __init__(self, truths: Iterable[str]) -> None:
        self.truths = set(truths)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """Split at the first equals sign."""
        key, text = super().convert(value, param, ctx)
        return key, Written().convert(text, param, ctx) if key in self.truths else text


def once(pairs: Iterable[tuple[str, str]] | None) -> dict[str, str]:
    """Pairs as one object; a key that is given twice is refused."""
    found: dict[str, str] = {}
    for key, text in pairs or ():
        if key in found:
            raise OstkError(f"{key!r} is given twice.")
        found[key] = text
    return found
