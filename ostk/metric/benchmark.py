"""Benchmarks: how fast the Metric service answers."""

import os
import random
import time
from collections.abc import Callable, Sequence
from typing import Any

import click

from ..api.metric import GNOCCHI, METRIC, METRIC_STATUS
from ..errors import OstkError
from ..language import ALL_FIELDS_IN_API_ORDER, WAIT, Cloud, Flag, Json, Noun, Opt, Value
from .options import MEASURES_OF_METRIC, METRIC_NAME, METRICS, POLICY, RESOURCE_ID, UTC, create_metric, metric_path
from .times import Timestamp, seconds_of

YEAR = 365 * 24 * 3600
LARGEST = 2**32  # of the values that are sent
POSITIVE = click.IntRange(1)
benchmark = Noun(
    METRIC,
    "Benchmark the Metric service: rate and latency of requests.",
    fields=[ALL_FIELDS_IN_API_ORDER],
    in_order=True,
)
WORKERS_OPTION = Value(
    "--workers -w workers", "Number of requests at a time (default: number of processors).", type=POSITIVE
)


def count(what: str) -> Opt:
    """Return the option for the number of requests."""
    return Value("--count -n count", f"Number of {what}.", type=POSITIVE, required=True)


Run = tuple[list[Any], Json]


def run(cloud: Cloud, verb: str, work: Callable[[Any], Any], items: Sequence[Any], workers: int | None) -> Run:
    """Call a function for each item; return the results of those that succeeded, and the statistics.

    Raises:
        OstkError: All calls failed.
    """
    errors: list[OstkError] = []
    workers = workers or os.cpu_count() or 1

    def timed(item: Any) -> tuple[Any, float] | None:
        begin = time.monotonic()
        try:
            return work(item), time.monotonic() - begin
        except OstkError as error:
            errors.append(error)
            return None

    begin = time.monotonic()
    done = [one for one in cloud.map_concurrent(timed, items, workers) if one]
    runtime = time.monotonic() - begin
    if errors and not done:
        raise errors[0]
    for message in dict.fromkeys(error.message for error in errors):
        OstkError(message).show()
    latencies = sorted(latency for _, latency in done)
    return [result for result, _ in done], statistics(verb, latencies, runtime, len(errors), workers)


def statistics(verb: str, latencies: Sequence[float], runtime: float, failures: int, workers: int) -> Json:
    """Return the statistics of requests; times are in seconds.

    Args:
        verb: What the requests do.
        latencies: The times of the requests that succeeded, ascending; at least one.
        runtime: The time of all requests together.
        failures: The number of requests that failed.
        workers: The number of requests at a time.
    """
    executed, total = len(latencies) + failures, sum(latencies)
    figures: Json = {
        "runtime": f"{runtime:.2f} seconds",
        "runtime (cumulated)": f"{total:.2f} seconds",
        "executed": executed,
        "speed": f"{executed * workers / total if total else 0:.2f} {verb}/s",
        "failures": failures,
        "failures rate": f"{100 * failures / executed:.2f} %",
        "latency min": latencies[0],
        "latency max": latencies[-1],
        "latency mean": total / len(latencies),
        "latency median": percentile(latencies, 0.5),
        "latency 95%'ile": percentile(latencies, 0.95),
        "latency 99%'ile": percentile(latencies, 0.99),
        "latency 99.9%'ile": percentile(latencies, 0.999),
    }
    return {"client workers": workers, **{f"{verb} {name}": figure for name, figure in figures.items()}}


def percentile(ordered: Sequence[float], share: float) -> float:
    """Return the number that a share of ascending numbers does not exceed, between two of them in proportion."""
    place = (len(ordered) - 1) * share
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


@benchmark.shower("metric show", WORKERS_OPTION, RESOURCE_ID, METRICS, count("requests for each metric"), reads=False)
def show_metrics(cloud: Cloud, metrics: tuple[str, ...], resource_id: str | None, values: Json) -> Json:
    """Benchmark showing metrics."""
    paths = [metric_path(cloud, name, resource_id) for name in metrics] * values["count"]
    return run(cloud, "show", lambda path: cloud.call(GNOCCHI, "GET", path), paths, values["workers"])[1]


@benchmark.shower(
    "metric create",
    WORKERS_OPTION,
    RESOURCE_ID,
    POLICY,
    count("metrics to create"),
    Flag("--keep -k keep", "Keep the metrics that were created."),
)
def create_metrics(cloud: Cloud, body: Json, resource_id: str | None, values: Json) -> Json:
    """Benchmark creating metrics, and deleting the metrics."""

    def create(number: int) -> str:
        named = {"name": f"benchmark-{time.time_ns()}-{number}"} if resource_id is not None else {}
        return str(create_metric(cloud, {**body, **named}, resource_id)["id"])

    created, figures = run(cloud, "create", create, range(values["count"]), values["workers"])
    if values["keep"]:
        return figures
    return {**figures, **run(cloud, "delete", lambda id: cloud.delete(METRIC, id), created, values["workers"])[1]}


def validate_period(timestamp_start: str | None, timestamp_end: str | None, batch: int, count: int) -> None:
    """Reject a period that has no room for the measures."""
    begin, end = period(timestamp_start, timestamp_end)
    if end <= begin:
        raise OstkError("--timestamp-end is not after --timestamp-start.")
    if end - begin < min(batch, count):
        raise OstkError("The period is too short for the measures: they are at least a second apart.")


def period(start: str | None, end: str | None) -> tuple[int, int]:
    """Return the first and the last second of measures: by default, those of the last year."""
    last = seconds_of(end) if end else int(time.time())
    return (seconds_of(start) if start else last - YEAR), last


@benchmark.shower(
    "measures add",
    WORKERS_OPTION,
    RESOURCE_ID,
    METRIC_NAME,
    count("measures to send"),
    Value("--batch -b batch", "Batch size: number of measures per request.", type=POSITIVE, default=1),
    Value("--timestamp-start -s timestamp_start", "Time of the first measure.", type=Timestamp()),
    Value("--timestamp-end -e timestamp_end", "Time of the last measure.", type=Timestamp()),
    WAIT,
    validate=validate_period,
)
def add_measures(cloud: Cloud, metric: str, resource_id: str | None, values: Json) -> Json:
    """Benchmark adding random measures to a metric."""
    size = min(values["batch"], values["count"])
    path = metric_path(cloud, metric, resource_id, "measures")
    batch = new_measures(*period(values["timestamp_start"], values["timestamp_end"]), size)

    def send(measures: list[Json]) -> None:
        cloud.request(GNOCCHI, "POST", path, json=measures)

    _, figures = run(cloud, "push", send, [batch] * (values["count"] // size), values["workers"])
    speed = size * float(figures["push speed"].split()[0])
    more = {"measures per request": size, "measures push speed": f"{speed:.2f} push/s"}
    return {**figures, **more, **(wait_until_processed(cloud) if values["wait"] else {})}


def new_measures(begin: int, end: int, size: int) -> list[Json]:
    """Return measures of random numbers, at equal distances in a period."""
    times = range(begin, end, (end - begin) // size)[:size]
    return [{"timestamp": at, "value": random.randint(-LARGEST, LARGEST)} for at in times]


def wait_until_processed(cloud: Cloud) -> Json:
    """Wait until the service has processed all measures; return how long that took."""
    begin = time.monotonic()
    cloud.poll(
        lambda: {"name": "metric", **cloud.send(METRIC_STATUS, "GET", params={"details": "False"})},
        lambda status: not int(status["storage"]["summary"]["measures"]),
        interval=1,
    )
    return {"extra wait to process measures": f"{time.monotonic() - begin} seconds"}


@benchmark.shower("measures show", UTC, WORKERS_OPTION, RESOURCE_ID, MEASURES_OF_METRIC, count("requests"), reads=False)
def show_measures(cloud: Cloud, metric: str, resource_id: str | None, body: Json, values: Json) -> Json:
    """Benchmark showing measures of a metric."""
    path = metric_path(cloud, metric, resource_id, "measures")

    def fetch(number: int) -> int:
        return len(cloud.call(GNOCCHI, "GET", path, params=body))

    found, figures = run(cloud, "show", fetch, range(values["count"]), values["workers"])
    return {**figures, "measures per request": found[0]}
