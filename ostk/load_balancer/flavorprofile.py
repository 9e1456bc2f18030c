"""Flavor profiles of load balancers: the settings of a provider for a flavor."""

from ..api.load_balancer import BALANCER_FLAVOR_PROFILE, PROVIDER
from ..language import NAME, Noun, Opt

flavorprofile = Noun(
    BALANCER_FLAVOR_PROFILE,
    "Manage flavor profiles of load balancers: provider settings (admin only).",
    columns=["id= name= provider_name="],
    fields=["id name provider_name flavor_data"],
    in_order=True,
)
DATA = 'Flavor data as JSON, e.g. \'{"loadbalancer_topology": "SINGLE"}\'.'
flavorprofile.create(
    Opt("--name", "Name of the flavor profile.", required=True),
    Opt("--provider provider_name", "Provider.", names=PROVIDER, required=True),
    Opt("--flavor-data", DATA, required=True),
)
flavorprofile.list(
    Opt("--name", "Filter by name."), Opt("--provider provider_name", "Filter by provider.", names=PROVIDER)
)
flavorprofile.show()
flavorprofile.set(NAME, Opt("--provider provider_name", "Provider.", names=PROVIDER), Opt("--flavor-data", DATA))
flavorprofile.delete()
