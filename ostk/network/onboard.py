"""Taking the subnets of a network into a subnet pool, under an older name."""

from __future__ import annotations

from ..api.network import SUBNET_POOL
from ..language import Noun
from .subnet_onboarding import NETWORK_INTO_POOL
from .subnet_onboarding import onboard as take_in

onboard = Noun(SUBNET_POOL, "Take subnets into subnet pools.")
onboard.action("subnet", NETWORK_INTO_POOL)(take_in)
