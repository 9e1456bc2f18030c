"""Columns and options that the nouns of Barbican share."""

from __future__ import annotations

from ..api.key_manager import PAGE
from ..language import COUNT, Arg, Json, Opt, Resource
from ..render.format import Format

LIMIT = Opt("-l --limit", "Maximum number of results (default: all).", type=COUNT)
OFFSET = Opt("-o --offset", "Number of results to skip.", type=COUNT)
NAME = Opt("-n --name", "Filter by name.")


def ask_for_all(body: Json, limit: int | None) -> None:
    """Ask for the largest pages of a list; without a limit, Barbican ends it after ten."""
    body["limit"] = min(limit or PAGE, PAGE)


def time_text(value: str | None) -> str | None:
    """Return a time of Barbican, which is in UTC without saying so, with the time zone."""
    return f"{value}+00:00" if value and "T" in value and not value.endswith("Z") and "+" not in value else value


TEXT, BINARY = "text/plain", "application/octet-stream"  # content types
TIMES = {"created updated expiration": Format(lambda value: str(time_text(value)), time_text)}


def show_target(resource: Resource) -> Arg:
    """Return the argument of a command that shows a resource: its URL, ID or name."""
    noun = resource.noun
    help = f"{noun[:1].upper()}{noun[1:]} (URL, ID or name)."
    return Arg(noun.replace(" ", "_").lower(), help, names=resource, not_sent=True)
