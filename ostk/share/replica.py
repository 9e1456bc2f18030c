"""Share replicas: synchronized copies of a share in other pools."""

from collections.abc import Iterable

from ..api.shared_file_system import SHARE, SHARE_NETWORK, SHARE_REPLICA, SHARE_REPLICA_EXPORT_LOCATION
from ..errors import OstkError
from ..language import COUNT, WAIT, Arg, Cloud, Column, Json, Noun, Opt, Wait, properties, require_any, target
from ..render.format import DICT
from .export_location_details import FIELDS_WITH_EXPORT_LOCATIONS, add_export_locations
from .field_options import FORCE_DELETE, reset_status_option
from .metadata import new_property_option, set_property_option, unset_property_option

PROPERTIES_SINCE = "2.95"

replica = Noun(
    SHARE_REPLICA,
    "Manage share replicas.",
    columns=[
        "id status replica_state share_id host availability_zone updated_at",
        Column("metadata", "Properties", format=DICT, since=PROPERTIES_SINCE),
    ],
    fields=FIELDS_WITH_EXPORT_LOCATIONS,
)


def property_query(pairs: Iterable[tuple[str, str]]) -> str:
    """Return the value of the query `metadata` for a list of replicas: `key:value,key:value`."""
    return ",".join(f"{key}:{value}" for key, value in pairs)


@replica.lister(
    "list",
    Opt("--share", "Filter by share.", ref=SHARE),
    properties("Filter by property: KEY=VALUE.", key="metadata", convert=property_query, since=PROPERTIES_SINCE),
)
def list_replicas(cloud: Cloud, body: Json, property: Iterable[tuple[str, str]] | None) -> Iterable[Json]:
    """List share replicas."""
    required = dict(property or ())
    for item in cloud.pages(SHARE_REPLICA, body):
        # Manila 23.0 ignores the filter: GET /share-replicas/detail?metadata=a:b lists all replicas.
        if not required or required.items() <= (item.get("metadata") or {}).items():
            yield item


replica.show(prepare=add_export_locations(SHARE_REPLICA_EXPORT_LOCATION))


def validate_hints(values: Json) -> None:
    """Raise OstkError for a scheduler hint other than only_host."""
    if unknown := set(dict(values["scheduler_hint"] or ())) - {"only_host"}:
        hint = ", ".join(sorted(unknown))
        raise OstkError(f"The scheduler hint {hint} is unknown.", "Share replicas have the hint only_host.")


replica.create(
    Arg("share", "Share to replicate.", ref=SHARE),
    Opt("--availability-zone", "Availability zone."),
    WAIT,
    properties("Scheduler hint: only_host=HOST.", "--scheduler-hint", key="scheduler_hints", since="2.67"),
    Opt("--share-network", "Share network.", ref=SHARE_NETWORK, since="2.72"),
    new_property_option(PROPERTIES_SINCE),
    wait=Wait("available"),
    validate=validate_hints,
)


replica.set(
    Opt(
        "--replica-state",
        "Reset the replica state, without any change on the backend.",
        choices="in_sync out_of_sync active error",
        action="reset_replica_state",
        admin=True,
    ),
    reset_status_option("share replica"),
    set_property_option(PROPERTIES_SINCE),
    validate=require_any("set", "--replica-state", "--status", "--property"),
)
replica.unset(
    unset_property_option(PROPERTIES_SINCE),
    help="Remove properties of a share replica.",
    validate=require_any("remove", "--property"),
)
replica.delete(FORCE_DELETE, WAIT, wait=Wait("deleted"))


@replica.action(
    "promote",
    target(SHARE_REPLICA, "replica"),
    WAIT,
    Opt("--quiesce-wait-time", "Quiesce wait time, in seconds.", type=COUNT, since="2.75"),
    wait=Wait("active", key="replica_state"),
)
def promote(cloud: Cloud, replica: str, body: Json) -> str:
    """Promote a share replica to the active replica."""
    cloud.act(SHARE_REPLICA, replica, "promote", body or None)
    return replica


@replica.action("resync", target(SHARE_REPLICA, "replica"), wait=Wait("in_sync active", key="replica_state"))
def resync(cloud: Cloud, replica: str) -> str:
    """Resync a share replica with the active replica (admin only)."""
    cloud.act(SHARE_REPLICA, replica, "resync")
    return replica
