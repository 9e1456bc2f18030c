"""New load balancers, with their listeners, pools, members and health monitors in one request."""

from collections.abc import Sequence
from typing import Any

from ..api.load_balancer import BALANCER_FLAVOR, BALANCER_ZONE, LOAD_BALANCER, PROVIDER
from ..api.network import NETWORK, PORT, SUBNET
from ..errors import OstkError
from ..language import DESCRIPTION, WAIT, Cloud, Json, KeyValues, Noun, Opt
from ..language.options import FullOpt
from ..owner import OWNER
from ..tags import NEW_FIELD_TAGS
from .balancer_fields import FIELDS, FORMATS, VIP_QOS_POLICY, VIP_SECURITY_GROUPS, with_policy
from .options import DEFAULTS, READY, enabling

NUMBERS = ("protocol_port", "monitor_port", "weight", "delay", "timeout", "max_retries", "max_retries_down")
UPPER = ("protocol", "lb_algorithm", "type", "http_method")
loadbalancer = Noun(LOAD_BALANCER, "Manage load balancers.", fields=FIELDS, formats=FORMATS, in_order=True)


def part(flag: str, help: str, **keys: Any) -> Opt:
    """Return an option for parts of the new load balancer, whose keys are named as options of other commands."""
    return FullOpt(flag, help, type=KeyValues(**keys), multiple=True, not_sent=True)


PART_OPTIONS = [
    part(
        "--listener listeners",
        "Listener to create: protocol=HTTP,protocol-port=80; also name, default-pool, connection-limit.",
        required="protocol protocol-port",
        optional="name default-pool connection-limit",
    ),
    part(
        "--pool pools",
        "Pool to create: protocol=HTTP; also name, lb-algorithm (default: ROUND_ROBIN).",
        required="protocol",
        optional="name lb-algorithm",
    ),
    part(
        "--member members",
        "Member to create: address=IP,protocol-port=80; also name, subnet-id, weight, pool and others.",
        required="address protocol-port",
        optional="name subnet-id weight backup monitor-port monitor-address pool",
        refs={"subnet-id": SUBNET},
    ),
    part(
        "--healthmonitor healthmonitors",
        "Health monitor to create: type=HTTP,delay=5,timeout=3,max-retries=3; also url-path and others.",
        required="type delay timeout max-retries",
        optional="name http-method url-path expected-codes max-retries-down pool",
    ),
]


def request_fields(part: dict[str, str]) -> Json:
    """Return a part of the command line as request fields: numbers for numbers, an underscore for each dash."""
    found: Json = {}
    for key, value in part.items():
        name = key.replace("-", "_")
        found[name] = int(value) if name in NUMBERS else value.upper() if name in UPPER else value
    return found


def validate_parts(values: Json) -> None:
    """Reject a load balancer without a place for its VIP, numbers that are none, and parts of unknown pools."""
    if not (values["vip_subnet_id"] or values["vip_network_id"] or values["vip_port_id"]):
        raise OstkError("A load balancer needs one of --vip-subnet-id, --vip-network-id, --vip-port-id.")
    if values["vip_network_id"] and values["vip_port_id"]:
        raise OstkError("--vip-network-id and --vip-port-id exclude each other.")
    pools, inner = values["pools"], (*values["members"], *values["healthmonitors"])
    names = [pool.get("name") for pool in pools]
    for part in (*values["listeners"], *pools, *inner):
        for key, value in part.items():
            if key.replace("-", "_") in NUMBERS and not value.isdecimal():
                raise OstkError(f"{key}={value}: {value!r} is not a number.")
        if (name := part.get("pool") or part.get("default-pool")) and name not in names:
            raise OstkError(f"No --pool has name={name}.")
    if len(pools) != 1 and any("pool" not in part for part in inner):
        raise OstkError("Say which --pool each --member and --healthmonitor belongs to: pool=NAME.")


def parts_in(pool: Json, parts: Sequence[dict[str, str]]) -> list[Json]:
    """Return the members or health monitors of a pool, as request fields."""
    found = [request_fields(part) for part in parts if part.get("pool", pool["name"]) == pool["name"]]
    return [{key: value for key, value in part.items() if key != "pool"} for part in found]


def tree_of(values: Json) -> Json:
    """Return the listeners and pools of a request, with members and health monitors in their pools."""
    pools = [{"lb_algorithm": "ROUND_ROBIN", "name": "pool", **request_fields(pool)} for pool in values["pools"]]
    for pool in pools:
        members, monitors = parts_in(pool, values["members"]), parts_in(pool, values["healthmonitors"])
        pool |= {"members": members} if members else {}
        pool |= {"healthmonitor": monitors[0]} if monitors else {}
    only = {"default_pool": pools[0]["name"]} if len(pools) == 1 else {}
    listeners = [{**only, **request_fields(one)} for one in values["listeners"]]
    for listener in listeners:
        listener |= {"default_pool": {"name": listener["default_pool"]}} if "default_pool" in listener else {}
    return {key: parts for key, parts in (("listeners", listeners), ("pools", pools)) if parts}


def with_parts(cloud: Cloud, body: Json, values: Json) -> Json:
    """Return the request with the QoS policy and the parts."""
    return {**with_policy(cloud, body, values), **tree_of(values)}


loadbalancer.create(
    Opt("--name", "Name of the load balancer."),
    DESCRIPTION,
    Opt("--vip-address", "IP address of the VIP."),
    Opt("--vip-port-id", "Port of the VIP.", ref=PORT),
    Opt("--vip-subnet-id", "Subnet of the VIP.", ref=SUBNET),
    Opt("--vip-network-id", "Network of the VIP.", ref=NETWORK),
    VIP_QOS_POLICY,
    Opt(
        "--additional-vip...",
        "Additional VIP: subnet-id=SUBNET[,ip-address=IP], where SUBNET is a name or ID.",
        key="additional_vips",
        type=KeyValues("subnet-id", "ip-address", refs={"subnet-id": SUBNET}),
        convert=lambda vips: [request_fields(vip) for vip in vips],
    ),
    VIP_SECURITY_GROUPS,
    OWNER,
    Opt("--provider", "Provider of the load balancer.", names=PROVIDER),
    Opt("--availability-zone", "Availability zone of the load balancer.", names=BALANCER_ZONE),
    enabling("load balancer"),
    Opt("--flavor", "Flavor of the load balancer.", ref=BALANCER_FLAVOR, metavar="FLAVOR"),
    PART_OPTIONS,
    WAIT,
    NEW_FIELD_TAGS,
    defaults=DEFAULTS,
    wait=READY,
    prepare=with_parts,
    validate=validate_parts,
    help="Create a load balancer, optionally with listeners, pools, members and health monitors.",
)
