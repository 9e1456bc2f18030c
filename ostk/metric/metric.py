"""Metrics: series of measures, of a resource or alone."""

from ..api.metric import GNOCCHI, METRIC
from ..errors import OstkError
from ..language import ALL_FIELDS_IN_API_ORDER, Arg, Cloud, Json, Noun, Opt, each
from .options import METRIC_NAME, METRICS, PAGING, POLICY, RESOURCE_ID, create_metric, metric_path

metric = Noun(
    METRIC,
    "Manage metrics: series of measures.",
    columns=["id= archive_policy.name=archive_policy/name name= unit= resource_id="],
    fields=[ALL_FIELDS_IN_API_ORDER],
    in_order=True,
)
metric.list(*PAGING)


def flattened(item: Json) -> Json:
    """Return a metric with the fields of its resource, and with the name of its archive policy."""
    left_out = ("archive_policy", "resource", "created_by_user_id", "created_by_project_id")
    found = {key: value for key, value in item.items() if key not in left_out}
    if "archive_policy" in item:
        found["archive_policy/name"] = item["archive_policy"]["name"]
    if "resource" in item:
        found |= {f"resource/{key}": value for key, value in (item["resource"] or {"id": None}).items()}
    return found


@metric.shower("show", RESOURCE_ID, METRIC_NAME)
def show(cloud: Cloud, metric: str, resource_id: str | None) -> Json:
    """Show a metric."""
    return flattened(cloud.call(GNOCCHI, "GET", metric_path(cloud, metric, resource_id)))


def validate_name(name: str | None, resource_id: str | None) -> None:
    """Reject a metric of a resource without a name."""
    if resource_id is not None and name is None:
        raise OstkError("A metric of a resource needs a name.", "Give a name beside --resource-id.")


@metric.shower(
    "create",
    RESOURCE_ID,
    POLICY,
    Arg("name", "Name of the metric.", metavar="METRIC_NAME", required=False),
    Opt("--unit -u unit", "Unit of the measures, e.g. B or %."),
    validate=validate_name,
)
def create(cloud: Cloud, body: Json, resource_id: str | None) -> Json:
    """Create a metric."""
    return flattened(create_metric(cloud, body, resource_id))


@metric.action("delete", RESOURCE_ID, METRICS)
def delete(cloud: Cloud, metrics: tuple[str, ...], resource_id: str | None) -> None:
    """Delete metrics and all measures of the metrics."""

    def delete_one(name: str) -> None:
        cloud.request(GNOCCHI, "DELETE", metric_path(cloud, name, resource_id))

    each(cloud, delete_one, metrics, "delete", METRIC.noun)
