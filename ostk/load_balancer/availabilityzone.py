"""Availability zones of load balancers."""

from ..api.load_balancer import BALANCER_ZONE, BALANCER_ZONE_PROFILE
from ..language import DESCRIPTION, NEW_DESCRIPTION, Noun, Opt
from .options import enabled, enabling, removed

availabilityzone = Noun(
    BALANCER_ZONE,
    "Manage availability zones of load balancers.",
    columns=["name= availability_zone_profile_id= enabled="],
    fields=["name availability_zone_profile_id enabled description"],
    in_order=True,
)


def profile(help: str, required: bool = False) -> Opt:
    """Return the option for an availability zone profile."""
    flags = "--availabilityzoneprofile availability_zone_profile_id"
    return Opt(flags, help, ref=BALANCER_ZONE_PROFILE, metavar="PROFILE", required=required)


availabilityzone.create(
    Opt("--name", "Name of the availability zone.", required=True),
    profile("Availability zone profile.", required=True),
    DESCRIPTION,
    enabling("availability zone", "enabled"),
    help="Create a load balancer availability zone (admin only).",
)
availabilityzone.list(
    Opt("--name", "Filter by name."),
    profile("Filter by availability zone profile."),
    enabled("availability zones", "enabled"),
)
availabilityzone.show()
availabilityzone.set(
    NEW_DESCRIPTION,
    enabling("availability zone", "enabled"),
    help="Update a load balancer availability zone (admin only).",
)
availabilityzone.unset(removed("--description", "Remove the description."))
availabilityzone.delete(help="Delete load balancer availability zones (admin only).")
