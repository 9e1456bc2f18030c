"""Parameter type for autonomous system numbers (ASN) of BGP."""

from typing import Any

import click

from ..errors import OstkError

LARGEST = 2**32 - 1


class AutonomousSystemNumber(click.ParamType[str]):
    """An autonomous system number from 1 to 4294967295, sent as typed."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the text after it is validated."""
        text = str(value)
        if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= LARGEST):
            raise OstkError(f"An autonomous system number is a number from 1 to {LARGEST}, not {text!r}.")
        return text
