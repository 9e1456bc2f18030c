"""Flavors of load balancers: sets of capabilities that users choose from."""

from ..api.load_balancer import BALANCER_FLAVOR, BALANCER_FLAVOR_PROFILE
from ..language import DESCRIPTION, NAME, NEW_DESCRIPTION, Noun, Opt
from .options import enabled, enabling, removed

flavor = Noun(
    BALANCER_FLAVOR,
    "Manage flavors of load balancers.",
    columns=["id= name= flavor_profile_id= enabled="],
    fields=["id name flavor_profile_id enabled description"],
    in_order=True,
)


def profile(help: str, required: bool = False) -> Opt:
    """Return the option for a flavor profile."""
    flags = "--flavorprofile flavor_profile_id"
    return Opt(flags, help, ref=BALANCER_FLAVOR_PROFILE, metavar="PROFILE", required=required)


flavor.create(
    Opt("--name", "Name of the flavor.", required=True),
    profile("Flavor profile.", required=True),
    DESCRIPTION,
    enabling("flavor", "enabled"),
    help="Create a load balancer flavor (admin only).",
)
flavor.list(Opt("--name", "Filter by name."), profile("Filter by flavor profile."), enabled("flavors", "enabled"))
flavor.show()
flavor.set(NAME, NEW_DESCRIPTION, enabling("flavor", "enabled"), help="Update a load balancer flavor (admin only).")
flavor.unset(removed("--description", "Remove the description."))
flavor.delete(help="Delete load balancer flavors (admin only).")
