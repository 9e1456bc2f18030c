"""Share transfers: offers of shares to other projects."""

from __future__ import annotations

from collections.abc import Iterator

from ..api.identity import PROJECT
from ..api.shared_file_system import SHARE, SHARE_TRANSFER
from ..language import ALL_FIELDS_IN_API_ORDER, Arg, Json, Noun, Opt
from ..session.cloud import Cloud
from .lists import ALL_PROJECTS, DETAILED, LIMIT, OFFSET, sorting

SORT_KEYS = "id resource_type resource_id name source_project_id destination_project_id created_at expires_at"
BRIEF = "id=ID, name=Name, resource_type=Resource Type, resource_id=Resource Id"
transfer = Noun(
    SHARE_TRANSFER,
    "Manage offers of shares to other projects.",
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


@transfer.shower("create", Arg("share", ref=SHARE), Opt("--name", "Its name."), fields=[ALL_FIELDS_IN_API_ORDER])
def create(cloud: Cloud, body: Json) -> Json:
    """Offer a share to another project; the key is shown only now."""
    return cloud.create(SHARE_TRANSFER, body)


@transfer.lister(
    "list",
    ALL_PROJECTS,
    Opt("--name", "Only those of this name."),
    Opt("--id", "Only the one with this ID."),
    Opt("--resource-type --resource_type", "Only those of this type, which is share."),
    Opt("--resource-id --resource_id", "Only those of this share.", ref=SHARE, key="resource_id"),
    Opt("--source-project-id --source_project_id", "Only those by this project.", ref=PROJECT, key="source_project_id"),
    LIMIT,
    OFFSET,
    sorting(SORT_KEYS, convert=lambda key: "display_name" if key == "name" else key),
    DETAILED,
)
def list_transfers(cloud: Cloud, body: Json, result_limit: int | None) -> Iterator[Json]:
    """List share transfers."""
    return cloud.pages(SHARE_TRANSFER, body, limit=result_limit)


@transfer.action(
    "accept",
    Arg("transfer", names=SHARE_TRANSFER, not_sent=True),
    Arg("auth_key"),
    Opt("--clear-rules --clear_rules", "Forget who may mount it.", is_flag=True, key="clear_access_rules"),
)
def accept(cloud: Cloud, transfer: str, body: Json) -> None:
    """Take a share that is offered."""
    # Whoever accepts it may not look for it: only an ID names it then.
    id = transfer if cloud.like_id(SHARE_TRANSFER, transfer) else cloud.find(SHARE_TRANSFER, transfer)
    path, content = SHARE_TRANSFER.at(id, "accept"), {"accept": {"clear_access_rules": False, **body}}
    cloud.call(SHARE_TRANSFER.service, "POST", path, json=content, microversion=SHARE_TRANSFER.microversion)


transfer.delete()
