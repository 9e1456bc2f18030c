"""The older name of `subnet pool add network`."""

from ..api.network import SUBNET_POOL
from ..language import Noun
from .subnet_onboarding import NETWORK_AND_POOL, onboard_subnets

onboard = Noun(SUBNET_POOL, "Onboard subnets of a network into a subnet pool.")
onboard.action("subnet", NETWORK_AND_POOL)(onboard_subnets)
