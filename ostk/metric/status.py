"""The Metric service itself: how much it has to process, what it can do, its release."""

from ..api.metric import GNOCCHI, METRIC_CAPABILITY, METRIC_SERVER, METRIC_STATUS
from ..language import ALL_FIELDS_IN_API_ORDER, Cloud, Json, Noun
from ..session.catalog import url_at

FIELDS = [ALL_FIELDS_IN_API_ORDER]
metric = Noun(METRIC_STATUS, "Manage metrics: series of measures.", fields=FIELDS, in_order=True)
capabilities = Noun(METRIC_CAPABILITY, "Show what the Metric service can do.", fields=FIELDS, in_order=True)
server = Noun(METRIC_SERVER, "Show the release of the Metric service.", fields=FIELDS, in_order=True)


@metric.shower("status")
def show_status(cloud: Cloud) -> Json:
    """Show the backlog of the Metric service: measures and metrics to process (admin only)."""
    status = cloud.send(METRIC_STATUS, "GET", params={"details": "False"})
    summary = status["storage"]["summary"]
    processors = {"metricd/processors": status["metricd"]["processors"]} if "metricd" in status else {}
    return {
        "storage/total number of measures to process": summary["measures"],
        "storage/number of metric having measures to process": summary["metrics"],
        **processors,
    }


@capabilities.shower("list")
def list_capabilities(cloud: Cloud) -> Json:
    """Show the aggregation methods that the Metric service supports."""
    return cloud.send(METRIC_CAPABILITY, "GET")


@server.shower("version")
def show_version(cloud: Cloud) -> Json:
    """Show the release of the Metric service."""
    found = cloud.call(GNOCCHI, "GET", url_at(cloud.endpoint(GNOCCHI), "/").removesuffix("v1/"))
    return {"version": found.get("build", "unknown")}
