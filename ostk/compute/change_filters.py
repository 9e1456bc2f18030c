"""Options that filter lists by the time of the last change, which servers, migrations and events share."""

from ..language import Opt
from .param_types import Timestamp

CHANGES_BEFORE = Opt(
    "--changes-before",
    "Filter by last change: at or before this time (ISO 8601).",
    key="changes-before",
    type=Timestamp(),
    since="2.66",
)


def changes_since(microversion: str = "") -> Opt:
    """Return the option --changes-since, which requires this microversion."""
    return Opt(
        "--changes-since",
        "Filter by last change: at or after this time (ISO 8601).",
        key="changes-since",
        type=Timestamp(),
        since=microversion,
    )
