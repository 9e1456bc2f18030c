"""Onboarding: the subnets of a network become part of a subnet pool."""

from ..api.network import NETWORK, SUBNET_POOL
from ..language import Arg, Cloud

NETWORK_AND_POOL = [Arg("network", "Network.", ref=NETWORK), Arg("subnetpool", "Subnet pool.", ref=SUBNET_POOL)]


def onboard_subnets(cloud: Cloud, network: str, subnetpool: str) -> None:
    """Onboard the subnets of a network into a subnet pool."""
    path = SUBNET_POOL.at(subnetpool, "onboard_network_subnets")
    cloud.call(SUBNET_POOL.service, "PUT", path, json={"network_id": network})
