"""Aggregates: operations on metrics, such as sums, rates and moving averages."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..api.metric import GNOCCHI, METRIC
from ..errors import OstkError
from ..language import Arg, Boolean, Cloud, Column, Json, Noun, Opt
from .options import (
    FILL,
    GRANULARITY,
    GROUP,
    GROUP_BY,
    MEASURES,
    OVERLAP,
    PERIOD,
    RESOURCE_TYPE,
    group_name,
    measure_rows,
    parse_json,
    search_request,
)

metric = Noun(METRIC, "Manage metrics: series of measures.")


def read_operations(operations: str, search: str | None) -> Json:
    """Return the operations and the search query as the request has them.

    Raises:
        OstkError: They are not valid.
    """
    text = operations.strip()
    if text[:1] not in ("(", "["):
        raise OstkError(f"{operations!r} are no operations.", "Write (aggregate mean (metric METRIC mean)), or JSON.")
    if text.startswith("(") and text.count("(") != text.count(")"):
        raise OstkError(f"The parentheses in {operations!r} do not match.")
    found = parse_json(text, "list of operations") if text.startswith("[") else operations
    return {"operations": found, "search": None if search is None else search_request(search)}


@metric.lister(
    "aggregates",
    Arg("operations", "Operations, e.g. '(* 8 (metric cpu mean))', or a JSON list.", not_sent=True),
    Arg("search", "Search query for the resources of the metrics.", required=False, not_sent=True),
    RESOURCE_TYPE,
    PERIOD,
    GRANULARITY,
    OVERLAP,
    GROUP_BY,
    FILL,
    Opt(
        "--use-history",
        "Split measures where an attribute of --groupby has changed (default: false).",
        type=Boolean(),
        convert=str,
    ),
    columns=[Column("name", "name"), *MEASURES],
    also=[GROUP],
    parse=read_operations,
    reads=False,
)
def aggregates(cloud: Cloud, body: Json, operations: Any, search: Json | None, resource_type: str) -> Any:
    """Show the result of operations on metrics, in UTC: of metrics by ID, or by name with a search query."""
    groups = body if search is not None else {key: body[key] for key in body if key != "groupby"}
    about = {} if search is None else {"search": search, "resource_type": resource_type}
    content = {"operations": operations, **about}
    found = cloud.call(GNOCCHI, "POST", "/aggregates", params=groups, json=content, repeatable=True)
    if "groupby" not in groups:
        return [*rows_of(found["measures"])]
    rows = [{**row, "group": group_name(one["group"])} for one in found for row in rows_of(one["measures"]["measures"])]
    return [GROUP, Column("name", "name"), *MEASURES], rows


def rows_of(measures: Mapping[str, Any], names: Sequence[str] = ()) -> Iterator[Json]:
    """Yield the rows of nested measures: by metric and aggregation, or by resource, metric and aggregation."""
    for key, value in measures.items():
        if isinstance(value, list):
            yield from measure_rows(value, name="/".join([*names, key]))
        else:
            yield from rows_of(value, [*names, key])
