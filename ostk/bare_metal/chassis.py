"""Chassis: groups of nodes."""

from ..api.bare_metal import CHASSIS
from ..language import ALL_FIELDS_IN_API_ORDER, DESCRIPTION, Cloud, Json, Opt, without
from .changes import EXTRA, UNSET_EXTRA, removals
from .verbs import add_delete, add_list, add_set, add_show, add_unset, described

chassis = described(
    CHASSIS, "Manage chassis of bare metal nodes.", "uuid description created_at updated_at extra", "uuid description"
)
add_list(chassis, help="List chassis.", detail="/chassis/detail")
add_show(chassis, dropped=["nodes"])
add_set(chassis, DESCRIPTION, EXTRA)
add_unset(chassis, removals("description"), UNSET_EXTRA)
add_delete(chassis, help="Delete chassis.")


@chassis.shower("create", DESCRIPTION, EXTRA, Opt("--uuid", "UUID of the chassis."), fields=[ALL_FIELDS_IN_API_ORDER])
def create(cloud: Cloud, body: Json) -> Json:
    """Create a chassis."""
    return without(cloud.send(CHASSIS, "POST", json=body), "links", "nodes")
