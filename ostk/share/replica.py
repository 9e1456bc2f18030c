"""Share replicas: copies of shares that are kept up to date."""

from __future__ import annotations

from collections.abc import Iterable

from ..api.shared_file_system import SHARE, SHARE_NETWORK, SHARE_REPLICA, SHARE_REPLICA_EXPORT_LOCATION
from ..errors import OstkError
from ..language import COUNT, WAIT, Arg, Column, Json, Noun, Opt, Wait, properties, target
from ..render.format import DICT
from ..session.cloud import Cloud
from .change import by_hand, something
from .locations import LOCATED, located
from .metadata import setting, unsetting
from .wait import FORCE, settled
from .wait import delete as remove

PROPERTIES = "2.95"

replica = Noun(
    SHARE_REPLICA,
    "Manage share replicas: copies of shares that are kept up to date.",
    columns=[
        "id status replica_state share_id host availability_zone updated_at",
        Column("metadata", "Properties", format=DICT, since=PROPERTIES),
    ],
    fields=LOCATED,
)


def colons(pairs: Iterable[tuple[str, str]]) -> str:
    """Properties as the query for replicas has them."""
    return ",".join(f"{key}:{value}" for key, value in pairs)


@replica.lister(
    "list",
    Opt("--share", "Only those of this share.", ref=SHARE),
    properties("Only those with this property; may be repeated.", key="metadata", convert=colons, since=PROPERTIES),
)
def list_replicas(cloud: Cloud, body: Json, property: Iterable[tuple[str, str]] | None) -> Iterable[Json]:
    """List share replicas."""
    wanted = dict(property or ())
    for item in cloud.pages(SHARE_REPLICA, body):
        # Where they cannot be asked for so, the service tells of all.
        if not wanted or wanted.items() <= (item.get("metadata") or {}).items():
            yield item


replica.show(prepare=located(SHARE_REPLICA_EXPORT_LOCATION))


def hinted(values: Json) -> None:
    """Refuse hints that there are not."""
    if set(dict(values["scheduler_hint"] or ())) - {"only_host"}:
        raise OstkError("The only hint for share replicas is only_host.")


replica.create(
    Arg("share", ref=SHARE),
    Opt("--availability-zone", "Availability zone to keep it in."),
    WAIT,
    properties("Where to put it: only_host=HOST.", "--scheduler-hint", key="scheduler_hints", since="2.67"),
    Opt("--share-network", "Share network to put it in.", ref=SHARE_NETWORK, since="2.72"),
    properties("Property to give it; may be repeated.", key="metadata", since=PROPERTIES),
    wait=Wait("available"),
    validate=hinted,
)


replica.set(
    Opt(
        "--replica-state",
        "Replica state to set it to by hand.",
        choices="in_sync out_of_sync active error",
        action="reset_replica_state",
    ),
    by_hand(),
    setting(PROPERTIES),
    validate=something(
        "Nothing is to be changed.",
        "Give --replica-state, --status or --property.",
        "replica_state",
        "status",
        "property",
    ),
)
replica.unset(unsetting(PROPERTIES), validate=something("Nothing is to be taken away.", "Give --property.", "property"))


@replica.each("delete", FORCE)
def delete(cloud: Cloud, share_replica: str, force: bool, wait: bool) -> None:
    """Delete share replicas."""
    remove(cloud, SHARE_REPLICA, share_replica, force, wait)


@replica.action(
    "promote",
    target(SHARE_REPLICA, "replica"),
    WAIT,
    Opt("--quiesce-wait-time", "Seconds that the others may take to come to rest.", type=COUNT, since="2.75"),
)
def promote(cloud: Cloud, replica: str, body: Json, wait: bool) -> None:
    """Make a share replica the one that is written to."""
    cloud.act(SHARE_REPLICA, replica, "promote", body or None)
    if wait:
        settled(cloud, SHARE_REPLICA, replica, "active", "replica_state")


@replica.action("resync", target(SHARE_REPLICA, "replica"))
def resync(cloud: Cloud, replica: str) -> None:
    """Bring a share replica up to date with the one that is written to."""
    cloud.act(SHARE_REPLICA, replica, "resync")
