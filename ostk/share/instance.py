"""Share instances: the instances of a share on the backends; more than one for a replicated or migrating share."""

from ..api.shared_file_system import SHARE, SHARE_INSTANCE, SHARE_INSTANCE_EXPORT_LOCATION
from ..language import WAIT, Arg, Cloud, Items, Json, Noun, Opt, Value, Wait, require_any
from .export_location_details import EXPORT_LOCATION_FILTER, FIELDS_WITH_EXPORT_LOCATIONS, add_export_locations

instance = Noun(
    SHARE_INSTANCE,
    "Manage share instances.",
    columns=["id share_id host status availability_zone share_network_id share_server_id share_type_id"],
    fields=FIELDS_WITH_EXPORT_LOCATIONS,
    admin="show",
)


@instance.lister("list", Value("--share", "Filter by share.", ref=SHARE), EXPORT_LOCATION_FILTER)
def list_instances(cloud: Cloud, share: str | None, body: Json) -> Items:
    """List share instances (admin only)."""
    return cloud.pages(SHARE_INSTANCE, body, path=SHARE.at(share, "instances") if share else "")


instance.show(prepare=add_export_locations(SHARE_INSTANCE_EXPORT_LOCATION))


@instance.action(
    "set",
    Arg("instance", "ID of the share instance.", not_sent=True),
    Opt("--status", "Reset the status of the share instance, e.g. to available or error.", admin=True),
    validate=require_any("set", "--status"),
)
def reset_status(cloud: Cloud, instance: str, body: Json) -> None:
    """Reset the status of a share instance (admin only)."""
    cloud.act(SHARE_INSTANCE, instance, "reset_status", body)


@instance.each("delete", WAIT, wait=Wait("deleted"))
def delete(cloud: Cloud, share_instance: str) -> str:
    """Force-delete share instances, regardless of status (admin only). The data on the instances is lost."""
    cloud.act(SHARE_INSTANCE, share_instance, "force_delete")
    return share_instance
