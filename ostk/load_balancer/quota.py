"""Quotas of projects for load balancers and their parts."""

from ..api.identity import PROJECT
from ..api.load_balancer import BALANCER_QUOTA
from ..language import Arg, Cloud, Json, Noun, Opt, require_any
from ..owner import PROJECT_FILTER
from .options import removed

LIMITS = {
    "loadbalancer": "load_balancer",
    "listener": "listener",
    "pool": "pool",
    "member": "member",
    "healthmonitor": "health_monitor",
    "l7policy": "l7policy",
    "l7rule": "l7rule",
}
FIELDS = "load_balancer= listener= pool= health_monitor= member= l7policy= l7rule="
quota = Noun(
    BALANCER_QUOTA, "Manage quotas for load balancers.", columns=["project_id=", FIELDS], fields=[FIELDS], in_order=True
)
OF_PROJECT = Arg("project", "Project.", ref=PROJECT, not_sent=True)


def title(key: str) -> str:
    """Return what a quota limits, in words."""
    return key.replace("_", " ").replace("l7", "L7 ")


quota.list(PROJECT_FILTER)


@quota.shower("show", OF_PROJECT)
def show(cloud: Cloud, project: str) -> Json:
    """Show the quotas of a project."""
    return cloud.fetch(BALANCER_QUOTA, project)


@quota.shower("defaults show")
def show_defaults(cloud: Cloud) -> Json:
    """Show the default quotas."""
    return cloud.fetch(BALANCER_QUOTA, "defaults")


@quota.shower(
    "set",
    OF_PROJECT,
    [
        Opt(f"--{flag}", f"{title(key)} quota; -1 is no limit.".capitalize(), key=key, type=int)
        for flag, key in LIMITS.items()
    ],
    validate=require_any("set", *(f"--{flag}" for flag in LIMITS)),
)
def set_limits(cloud: Cloud, project: str, body: Json) -> Json | None:
    """Set quotas of a project (admin only)."""
    return cloud.update(BALANCER_QUOTA, project, body)


@quota.action(
    "unset",
    OF_PROJECT,
    [removed(f"--{flag}", f"Reset the {title(key)} quota to the default.", key=key) for flag, key in LIMITS.items()],
)
def unset_limits(cloud: Cloud, project: str, body: Json) -> None:
    """Reset quotas of a project to the defaults (admin only)."""
    if body:
        cloud.update(BALANCER_QUOTA, project, body)


@quota.action("reset", OF_PROJECT)
def reset(cloud: Cloud, project: str) -> None:
    """Reset all quotas of a project to the defaults (admin only)."""
    cloud.delete(BALANCER_QUOTA, project)
