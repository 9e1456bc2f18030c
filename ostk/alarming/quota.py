"""Quotas of projects for alarms."""

from ..api.alarming import ALARM_QUOTA
from ..api.identity import PROJECT
from ..errors import OstkError
from ..language import Arg, Cloud, Json, Noun, Opt, Value

quota = Noun(ALARM_QUOTA, "Manage quotas for alarms.", fields=["alarms="])


def limits(reply: Json) -> Json:
    """Return the limits in an answer by what they limit."""
    return {one["resource"]: one["limit"] for one in reply["quotas"]}


@quota.shower("show", Opt("--project", "Project (default: the current project).", ref=PROJECT))
def show(cloud: Cloud, body: Json) -> Json:
    """Show the quota of a project."""
    return limits(cloud.send(ALARM_QUOTA, "GET", params=body))


def validate_limit(limit: int | None) -> None:
    """Reject a limit below that of no limit."""
    if limit is not None and limit < -1:
        raise OstkError(f"--alarm: {limit} is less than -1, which is no limit.")


@quota.shower(
    "set",
    Arg("project", "Project.", ref=PROJECT),
    Value("--alarm limit", "Maximum number of alarms; -1 is no limit.", type=int),
    validate=validate_limit,
)
def set_limit(cloud: Cloud, body: Json, limit: int | None) -> Json:
    """Set the quota of a project (admin only)."""
    if limit is None:
        return limits(cloud.send(ALARM_QUOTA, "GET", params=body))
    content = {**body, "quotas": [{"resource": "alarms", "limit": limit}]}
    return limits(cloud.send(ALARM_QUOTA, "POST", json=content))
