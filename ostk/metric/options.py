"""Options and requests that the nouns of the Metric service share."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from ..api.metric import ARCHIVE_POLICY, GNOCCHI, METRIC, METRIC_RESOURCE, METRIC_RESOURCE_TYPE
from ..errors import OstkError
from ..language import LIMIT, MARKER, Arg, Cloud, Column, Json, Opt, Resource, Value
from ..record import replace
from ..search_query import parse_query
from ..session.paging import linked_page, pages
from .times import Timestamp

RESOURCE_ID = Value(
    "--resource-id -r resource_id",
    "Resource of the metric; required if several metrics have this name.",
    names=METRIC_RESOURCE,
    metavar="RESOURCE_ID",
)
POLICY = Opt(
    "--archive-policy-name -a archive_policy_name",
    "Archive policy (default: chosen by the archive policy rules).",
    names=ARCHIVE_POLICY,
    metavar="ARCHIVE_POLICY",
)
METRIC_NAME = Arg("metric", "Metric.", names=METRIC)
METRICS = Arg("metrics", "Metrics.", nargs=-1, required=True, names=METRIC, metavar="METRIC...")


def type_option(flags: str, help: str) -> Opt:
    """Return an option for the type of resources."""
    return Value(flags, help, names=METRIC_RESOURCE_TYPE, default="generic", metavar="TYPE")


TYPE = type_option("--type -t resource_type", "Resource type.")
RESOURCE_TYPE = type_option("--resource-type", "Resource type that the query is about.")
SORT = Opt("--sort...", "Sort by attribute: ATTRIBUTE or ATTRIBUTE:DIRECTION, e.g. user_id:desc-nullslast.")
PAGING = [LIMIT, MARKER, SORT]
PERIOD = [
    Opt("--start", "Beginning of the period: local time, time with zone, or relative, e.g. -1hour.", type=Timestamp()),
    Opt("--stop", "End of the period: local time, time with zone, or relative, e.g. -1hour.", type=Timestamp()),
]
AGGREGATION = Opt("--aggregation", "Aggregation method, e.g. mean, max, 95pct or rate:mean (default: mean).")
GRANULARITY = Opt("--granularity", "Granularity of the measures: seconds, or a time span, e.g. 5min.")
REFRESH = Opt("--refresh", "Aggregate new measures first.", is_flag=True)
RESAMPLE = Opt("--resample", "Resample the measures to this granularity, in seconds; requires --granularity.")
MEASURES_OF_METRIC = [METRIC_NAME, AGGREGATION, *PERIOD, GRANULARITY, REFRESH, RESAMPLE]
FILL = Opt("--fill", "Value for timestamps at which a metric has no measure: a number, or null.")
OVERLAP = Opt(
    "--needed-overlap", "Needed overlap: percentage of timestamps that all metrics must have in common.", type=float
)
GROUP_BY = Opt("--groupby...", "Attribute to group resources by.")
UTC = Opt("--utc", "Show times in UTC (default: local time).", is_flag=True, default=False, not_sent=True)


def metric_path(cloud: Cloud, metric: str, resource_id: str | None, *parts: str) -> str:
    """Return the path of a metric: a name within a resource, an ID, or a name that one metric alone has."""
    if resource_id is not None:
        return METRIC_RESOURCE.at(resource_id, "metric", metric, *parts)
    return METRIC.at(find_metric(cloud, metric), *parts)


def find_metric(cloud: Cloud, metric: str) -> str:
    """Return the ID of a metric; a name must be that of a single metric."""
    return metric if cloud.like_id(METRIC, metric) else cloud.find(METRIC, metric)


def create_metric(cloud: Cloud, body: Json, resource_id: str | None) -> Json:
    """Create a metric, of a resource or alone, and return it; that of a resource has a name in the body."""
    if resource_id is None:
        return cloud.create(METRIC, body)
    found: Any = cloud.send(METRIC_RESOURCE, "POST", resource_id, "metric", json={body["name"]: body})
    # The answer has all metrics of the resource (Gnocchi 4.7).
    new: Json = next(one for one in found if one["name"] == body["name"])
    return new


def of_type(resource_type: str, path: str = "/resource") -> Resource:
    """Return the resources of a type, at this path or one below."""
    return replace(METRIC_RESOURCE, path=replace(METRIC_RESOURCE_TYPE, path=path).at(resource_type))


def search_request(query: str) -> Json:
    """Return the JSON form of a search query; {} finds everything."""
    return parse_query(query) if query.strip() else {}


def parse_json(text: str, what: str) -> Any:
    """Return the value of a JSON text.

    Raises:
        OstkError: The text is not valid JSON.
    """
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise OstkError(f"The {what} is not valid JSON: {error}.") from None


def posted_pages(cloud: Cloud, path: str, query: Json, body: Any, limit: int | None) -> Iterator[Json]:
    """Yield the resources of all pages of a list that is requested by POST, or the first `limit`."""

    def fetch(params: Json) -> Any:
        response = cloud.request(GNOCCHI, "POST", path, params=params, json=body, repeatable=True)
        return linked_page(cloud.http.json(response), "resources", response)

    return pages(fetch, "resources", GNOCCHI.next_link, query, limit)


def measure_rows(measures: Sequence[Sequence[Any]], **more: Any) -> list[Json]:
    """Return measures, each a time, a granularity and a value, as items with further fields."""
    return [{**more, "timestamp": time, "granularity": span, "value": value} for time, span, value in measures]


def group_name(group: Json) -> str:
    """Return the text of the attributes that a group of resources has in common."""
    return ", ".join(f"{key}: {group[key]}" for key in sorted(group))


def parse_float(text: str) -> float | None:
    """Return a finite number, None if the text is none."""
    from math import isfinite

    try:
        number = float(text)
    except ValueError:
        return None
    return number if isfinite(number) else None


GROUP = Column("group", "group")
MEASURES = [Column(key, key) for key in ("timestamp", "granularity", "value")]
