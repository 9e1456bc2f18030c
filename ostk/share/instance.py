"""Share instances: what shares are made of in a backend."""

from __future__ import annotations

from collections.abc import Iterator

from ..errors import OstkError
from ..kinds import SHARE, SHARE_INSTANCE, SHARE_INSTANCE_EXPORT_LOCATION
from ..language import WAIT, Arg, Column, Json, Noun, Opt
from ..session.cloud import Cloud
from .locations import LOCATIONS, locations, place
from .told import as_told
from .wait import gone

instance = Noun(
    SHARE_INSTANCE,
    "Manage share instances: what shares are made of in a backend.",
    columns=["id share_id host status availability_zone share_network_id share_server_id share_type_id"],
)


@instance.lister(
    "list",
    Opt("--share", "Only those of this share.", ref=SHARE, local=True),
    Opt("--export-location", "Only those mounted from this path or ID.", key="*", convert=place, since="2.35"),
)
def list_instances(cloud: Cloud, share: str | None, body: Json) -> Iterator[Json]:
    """List share instances."""
    return cloud.pages(SHARE_INSTANCE, body, path=SHARE.at(share, "instances") if share else "")


@instance.shower("show", Arg("instance", local=True), fields=())
def show(cloud: Cloud, instance: str) -> tuple[list[Column], Json]:
    """Show a share instance."""
    item = cloud.get(SHARE_INSTANCE, instance)
    item["export_locations"] = locations(cloud, SHARE_INSTANCE_EXPORT_LOCATION, item["id"])
    return as_told(item, {"export_locations": LOCATIONS})


def something(values: Json) -> None:
    """Refuse to set nothing."""
    if not values["status"]:
        raise OstkError("There is nothing to set.", "Give --status STATE.")


@instance.action(
    "set",
    Arg("instance", local=True),
    Opt("--status", "State to set it to by hand: available, error, …."),
    refuse=something,
)
def set_status(cloud: Cloud, instance: str, body: Json) -> None:
    """Set the state of a share instance by hand."""
    cloud.act(SHARE_INSTANCE, instance, "reset_status", body)


@instance.each("delete", WAIT)
def delete(cloud: Cloud, share_instance: str, wait: bool) -> None:
    """Delete share instances, whatever state they are in."""
    cloud.act(SHARE_INSTANCE, share_instance, "force_delete")
    if wait:
        gone(cloud, SHARE_INSTANCE, share_instance)
