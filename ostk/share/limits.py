"""Limits: how much of shares a project may use, and uses."""

from __future__ import annotations

from ..api.shared_file_system import SHARE_LIMITS
from ..language import Column, Flag, Json, Noun, exclusive
from ..session.cloud import Cloud

limits = Noun(
    SHARE_LIMITS,
    "See how much of shares a project may use.",
    columns=["name value", "verb, regex, uri=URI, value, remaining, unit, next-available=Next Available"],
)


@limits.lister(
    "show",
    exclusive(
        Flag("--absolute", "How much a project may use, and uses."),
        Flag("--rate", "How often requests may be sent."),
        required=True,
    ),
)
def show_limits(cloud: Cloud, rate: bool, columns: list[Column]) -> tuple[list[Column], list[Json]]:
    """Show the limits of a project on shares."""
    resource = SHARE_LIMITS
    found = cloud.call(resource.service, "GET", resource.path, microversion=resource.microversion)[resource.one]
    if not rate:
        return columns[:2], [{"name": name, "value": value} for name, value in found["absolute"].items()]
    rates = [{**one, **each} for one in found["rate"] for each in one["limit"]]
    return columns[2:], rates
