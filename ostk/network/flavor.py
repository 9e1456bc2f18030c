"""Network flavors: the kinds of routers and other services that people can choose from."""

from __future__ import annotations

from ..api.network import NETWORK_FLAVOR, NETWORK_FLAVOR_PROFILE
from ..errors import HTTPNotFound
from ..language import DESCRIPTION, NAME, PAGES, Arg, Noun, Opt, target
from ..owner import OWNER
from ..session.cloud import Cloud
from .extra_properties import EXTRA, OTHERS

flavor = Noun(
    NETWORK_FLAVOR,
    "Manage network flavors.",
    columns=["id name enabled service_type description"],
    fields=["description enabled id name service_type service_profiles=service_profile_ids", *OTHERS],
)
SERVICE = Opt("--service-type", "Service it is for, as L3_ROUTER_NAT.", required=True)
ENABLE = Opt("--enable/--disable", "Whether it can be chosen.", key="enabled")
PROFILE = [target(NETWORK_FLAVOR, "flavor"), target(NETWORK_FLAVOR_PROFILE, "service_profile")]

flavor.create(Arg("name"), SERVICE, DESCRIPTION, OWNER, ENABLE, EXTRA)
flavor.list(PAGES)
flavor.show()
flavor.set(DESCRIPTION, ENABLE, NAME, EXTRA)
flavor.delete()


@flavor.action("add profile", PROFILE)
def add_profile(cloud: Cloud, flavor: str, service_profile: str) -> None:
    """Have a flavor be made by a profile."""
    body = {"service_profile": {"id": service_profile}}
    cloud.call(NETWORK_FLAVOR.service, "POST", NETWORK_FLAVOR.at(flavor, "service_profiles"), json=body)


@flavor.action("remove profile", PROFILE)
def remove_profile(cloud: Cloud, flavor: str, service_profile: str) -> None:
    """Remove a service profile from a flavor; no error if the flavor does not have the profile."""
    path = NETWORK_FLAVOR.at(flavor, "service_profiles", service_profile)
    try:
        cloud.call(NETWORK_FLAVOR.service, "DELETE", path)
    except HTTPNotFound:
        if cloud.find_by_id(NETWORK_FLAVOR_PROFILE, service_profile) is None:
            raise
