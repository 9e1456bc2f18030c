"""Share instances: what shares are made of in a backend."""

from __future__ import annotations

from collections.abc import Iterator

from ..api.shared_file_system import SHARE, SHARE_INSTANCE, SHARE_INSTANCE_EXPORT_LOCATION
from ..language import WAIT, Arg, Json, Noun, Opt
from ..session.cloud import Cloud
from .change import something
from .locations import LOCATED, located, place
from .wait import gone

instance = Noun(
    SHARE_INSTANCE,
    "Manage share instances: what shares are made of in a backend.",
    columns=["id share_id host status availability_zone share_network_id share_server_id share_type_id"],
    fields=LOCATED,
)


@instance.lister(
    "list",
    Opt("--share", "Only those of this share.", ref=SHARE, not_sent=True),
    Opt("--export-location", "Only those mounted from this path or ID.", key="*", convert=place, since="2.35"),
)
def list_instances(cloud: Cloud, share: str | None, body: Json) -> Iterator[Json]:
    """List share instances."""
    return cloud.pages(SHARE_INSTANCE, body, path=SHARE.at(share, "instances") if share else "")


instance.show(prepare=located(SHARE_INSTANCE_EXPORT_LOCATION))


@instance.action(
    "set",
    Arg("instance", not_sent=True),
    Opt("--status", "State to set it to by hand: available, error, …."),
    validate=something("There is nothing to set.", "Give --status STATE.", "status"),
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
