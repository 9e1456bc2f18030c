"""Volume transfer requests: the transfer of a volume to another project, created by one and accepted by the other."""

from operator import not_

from ..api.block_storage import VOLUME, VOLUME_TRANSFER
from ..language import Arg, Cloud, Items, Json, Noun, Opt, Resource
from ..record import replace
from .list_options import ALL_TENANTS_QUERY

CINDER = VOLUME_TRANSFER.service
TRANSFER_REQUEST = Arg("transfer_request", "Volume transfer request.", names=VOLUME_TRANSFER)

request = Noun(
    VOLUME_TRANSFER,
    "Manage volume transfer requests.",
    columns=["id name volume_id=Volume"],
    fields=["created_at id name volume_id"],
)


def transfer_resource(cloud: Cloud) -> Resource:
    """Return the resource type of transfers; before API 3.55 the path is /os-volume-transfer."""
    if cloud.supports(CINDER, "3.55"):
        return VOLUME_TRANSFER
    return replace(VOLUME_TRANSFER, path="/os-volume-transfer", list="/os-volume-transfer/detail")


@request.lister("list", ALL_TENANTS_QUERY)
def list_requests(cloud: Cloud, body: Json) -> Items:
    """List volume transfer requests."""
    return cloud.pages(transfer_resource(cloud), body)


@request.shower("show", TRANSFER_REQUEST)
def show(cloud: Cloud, transfer_request: str) -> Json:
    """Show a volume transfer request."""
    return cloud.get(transfer_resource(cloud), transfer_request)


@request.shower(
    "create",
    Arg("volume", "Volume to transfer.", ref=VOLUME),
    Opt("--name", "Name of the transfer request."),
    Opt(
        "--snapshots/--no-snapshots",
        "Transfer the volume with or without snapshots (default: with).",
        key="no_snapshots",
        convert=not_,
        since="3.55",
    ),
    fields=["auth_key created_at id name volume_id"],
)
def create(cloud: Cloud, body: Json) -> Json:
    """Create a volume transfer request. The authorization key is shown only once."""
    return cloud.create(transfer_resource(cloud), body)


@request.shower(
    "accept",
    TRANSFER_REQUEST,
    Opt("--auth-key", "Authorization key of the transfer request.", required=True),
    fields=["id name volume_id"],
)
def accept(cloud: Cloud, transfer_request: str, body: Json) -> Json:
    """Accept a volume transfer request: take over the volume."""
    resource = transfer_resource(cloud)
    # The project that accepts a transfer cannot list or get it, so an ID is not looked up.
    is_id = cloud.like_id(resource, transfer_request)
    path = resource.at(transfer_request if is_id else cloud.find(resource, transfer_request), "accept")
    reply = cloud.call(CINDER, "POST", path, json={"accept": body}, microversion=resource.microversion)
    return cloud.unwrap(resource, reply)


@request.each("delete")
def delete(cloud: Cloud, volume_transfer_request: str) -> None:
    """Delete volume transfer requests."""
    resource = transfer_resource(cloud)
    cloud.delete(resource, cloud.find(resource, volume_transfer_request))
