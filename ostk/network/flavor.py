"""Network flavors: selectable variants of a service type, e.g. of routers (L3_ROUTER_NAT)."""

from ..api.network import NETWORK_FLAVOR, NETWORK_FLAVOR_PROFILE
from ..errors import HTTPNotFound
from ..language import DESCRIPTION, NAME, NEW_DESCRIPTION, PAGES, Arg, Cloud, Noun, Opt, target
from ..owner import OWNER
from .extra_properties import EXTRA
from .fields import OTHER_FIELDS

flavor = Noun(
    NETWORK_FLAVOR,
    "Manage network flavors.",
    columns=["id name enabled service_type description"],
    fields=["description enabled id name service_type service_profiles=service_profile_ids", *OTHER_FIELDS],
    admin="create set delete",
)
SERVICE = Opt("--service-type", "Service type of the flavor, e.g. L3_ROUTER_NAT.", required=True)
ENABLE = Opt("--enable/--disable", "Enable or disable the flavor.", key="enabled")
FLAVOR_AND_PROFILE = [
    target(NETWORK_FLAVOR, "flavor"),
    target(NETWORK_FLAVOR_PROFILE, "service_profile", "Service profile."),
]

flavor.create(Arg("name", "Name of the flavor."), SERVICE, DESCRIPTION, OWNER, ENABLE, EXTRA)
flavor.list(PAGES)
flavor.show()
flavor.set(NEW_DESCRIPTION, ENABLE, NAME, EXTRA)
flavor.delete()


@flavor.action("add profile", FLAVOR_AND_PROFILE)
def add_profile(cloud: Cloud, flavor: str, service_profile: str) -> None:
    """Associate a flavor with a service profile (admin only)."""
    body = {"service_profile": {"id": service_profile}}
    cloud.send(NETWORK_FLAVOR, "POST", flavor, "service_profiles", json=body)


@flavor.action("remove profile", FLAVOR_AND_PROFILE)
def remove_profile(cloud: Cloud, flavor: str, service_profile: str) -> None:
    """Disassociate a flavor from a service profile (admin only)."""
    try:
        cloud.send(NETWORK_FLAVOR, "DELETE", flavor, "service_profiles", service_profile)
    except HTTPNotFound:
        if cloud.find_by_id(NETWORK_FLAVOR_PROFILE, service_profile) is None:
            raise
