"""Availability zone profiles of load balancers: the settings of a provider for an availability zone."""

from ..api.load_balancer import BALANCER_ZONE_PROFILE, PROVIDER
from ..language import NAME, Noun, Opt

availabilityzoneprofile = Noun(
    BALANCER_ZONE_PROFILE,
    "Manage availability zone profiles of load balancers: provider settings (admin only).",
    columns=["id= name= provider_name="],
    fields=["id name provider_name availability_zone_data"],
    in_order=True,
)
DATA = 'Availability zone data as JSON, e.g. \'{"compute_zone": "nova"}\'.'
availabilityzoneprofile.create(
    Opt("--name", "Name of the availability zone profile.", required=True),
    Opt("--provider provider_name", "Provider.", names=PROVIDER, required=True),
    Opt("--availability-zone-data", DATA, required=True),
)
availabilityzoneprofile.list(
    Opt("--name", "Filter by name."), Opt("--provider provider_name", "Filter by provider.", names=PROVIDER)
)
availabilityzoneprofile.show()
availabilityzoneprofile.set(
    NAME, Opt("--provider provider_name", "Provider.", names=PROVIDER), Opt("--availability-zone-data", DATA)
)
availabilityzoneprofile.delete()
