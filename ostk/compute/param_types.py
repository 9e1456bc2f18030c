"""Times as people give them to Nova."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click

from ..errors import OstkError

if TYPE_CHECKING:
    import datetime

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


class Day(click.ParamType["datetime.datetime"]):
    """YYYY-MM-DD."""

    name = "yyyy-mm-dd"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime.datetime:
        """Midnight at its beginning."""
        import datetime

        try:
            return value if isinstance(value, datetime.datetime) else datetime.datetime.strptime(value, "%Y-%m-%d")
        except ValueError:
            flag = param.opts[0] if param else "day"
            raise OstkError(f"{flag}: {value!r} is not a day.", "Write it like 2026-01-31.") from None
