"""Times of measures: a time without a zone is local time, and times are shown in local time."""

import re
from typing import Any

import click

from ..errors import OstkError

RELATIVE = re.compile(r"now|today|[+-]?\s*(\d+(\.\d+)?\s*[a-z]+[,\s]*)+", re.IGNORECASE)
SECONDS = re.compile(r"\d{9,}(\.\d+)?|\d+\.\d+")
YEAR_OR_MONTH = re.compile(r"\d{4}(-\d\d)?")
DATE = re.compile(r"\d{4}(-\d\d|\d{4}).*")


class Timestamp(click.ParamType[str]):
    """A time in ISO 8601, a relative time such as -1hour, or the seconds since 1970; sent with a time zone."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the time as the Metric service takes it."""
        try:
            return with_zone(value, param.opts[0] if param else "time")
        except OstkError as error:
            raise click.UsageError(f"{error.message} {error.hint}", ctx) from None


def with_zone(text: str, what: str) -> str:
    """Return a time as the Metric service takes it: a date and time with their zone, others as they are.

    Args:
        text: The time as typed. The service itself takes one without a zone for UTC.
        what: What the time is, for the error message.

    Raises:
        OstkError: The text is not a time.
    """
    import datetime

    if SECONDS.fullmatch(text) or RELATIVE.fullmatch(text):
        return text
    whole = text + "-01-01"[len(text) - 4 :] if YEAR_OR_MONTH.fullmatch(text) else text
    try:
        if not DATE.fullmatch(whole):  # fromisoformat takes week dates and more, which nobody means here
            raise ValueError(whole)
        time = datetime.datetime.fromisoformat(whole)
        return (time if time.tzinfo else time.astimezone()).isoformat()
    except (ValueError, OverflowError):
        hint = "Write 2026-01-31T12:00:00 (local time), 2026-01-31T12:00:00Z, -1hour, now, or the seconds since 1970."
        raise OstkError(f"{what}: {text!r} is not a time.", hint) from None


def shown_time(text: str, utc: bool) -> str:
    """Return a time of an answer in local time, or with `utc` in UTC."""
    import datetime

    time = datetime.datetime.fromisoformat(text)
    return (time if utc else time.astimezone()).isoformat()


def seconds_of(time: str) -> int:
    """Return the seconds since 1970 of a time in the form of `with_zone`.

    Raises:
        OstkError: The time is relative.
    """
    import datetime

    if SECONDS.fullmatch(time):
        return int(float(time))
    if RELATIVE.fullmatch(time):
        raise OstkError(f"{time!r} is a relative time; give a date and time here.")
    return int(datetime.datetime.fromisoformat(time).timestamp())
