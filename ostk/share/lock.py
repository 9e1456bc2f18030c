"""Resource locks, which prevent actions: deletion of shares, deletion or display of access rules."""

from ..api.shared_file_system import SHARE, SHARE_ACCESS, SHARE_LOCK
from ..errors import OstkError
from ..language import ALL_FIELDS_IN_API_ORDER, LIMIT, NULL, Arg, Cloud, Items, Json, Noun, Opt, Value
from ..owner import ADMIN_PROJECT_FILTER, ADMIN_USER_FILTER
from ..session.name_forms import looks_like_id
from .list_options import DETAILED, OFFSET

LOCKABLE_RESOURCES = {"share": SHARE, "access_rule": SHARE_ACCESS}
SORT_KEYS = "id created_at updated_at resource_id resource_type resource_action lock_reason"
BRIEF = "id=ID, resource_id=Resource Id, resource_type=Resource Type, resource_action=Resource Action"
DETAILS = [
    "lock_context=Lock Context, user_id=User Id, project_id=Project Id",
    "created_at=Created At, updated_at=Updated At, lock_reason=Lock Reason",
]
lock = Noun(
    SHARE_LOCK,
    "Manage resource locks on shares and access rules.",
    columns=[BRIEF],
    long=DETAILS,
    fields=[BRIEF, *DETAILS],
    in_order=True,
)
lock.show(help="Show a resource lock.")


def validate_resource_type(resource_type: str | None) -> None:
    """Raise OstkError for a resource type that cannot be locked."""
    if resource_type and resource_type not in LOCKABLE_RESOURCES:
        types = ", ".join(LOCKABLE_RESOURCES)
        raise OstkError(f"{resource_type!r} is not a resource type with locks.", f"Resource types are {types}.")


@lock.shower(
    "create",
    Arg("resource", "Resource to lock (share name or ID, access rule ID).", not_sent=True),
    Arg("resource_type", "Resource type: share or access_rule."),
    Opt(
        "--resource-action --resource_action",
        "Action to prevent: delete, or show for an access rule (default: delete).",
    ),
    Opt("--lock-reason --lock_reason --reason lock_reason", "Reason for the lock."),
    fields=[ALL_FIELDS_IN_API_ORDER],
    validate=validate_resource_type,
)
def create(cloud: Cloud, resource: str, resource_type: str, body: Json) -> Json:
    """Create a resource lock on a share or an access rule."""
    id = cloud.find(LOCKABLE_RESOURCES[resource_type], resource)
    return cloud.create(SHARE_LOCK, {"resource_id": id, "resource_action": "delete", **body})


def validate_filters(resource: str | None, resource_type: str | None) -> None:
    """Raise OstkError for an unknown resource type, or a name of a resource without the type."""
    validate_resource_type(resource_type)
    if resource and not resource_type and not looks_like_id(resource):
        raise OstkError(f"{resource!r} is not an ID.", "Give --resource-type to find the resource by name.")


@lock.lister(
    "list",
    Opt("--all-projects", "Include resource locks of all projects.", is_flag=True, convert=str, admin=True),
    ADMIN_PROJECT_FILTER,
    ADMIN_USER_FILTER,
    Opt("--id", "Filter by ID of the lock."),
    Value("--resource --resource-id --resource_id resource", "Filter by resource: ID, or name with --resource-type."),
    Opt("--resource-type --resource_type", "Filter by resource type: share or access_rule."),
    Opt("--resource-action --resource_action", "Filter by action that is prevented: delete or show."),
    Opt(
        "--lock-context --lock_context --context lock_context",
        "Filter by lock context: the kind of user that created the lock.",
        choices="user admin service",
    ),
    Opt("--since", "Filter by creation time: not before YYYY-MM-DDTHH:MM:SS.", key="created_since"),
    Opt("--before", "Filter by creation time: not after YYYY-MM-DDTHH:MM:SS.", key="created_before"),
    LIMIT,
    OFFSET,
    Opt("--sort-key --sort_key", "Field to sort by (default: created_at).", choices=SORT_KEYS),
    Opt("--sort-dir --sort_dir", "Sort direction (default: desc).", choices="asc desc"),
    DETAILED,
    validate=validate_filters,
)
def list_locks(
    cloud: Cloud, body: Json, result_limit: int | None, resource: str | None, resource_type: str | None
) -> Items:
    """List resource locks."""
    query = {"sort_key": "created_at", "sort_dir": "desc", **body}
    if resource:
        found = cloud.find(LOCKABLE_RESOURCES[resource_type], resource) if resource_type else resource
        query["resource_id"] = found
    if "project_id" in query:
        query["all_projects"] = "True"
    return cloud.pages(SHARE_LOCK, query, limit=result_limit)


lock.set(
    Opt("--resource-action --resource_action", "Action to prevent: delete, or show for an access rule."),
    Opt("--lock-reason --lock_reason --reason lock_reason", "Reason for the lock."),
    help="Update a resource lock.",
)
lock.unset(
    Opt("--lock-reason --lock_reason --reason lock_reason", "Remove the reason for the lock.", value=NULL),
    help="Remove the reason of a resource lock.",
)
lock.delete(help="Delete resource locks.")
