"""Onboarding: add the subnets of a network to a subnet pool."""

from __future__ import annotations

from ..api.network import NETWORK, SUBNET_POOL
from ..language import Arg
from ..session.cloud import Cloud

NETWORK_INTO_POOL = [Arg("network", ref=NETWORK), Arg("subnetpool", ref=SUBNET_POOL)]


def onboard(cloud: Cloud, network: str, subnetpool: str) -> None:
    """Take the subnets of a network into a subnet pool."""
    path = SUBNET_POOL.at(subnetpool, "onboard_network_subnets")
    cloud.call(SUBNET_POOL.service, "PUT", path, json={"network_id": network})
