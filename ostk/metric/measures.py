"""Measures: the values of metrics over time."""

import sys
from typing import Any

import click

from ..api.metric import GNOCCHI, METRIC
from ..errors import OstkError
from ..files import read_text
from ..language import Arg, Cloud, Column, Flag, FullOpt, Json, Noun, Opt, Value, without
from ..render.options import output_from
from .options import (
    AGGREGATION,
    FILL,
    GRANULARITY,
    GROUP,
    GROUP_BY,
    MEASURES,
    MEASURES_OF_METRIC,
    METRIC_NAME,
    OVERLAP,
    PERIOD,
    REFRESH,
    RESAMPLE,
    RESOURCE_ID,
    RESOURCE_TYPE,
    UTC,
    find_metric,
    group_name,
    measure_rows,
    metric_path,
    of_type,
    parse_float,
    parse_json,
    search_request,
)
from .plot import SPARKLINE, draw_charts, with_sparklines
from .times import shown_time, with_zone

measures = Noun(METRIC, "Manage measures of metrics: values over time.", columns=MEASURES)


def shown_measures(found: Any, utc: bool, **more: Any) -> list[Json]:
    """Return measures as rows, with times in local time or UTC."""
    return [{**row, "timestamp": shown_time(row["timestamp"], utc)} for row in measure_rows(found, **more)]


PLOT = FullOpt("--plot", "Draw a chart, on a terminal.", is_flag=True, default=False, not_sent=True)


@measures.lister("show", RESOURCE_ID, UTC, MEASURES_OF_METRIC, PLOT, also=[SPARKLINE])
def show(
    cloud: Cloud, metric: str, resource_id: str | None, body: Json, utc: bool, plot: bool, values: Json
) -> list[Json] | tuple[list[Column], list[Json]] | None:
    """Show measures of a metric, the coarsest granularity first."""
    path = metric_path(cloud, metric, resource_id, "measures")
    rows = shown_measures(cloud.call(GNOCCHI, "GET", path, params=body), utc)
    output = output_from(values)
    if not output.bars or not rows:
        return rows
    if plot:
        draw_charts(rows, output)
        return None
    return [*MEASURES, SPARKLINE], with_sparklines(rows)


def read_measure(text: str) -> Json:
    """Return a measure from TIME@VALUE.

    Raises:
        click.BadParameter: The text is no measure.
    """
    time, at, value = text.rpartition("@")
    if not at:
        raise click.BadParameter(f"{text!r} is not TIME@VALUE.")
    if (number := parse_float(value)) is None:
        raise click.BadParameter(f"{value!r} is not a number.")
    return {"timestamp": with_zone(time, "--measure"), "value": number}


@measures.action(
    "add",
    RESOURCE_ID,
    METRIC_NAME,
    Value(
        "-m --measure...",
        "Measure: a time (local, with zone, relative or seconds since 1970) and a number.",
        type=read_measure,
        metavar="TIME@VALUE",
        required=True,
    ),
)
def add(cloud: Cloud, metric: str, resource_id: str | None, measure: tuple[Json, ...]) -> None:
    """Add measures to a metric."""
    cloud.request(GNOCCHI, "POST", metric_path(cloud, metric, resource_id, "measures"), json=measure)


def read_batch(file: str) -> Json:
    """Return the measures in a JSON file or on standard input.

    Raises:
        FileError: The file cannot be read.
        OstkError: The file does not hold a JSON object.
    """
    content = parse_json(sys.stdin.read() if file == "-" else read_text(file), "file")
    if not isinstance(content, dict):
        raise OstkError(f"The file {file} does not hold a JSON object of metrics or resources.")
    return content


FILE = Arg("file", "JSON file with the measures, or - for standard input.", type=read_batch, not_sent=True)


@measures.action("batch-metrics", FILE)
def add_to_metrics(cloud: Cloud, file: Json) -> None:
    """Add measures to several metrics, from JSON: {METRIC_ID: [{"timestamp": TIME, "value": NUMBER}, …]}."""
    cloud.request(GNOCCHI, "POST", "/batch/metrics/measures", json=file)


@measures.action("batch-resources-metrics", FILE, Flag("--create-metrics", "Create metrics that do not exist."))
def add_to_resources(cloud: Cloud, file: Json, create_metrics: bool) -> None:
    """Add measures to metrics of several resources, from JSON: {RESOURCE_ID: {METRIC_NAME: [MEASURE, …]}}."""
    path, query = "/batch/resources/metrics/measures", {"create_metrics": str(create_metrics)}
    cloud.request(GNOCCHI, "POST", path, json=file, params=query)


def validate_metrics(metric: tuple[str, ...], query: str | None) -> None:
    """Reject a query with several metrics: it finds the resources that have the metric."""
    if query is not None and len(metric) != 1:
        raise OstkError("--query needs a single metric, by name.", "Give --metric once, with a single name.")


@measures.lister(
    "aggregation",
    UTC,
    Opt("-m --metric", "Metrics; with --query, the name of a single metric.", names=METRIC, greedy="+", required=True),
    AGGREGATION,
    Opt("--reaggregation", "Aggregation method across the metrics (default: the value of --aggregation)."),
    PERIOD,
    GRANULARITY,
    OVERLAP,
    Value("--query", "Search query for the resources of the metric."),
    RESOURCE_TYPE,
    GROUP_BY,
    REFRESH,
    RESAMPLE,
    FILL,
    also=[GROUP],
    validate=validate_metrics,
)
def aggregate(cloud: Cloud, body: Json, query: str | None, resource_type: str, utc: bool) -> Any:
    """Show measures aggregated over several metrics."""
    names = body["metric"]
    if query is None:
        params = {**without(body, "metric"), "metric": [find_metric(cloud, name) for name in names]}
        found = cloud.call(GNOCCHI, "GET", "/aggregation/metric", params=params)
    else:
        path = of_type(resource_type, "/aggregation/resource").at("metric", names[0])
        found = cloud.call(GNOCCHI, "POST", path, params=without(body, "metric"), json=search_request(query))
    if "groupby" not in body:
        return shown_measures(found, utc)
    groups = [shown_measures(one["measures"], utc, group=group_name(one["group"])) for one in found]
    return [GROUP, *MEASURES], [row for rows in groups for row in rows]
