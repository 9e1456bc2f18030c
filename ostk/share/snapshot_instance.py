"""Share snapshot instances: the instances of a snapshot on the backends, one for each instance of the share."""

from ..api.shared_file_system import SHARE_SNAPSHOT, SHARE_SNAPSHOT_INSTANCE, SHARE_SNAPSHOT_INSTANCE_EXPORT_LOCATION
from ..language import Flag, Noun, Opt
from .export_location_details import FIELDS_WITH_EXPORT_LOCATIONS, add_export_locations
from .field_options import RESET_STATUSES

instance = Noun(
    SHARE_SNAPSHOT_INSTANCE,
    "Manage share snapshot instances.",
    columns=["id snapshot_id status"],
    long=["created_at updated_at share_id share_instance_id progress provider_location"],
    fields=FIELDS_WITH_EXPORT_LOCATIONS,
    admin="list show",
)
instance.list(
    Opt("--snapshot", "Filter by share snapshot.", ref=SHARE_SNAPSHOT), Flag("--detailed long", "Show more columns.")
)
instance.show(prepare=add_export_locations(SHARE_SNAPSHOT_INSTANCE_EXPORT_LOCATION))
instance.set(
    Opt(
        "--status",
        "Reset the status of the share snapshot instance.",
        choices=RESET_STATUSES,
        default="available",
        action="reset_status",
    ),
    help="Reset the status of a share snapshot instance (admin only).",
)
