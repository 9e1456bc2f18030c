"""Volume transfer requests: offers of volumes to other projects."""

from __future__ import annotations

from collections.abc import Iterator
from operator import not_

from ..api.block_storage import VOLUME, VOLUME_TRANSFER
from ..language import Arg, Json, Noun, Opt, Resource
from ..record import replace
from ..session.cloud import Cloud
from .lists import ALL_TENANTS_QUERY

CINDER = VOLUME_TRANSFER.service

request = Noun(
    VOLUME_TRANSFER,
    "Manage offers of volumes to other projects.",
    columns=["id name volume_id=Volume"],
    fields=["created_at id name volume_id"],
)


def transfers(cloud: Cloud) -> Resource:
    """The kind of them, which was elsewhere before 3.55."""
    if cloud.supports(CINDER, "3.55"):
        return VOLUME_TRANSFER
    return replace(VOLUME_TRANSFER, path="/os-volume-transfer", list="/os-volume-transfer/detail")


@request.lister("list", ALL_TENANTS_QUERY)
def list_requests(cloud: Cloud, body: Json) -> Iterator[Json]:
    """List volume transfer requests."""
    return cloud.pages(transfers(cloud), body)


@request.shower("show", Arg("transfer_request", names=VOLUME_TRANSFER, not_sent=True))
def show(cloud: Cloud, transfer_request: str) -> Json:
    """Show a volume transfer request."""
    return cloud.get(transfers(cloud), transfer_request)


@request.shower(
    "create",
    Arg("volume", ref=VOLUME),
    Opt("--name", "Its name."),
    Opt("--snapshots/--no-snapshots", "With its snapshots or not.", key="no_snapshots", convert=not_, since="3.55"),
    fields=["auth_key created_at id name volume_id"],
)
def create(cloud: Cloud, body: Json) -> Json:
    """Offer a volume to another project; the key is shown only now."""
    resource = transfers(cloud)
    return cloud.create(resource, body)


@request.shower(
    "accept",
    Arg("transfer_request", names=VOLUME_TRANSFER, not_sent=True),
    Opt("--auth-key", "Key that was shown when it was made.", required=True),
    fields=["id name volume_id"],
)
def accept(cloud: Cloud, transfer_request: str, body: Json) -> Json:
    """Take a volume that is offered."""
    resource = transfers(cloud)
    # Whoever accepts it may not look for it: only an ID names it then.
    id = transfer_request if cloud.like_id(resource, transfer_request) else cloud.find(resource, transfer_request)
    path, content = resource.at(id, "accept"), {"accept": body}
    return cloud.unwrap(resource, cloud.call(CINDER, "POST", path, json=content, microversion=resource.microversion))


@request.each("delete")
def delete(cloud: Cloud, volume_transfer_request: str) -> None:
    """Delete volume transfer requests."""
    resource = transfers(cloud)
    cloud.delete(resource, cloud.find(resource, volume_transfer_request))
