"""External gateways of routers: the way out of the cloud."""

from __future__ import annotations

from ..api.network import NETWORK, NETWORK_EXTENSION, QOS_POLICY, ROUTER, SUBNET
from ..errors import CatalogError, HTTPNotFound, OstkError
from ..language import Json, Opt
from ..session.cloud import Cloud
from .lists import ADDRESS

SEVERAL = "external-gateway-multihoming"
LACKING = f"A router has one gateway in this cloud: Neutron lacks the extension {SEVERAL}."


def gateways(cloud: Cloud, given: Json) -> list[Json]:
    """The gateways that options ask for, as Neutron has them; `given` are their values by name."""
    common: Json = {}
    if given.get("enable_snat") is not None:
        common["enable_snat"] = given["enable_snat"]
    if given.get("qos_policy") or given.get("no_qos_policy"):
        common["qos_policy_id"] = given.get("qos_policy")
    found = [{"network_id": network, **common} for network in given.get("external_gateway") or ()]
    for address in given.get("fixed_ip") or () if found else ():
        network = found[0]["network_id"]
        if len(found) > 1 and address.get("subnet_id"):
            network = cloud.fetch(SUBNET, address["subnet_id"])["network_id"]
        there = [one for one in found if one["network_id"] == network]
        if not there:
            raise OstkError(f"The subnet {address['subnet_id']} is on none of the networks of the gateways.")
        free = [one for one in there if "external_fixed_ips" not in one]
        (free or there)[0].setdefault("external_fixed_ips", []).append(address)
    return found


def place(cloud: Cloud, body: Json, values: Json) -> None:
    """Ask for one gateway in the same request. Errors: CatalogError for several where Neutron has one."""
    wanted = values["external_gateway"]
    if len(wanted) == 1:
        body["external_gateway_info"] = gateways(cloud, values)[0]
    elif wanted and cloud.find_by_id(NETWORK_EXTENSION, SEVERAL) is None:
        raise CatalogError(LACKING)


def several(cloud: Cloud, item: Json, body: Json) -> Json | None:
    """Give a router several gateways, which is a request of its own; the router as it is then."""
    found = gateways(cloud, body)
    return change(cloud, item["id"], "update", found) if len(found) > 1 else None


def change(cloud: Cloud, router: str, verb: str, found: list[Json]) -> Json:
    """Add, update or remove external gateways of a router; the router as it is then."""
    body = {"router": {"external_gateways": found}}
    try:
        reply = cloud.call(ROUTER.service, "PUT", ROUTER.at(router, f"{verb}_external_gateways"), json=body)
    except HTTPNotFound as error:
        raise CatalogError(LACKING) from error
    return cloud.unwrap(ROUTER, reply)


GATEWAY = Opt(
    "--external-gateway",
    "Network to reach the outside by; repeatable.",
    ref=NETWORK,
    key="external_gateway",
    multiple=True,
    action=several,
)
FIXED_IP = Opt(
    "--fixed-ip", "Address outside: subnet=,ip-address=; repeatable.", type=ADDRESS, multiple=True, action=several
)
SNAT = Opt("--enable-snat/--disable-snat", "Whether it translates source addresses.", action=several)
QOS = Opt("--qos-policy", "QoS policy of its gateway.", ref=QOS_POLICY, key="qos_policy", action=several)
NO_QOS = Opt("--no-qos-policy", "No QoS policy of its gateway.", value=True, action=several)
