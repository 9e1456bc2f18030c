"""Absolute limits and rate limits of a project in the Shared File Systems service."""

from ..api.shared_file_system import SHARE_LIMITS
from ..language import Cloud, Column, Flag, Json, Noun, exclusive

limits = Noun(
    SHARE_LIMITS,
    "Show limits of the Shared File Systems service.",
    columns=["name value", "verb, regex, uri=URI, value, remaining, unit, next-available=Next Available"],
)


@limits.lister(
    "show",
    exclusive(
        Flag("--absolute", "Show absolute limits: quotas and usage of the project."),
        Flag("--rate", "Show API rate limits."),
        required=True,
    ),
)
def show_limits(cloud: Cloud, rate: bool, columns: list[Column]) -> tuple[list[Column], list[Json]]:
    """Show limits of the Shared File Systems service for the current project."""
    resource = SHARE_LIMITS
    found = cloud.send(resource, "GET")[resource.one]
    if not rate:
        return columns[:2], [{"name": name, "value": value} for name, value in found["absolute"].items()]
    rates = [{**rule, **limit} for rule in found["rate"] for limit in rule["limit"]]
    return columns[2:], rates
