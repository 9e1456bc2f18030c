"""Resource locks: what keeps shares from being deleted, and access rules from being deleted or seen."""

from __future__ import annotations

from collections.abc import Iterator

from ..api.shared_file_system import SHARE, SHARE_ACCESS, SHARE_LOCK
from ..errors import OstkError
from ..language import ALL_FIELDS_IN_API_ORDER, NULL, Arg, Json, Noun, Opt
from ..owner import OF_PROJECT, OF_USER
from ..session.cloud import Cloud
from ..session.name_forms import looks_like_id
from .lists import DETAILED, LIMIT, OFFSET

TYPES = {"share": SHARE, "access_rule": SHARE_ACCESS}
SORT_KEYS = "id created_at updated_at resource_id resource_type resource_action lock_reason"
BRIEF = "id=ID, resource_id=Resource Id, resource_type=Resource Type, resource_action=Resource Action"
DETAILS = [
    "lock_context=Lock Context, user_id=User Id, project_id=Project Id",
    "created_at=Created At, updated_at=Updated At, lock_reason=Lock Reason",
]
lock = Noun(
    SHARE_LOCK,
    "Manage locks: what keeps shares from being deleted.",
    columns=[BRIEF],
    long=DETAILS,
    fields=[BRIEF, *DETAILS],
    in_order=True,
)
lock.show()


def known(resource_type: str | None) -> None:
    """Refuse a type of resource that there are no locks of."""
    if resource_type and resource_type not in TYPES:
        raise OstkError(f"{resource_type!r} cannot be locked.", f"What can: {', '.join(TYPES)}.")


@lock.shower(
    "create",
    Arg("resource", not_sent=True),
    Arg("resource_type"),
    Opt("--resource-action --resource_action", "What to forbid; delete unless given."),
    Opt("--lock-reason --lock_reason --reason lock_reason", "Why."),
    fields=[ALL_FIELDS_IN_API_ORDER],
    validate=known,
)
def create(cloud: Cloud, resource: str, resource_type: str, body: Json) -> Json:
    """Forbid that something is done to a share or an access rule."""
    id = cloud.find(TYPES[resource_type], resource)
    return cloud.create(SHARE_LOCK, {"resource_id": id, "resource_action": "delete", **body})


def findable(resource: str | None, resource_type: str | None) -> None:
    """Refuse a name of what may be anything."""
    known(resource_type)
    if resource and not resource_type and not looks_like_id(resource):
        raise OstkError(f"{resource!r} is no ID.", "With --resource-type it may be a name.")


@lock.lister(
    "list",
    Opt("--all-projects", "Those of all projects.", is_flag=True, convert=str),
    OF_PROJECT,
    OF_USER,
    Opt("--id", "Only the one with this ID."),
    Opt("--resource --resource-id --resource_id resource", "Only those on this resource.", not_sent=True),
    Opt("--resource-type --resource_type", "Only those on this type: share or access_rule."),
    Opt("--resource-action --resource_action", "Only those that forbid this."),
    Opt("--lock-context --lock_context --context lock_context", "Only those set so.", choices="user admin service"),
    Opt("--since", "Only those since this time, as 2026-01-31T12:00:00.", key="created_since"),
    Opt("--before", "Only those before this time, as 2026-01-31T12:00:00.", key="created_before"),
    LIMIT,
    OFFSET,
    Opt("--sort-key --sort_key", "Field to sort by; created_at unless given.", choices=SORT_KEYS),
    Opt("--sort-dir --sort_dir", "Order; desc unless given.", choices="asc desc"),
    DETAILED,
    validate=findable,
)
def list_locks(
    cloud: Cloud, body: Json, result_limit: int | None, resource: str | None, resource_type: str | None
) -> Iterator[Json]:
    """List locks."""
    if resource:
        body["resource_id"] = cloud.find(TYPES[resource_type], resource) if resource_type else resource
    if "project_id" in body:
        body["all_projects"] = "True"
    query = {"sort_key": "created_at", "sort_dir": "desc", **body}
    return cloud.pages(SHARE_LOCK, query, limit=result_limit)


lock.set(
    Opt("--resource-action --resource_action", "What it forbids."),
    Opt("--lock-reason --lock_reason --reason lock_reason", "Why."),
)
lock.unset(Opt("--lock-reason --lock_reason --reason lock_reason", "Forget why.", value=NULL))
lock.delete()
