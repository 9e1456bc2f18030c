"""Autonomous systems: the networks of the Internet that tell each other of routes, each by its number."""

from __future__ import annotations

from typing import Any

import click

from ..errors import OstkError

LAST = 2**32 - 1


class Number(click.ParamType[str]):
    """The number of an autonomous system, sent as it was written."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The text, once it is known to be such a number."""
        text = str(value)
        if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= LAST):
            raise OstkError(f"An autonomous system has a number from 1 to {LAST}, not {text!r}.")
        return text
