"""External gateways of routers: a single gateway, or several (extension `external-gateway-multihoming`)."""

from ..api.network import NETWORK, NETWORK_EXTENSION, QOS_POLICY, ROUTER, SUBNET
from ..errors import CatalogError, HTTPNotFound, OstkError
from ..language import Cloud, Json, Opt
from .list_fields import ADDRESS

MULTIHOMING = "external-gateway-multihoming"
NO_MULTIHOMING = f"Several gateways are not supported in this cloud: Neutron lacks the extension {MULTIHOMING}."


def build_gateways(cloud: Cloud, values: Json) -> list[Json]:
    """Build the gateways of a request from option values.

    A fixed IP with a subnet goes to a gateway on the network of that subnet, one without a subnet to the first.

    Args:
        cloud: The cloud; a subnet is fetched if several gateways are given.
        values: The values of `external_gateway`, `fixed_ip`, `enable_snat`, `qos_policy` and `no_qos_policy`.

    Returns:
        A list of {"network_id", "enable_snat", "qos_policy_id", "external_fixed_ips": [...]}.

    Raises:
        OstkError: The subnet of a fixed IP is on none of the networks.
    """
    common: Json = {}
    if values.get("enable_snat") is not None:
        common["enable_snat"] = values["enable_snat"]
    if values.get("qos_policy") or values.get("no_qos_policy"):
        common["qos_policy_id"] = values.get("qos_policy")
    gateways = [{"network_id": network, **common} for network in values.get("external_gateway") or ()]
    for address in values.get("fixed_ip") or () if gateways else ():
        network = gateways[0]["network_id"]
        if len(gateways) > 1 and address.get("subnet_id"):
            network = cloud.fetch(SUBNET, address["subnet_id"])["network_id"]
        candidates = [gateway for gateway in gateways if gateway["network_id"] == network]
        if not candidates:
            raise OstkError(f"Subnet {address['subnet_id']} of --fixed-ip is not on a network of --external-gateway.")
        without_ip = [gateway for gateway in candidates if "external_fixed_ips" not in gateway]
        (without_ip or candidates)[0].setdefault("external_fixed_ips", []).append(address)
    return gateways


def with_single_gateway(cloud: Cloud, body: Json, values: Json) -> Json:
    """Return the request of the router with a single gateway; several gateways are sent in a separate request.

    Raises:
        CatalogError: Several gateways are given, and Neutron lacks the extension for them.
    """
    networks = values["external_gateway"]
    if len(networks) == 1:
        return {**body, "external_gateway_info": build_gateways(cloud, values)[0]}
    if networks and cloud.find_by_id(NETWORK_EXTENSION, MULTIHOMING) is None:
        raise CatalogError(NO_MULTIHOMING)
    return body


def update_gateways(cloud: Cloud, item: Json, body: Json) -> Json | None:
    """Send several gateways in a separate request and return the updated router; None for a single gateway."""
    gateways = build_gateways(cloud, body)
    return send_gateways(cloud, item["id"], "update", gateways) if len(gateways) > 1 else None


def send_gateways(cloud: Cloud, router: str, verb: str, gateways: list[Json]) -> Json:
    """Send `{verb}_external_gateways` for a router and return the updated router.

    Args:
        cloud: The cloud.
        router: ID of the router.
        verb: "add", "update" or "remove".
        gateways: The gateways as `build_gateways` returns them.

    Raises:
        CatalogError: Neutron lacks the extension.
    """
    body = {"router": {"external_gateways": gateways}}
    try:
        reply = cloud.send(ROUTER, "PUT", router, f"{verb}_external_gateways", json=body)
    except HTTPNotFound as error:
        raise CatalogError(NO_MULTIHOMING) from error
    return cloud.unwrap(ROUTER, reply)


GATEWAY = Opt(
    "--external-gateway...",
    "External network for a gateway of the router.",
    ref=NETWORK,
    key="external_gateway",
    action=update_gateways,
)
FIXED_IP = Opt(
    "--fixed-ip...",
    "Fixed IP of the gateway: subnet=SUBNET,ip-address=ADDRESS.",
    type=ADDRESS,
    action=update_gateways,
    admin=True,
)
SNAT = Opt(
    "--enable-snat/--disable-snat",
    "Enable or disable source NAT on the gateway; requires --external-gateway.",
    action=update_gateways,
    admin=True,
)
QOS = Opt("--qos-policy", "QoS policy of the gateway IP.", ref=QOS_POLICY, key="qos_policy", action=update_gateways)
NO_QOS = Opt("--no-qos-policy", "Remove the QoS policy of the gateway IP.", value=True, action=update_gateways)
