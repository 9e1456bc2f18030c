"""Option types of the compute commands: points in time and dates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click

from ..errors import OstkError

if TYPE_CHECKING:
    import datetime

ISO_8601 = re.compile(r"\d{4}(-?\d\d?(-?\d\d?([ T]\d\d(:?\d\d(:?\d\d([.,]\d+)?)?)?\s*(Z|[+-]\d\d(:?\d\d)?)?)?)?)?")


class Timestamp(click.ParamType[str]):
    """A time in ISO 8601, sent as typed."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the text of a time.

        Raises:
            OstkError: The text is not a time in ISO 8601.
        """
        if not ISO_8601.fullmatch(value):
            flag = param.opts[0] if param else "time"
            raise OstkError(f"{flag}: {value!r} is not a time.", "Write the time in ISO 8601: 2026-01-31T12:00:00Z.")
        return str(value)


class Date(click.ParamType["datetime.datetime"]):
    """A date, YYYY-MM-DD."""

    name = "yyyy-mm-dd"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime.datetime:
        """Return midnight at the beginning of a date, without a time zone.

        Raises:
            OstkError: The text is not a date.
        """
        import datetime

        try:
            return value if isinstance(value, datetime.datetime) else datetime.datetime.strptime(value, "%Y-%m-%d")
        except ValueError:
            flag = param.opts[0] if param else "date"
            raise OstkError(f"{flag}: {value!r} is not a date.", "Write the date as YYYY-MM-DD: 2026-01-31.") from None
