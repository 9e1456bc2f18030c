"""Times as people give them to Nova."""

from __future__ import annotations

import re
from typing import Any

import click

from ..errors import OstkError

MOMENT = re.compile(r"\d{4}(-?\d\d?(-?\d\d?([ T]\d\d(:?\d\d(:?\d\d([.,]\d+)?)?)?\s*(Z|[+-]\d\d(:?\d\d)?)?)?)?)?")


class Moment(click.ParamType[str]):
    """A time as ISO 8601 writes it."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The text, if it is a time; OstkError if not."""
        if not MOMENT.fullmatch(value):
            flag = param.opts[0] if param else "time"
            raise OstkError(f"{flag}: {value!r} is not a time.", "Write it like 2026-01-31T12:00:00Z.")
        return str(value)
