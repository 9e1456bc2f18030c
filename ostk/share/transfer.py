"""Share transfers: offers of shares to other projects, accepted with an authorization key."""

from ..api.identity import PROJECT
from ..api.shared_file_system import SHARE, SHARE_TRANSFER
from ..language import ALL_FIELDS_IN_API_ORDER, LIMIT, Arg, Cloud, Items, Json, Noun, Opt
from .list_options import ALL_PROJECTS, DETAILED, NAME_FILTER, OFFSET, sort_options

SORT_KEYS = "id resource_type resource_id name source_project_id destination_project_id created_at expires_at"
BRIEF = "id=ID, name=Name, resource_type=Resource Type, resource_id=Resource Id"
transfer = Noun(
    SHARE_TRANSFER,
    "Manage share transfers to other projects.",
    columns=[BRIEF],
    long=[
        "created_at=Created At, source_project_id=Source Project Id, destination_project_id=Destination Project Id",
        "accepted=Accepted, expires_at=Expires At",
    ],
    fields=[
        "id created_at name resource_type resource_id source_project_id destination_project_id accepted expires_at"
    ],
    in_order=True,
)
transfer.show()


@transfer.shower(
    "create",
    Arg("share", "Share to transfer.", ref=SHARE),
    Opt("--name", "Name of the share transfer."),
    fields=[ALL_FIELDS_IN_API_ORDER],
)
def create(cloud: Cloud, body: Json) -> Json:
    """Create a share transfer: offer a share to another project. The auth_key is shown only once."""
    return cloud.create(SHARE_TRANSFER, body)


@transfer.lister(
    "list",
    ALL_PROJECTS,
    NAME_FILTER,
    Opt("--id", "Filter by ID of the transfer."),
    Opt("--resource-type --resource_type", "Filter by resource type; the value is always share."),
    Opt("--resource-id --resource_id", "Filter by share.", ref=SHARE, key="resource_id"),
    Opt(
        "--source-project-id --source_project_id",
        "Filter by project that created the transfer.",
        ref=PROJECT,
        key="source_project_id",
    ),
    LIMIT,
    OFFSET,
    sort_options(SORT_KEYS, convert=lambda key: "display_name" if key == "name" else key),
    DETAILED,
)
def list_transfers(cloud: Cloud, body: Json, result_limit: int | None) -> Items:
    """List share transfers."""
    return cloud.pages(SHARE_TRANSFER, body, limit=result_limit)


@transfer.action(
    "accept",
    Arg("transfer", "Share transfer.", names=SHARE_TRANSFER),
    Arg("auth_key", "Authorization key of the transfer."),
    Opt("--clear-rules --clear_rules", "Delete all access rules of the share.", is_flag=True, key="clear_access_rules"),
)
def accept(cloud: Cloud, transfer: str, body: Json) -> None:
    """Accept a share transfer."""
    # GET /share-transfers does not list the transfer for the project that accepts, so an ID is not looked up.
    id = transfer if cloud.like_id(SHARE_TRANSFER, transfer) else cloud.find(SHARE_TRANSFER, transfer)
    cloud.send(SHARE_TRANSFER, "POST", id, "accept", json={"accept": {"clear_access_rules": False, **body}})


transfer.delete()
