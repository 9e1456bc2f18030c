"""Archive policies: for how long, and in which granularities, measures are kept."""

from typing import Any

import click

from ..api.metric import ARCHIVE_POLICY
from ..errors import BadRequest
from ..language import ALL_FIELDS_IN_API_ORDER, Arg, Cloud, Json, Noun, Opt, target
from ..render.format import Format

DEFINITION_KEYS = ("granularity", "points", "timespan")


def definition_text(value: Any) -> str:
    """Return the parts of a definition, one a line."""
    return "\n".join("- " + ", ".join(f"{key}: {one[key]}" for key in one) for one in value)


archive_policy = Noun(
    ARCHIVE_POLICY,
    "Manage archive policies: granularity and retention of measures.",
    columns=["name= back_window= definition= aggregation_methods="],
    fields=["definition aggregation_methods", ALL_FIELDS_IN_API_ORDER],
    formats={"definition": Format(definition_text), "aggregation_methods": Format(", ".join)},
    in_order=True,
)


def read_definition(text: str) -> dict[str, str]:
    """Return the values of KEY:VALUE,KEY:VALUE by key: two of granularity, points and timespan.

    Raises:
        click.BadParameter: The text is not made of these.
    """
    keys, pairs = ", ".join(DEFINITION_KEYS), [part.partition(":") for part in text.split(",")]
    if not all(key in DEFINITION_KEYS and value for key, _, value in pairs):
        raise click.BadParameter(f"{text!r} is not made of KEY:VALUE with {keys} as keys.")
    if len({key for key, _, _ in pairs}) < 2:
        raise click.BadParameter(f"{text!r} needs two of {keys}.")
    return {key: value for key, _, value in pairs}


DEFINITION = Opt(
    "-d --definition...",
    "Definition: granularity with timespan or points, e.g. granularity:5min,timespan:30d.",
    type=read_definition,
    metavar="KEY:VALUE,…",
    required=True,
    convert=list,
)
archive_policy.create(
    Arg("name", "Name of the archive policy."),
    DEFINITION,
    Opt("-b --back-window", "Back window: number of coarsest periods for which late measures are accepted.", type=int),
    Opt("-m --aggregation-method aggregation_methods...", "Aggregation method, e.g. 95pct or rate:mean."),
    help="Create an archive policy (admin only).",
)
archive_policy.list()
archive_policy.show()


@archive_policy.each("delete")
def delete(cloud: Cloud, metric_archive_policy: str) -> None:
    """Delete archive policies that no metric has (admin only)."""
    try:
        cloud.delete(ARCHIVE_POLICY, metric_archive_policy)
    except BadRequest as error:
        if "in use" in error.message:
            error.hint = "Gnocchi removes deleted metrics some seconds later: try again, or see metric list."
        raise


@archive_policy.shower("update", target(ARCHIVE_POLICY), DEFINITION)
def update(cloud: Cloud, metric_archive_policy: str, body: Json) -> Json | None:
    """Update the definition of an archive policy: the number of points that are kept (admin only)."""
    return cloud.update(ARCHIVE_POLICY, metric_archive_policy, body)
