"""Times as people type them and as Keystone wants them."""

from __future__ import annotations

from ..errors import OstkError


def moment(text: str) -> str:
    """A time as Keystone wants it. Errors: OstkError if it is not written YYYY-MM-DDTHH:MM:SS."""
    from datetime import datetime

    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S").isoformat()
    except ValueError:
        raise OstkError(f"{text!r} is not a time.", "Write it as 2030-12-31T23:59:59, in UTC.") from None
