"""Columns and options that the nouns of Barbican share."""

from functools import partial

from ..api.key_manager import PAGE
from ..language import COUNT, Arg, Column, Json, Opt, Resource
from ..language.column import as_columns
from ..record import replace

LIMIT = Opt("-l --limit", "Maximum number of results (default: all).", type=COUNT)
OFFSET = Opt("-o --offset", "Number of results to skip.", type=COUNT)
NAME = Opt("-n --name", "Filter by name.")


def for_all(body: Json, limit: int | None) -> Json:
    """Return the query for the largest pages of a list; without a limit, Barbican ends a list after ten."""
    return {**body, "limit": min(limit or PAGE, PAGE)}


def time_of(key: str, item: Json) -> str | None:
    """Return a time of a resource, which Barbican has in UTC without saying so, with the time zone."""
    value: str | None = item.get(key)
    return f"{value}+00:00" if value and "T" in value and not value.endswith("Z") and "+" not in value else value


TIMES = ("created", "updated", "expiration")
TEXT, BINARY = "text/plain", "application/octet-stream"  # content types


def with_times(*described: Column | str) -> list[Column]:
    """Return columns from columns and texts, as those of a noun; times have the time zone."""
    columns = as_columns(described)
    return [replace(c, value=partial(time_of, c.key)) if c.key in TIMES else c for c in columns]


def show_target(resource: Resource) -> Arg:
    """Return the argument of a command that shows a resource: its URL or ID, or its name if it is found by name."""
    noun = resource.noun
    by = "URL or ID" if resource.name == resource.id else "URL, ID or name"
    help = f"{noun[:1].upper()}{noun[1:]} ({by})."
    return Arg(noun.replace(" ", "_").lower(), help, names=resource)
