"""Onboarding: the subnets of a network become part of a subnet pool."""

from ..api.network import NETWORK, SUBNET_POOL
from ..language import Arg, Cloud

NETWORK_AND_POOL = [Arg("network", "Network.", ref=NETWORK), Arg("subnetpool", "Subnet pool.", ref=SUBNET_POOL)]


def onboard_subnets(cloud: Cloud, network: str, subnetpool: str) -> None:
    """Onboard the subnets of a network into a subnet pool."""
    cloud.send(SUBNET_POOL, "PUT", subnetpool, "onboard_network_subnets", json={"network_id": network})
