"""Columns and options that the nouns of Barbican share."""

from __future__ import annotations

from collections.abc import Iterator

from ..api.key_manager import PAGE
from ..language import COUNT, Arg, Column, Json, Opt, Resource
from ..session.cloud import Cloud

LIMIT = Opt("-l --limit", "Maximum number of results (default: all).", type=COUNT, not_sent=True)
OFFSET = Opt("-o --offset", "Number of results to skip.", type=COUNT)
NAME = Opt("-n --name", "Filter by name.")


def list_all(cloud: Cloud, resource: Resource, query: Json, limit: int | None) -> Iterator[Json]:
    """Return resources from all pages, or the first `limit`; Barbican itself ends a list after ten."""
    return cloud.pages(resource, {"limit": min(limit or PAGE, PAGE), **query}, limit=limit)


def time_text(value: str | None) -> str | None:
    """Return a time of Barbican, which is in UTC without saying so, with the time zone."""
    return f"{value}+00:00" if value and "T" in value and not value.endswith("Z") and "+" not in value else value


def time_column(key: str) -> Column:
    """Return a column of a time."""
    return Column(key, key.capitalize(), value=lambda item: time_text(item.get(key)))


def show_target(resource: Resource) -> Arg:
    """Return the argument of a command that shows a resource: its URL, ID or name."""
    noun = resource.noun
    help = f"{noun[:1].upper()}{noun[1:]} (URL, ID or name)."
    return Arg(noun.replace(" ", "_").lower(), help, names=resource, not_sent=True)
