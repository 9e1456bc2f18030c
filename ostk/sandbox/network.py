"""Network: networks, subnets and their addresses, ports, routers, floating IPs, security groups, quotas."""

from __future__ import annotations

import os
from ipaddress import ip_address, ip_network
from typing import Any

from .engine import NEEDED, Collection, Manner, links, on, serve
from .identity import tags_match
from .quotas import Quotas
from .store import Json
from .wire import Answer, Ask, Refusal

QUOTAS = Quotas(
    "network",
    {
        "network": 100, "subnet": 100, "subnetpool": -1, "port": 500, "router": 10, "floatingip": 50,
        "rbac_policy": 10, "security_group": 10, "security_group_rule": 100, "trunk": -1,
    },
)  # fmt: skip


def fault(ask: Ask, refusal: Refusal) -> Answer:
    """A refusal in Neutron's words."""
    if refusal.status == 401:
        told = {"code": 401, "title": "Unauthorized", "message": refusal.message}
        return Answer({"error": told}, 0, {"WWW-Authenticate": f'Keystone uri="{ask.host}/identity"'})
    kind = refusal.type or "HTTPBadRequest"
    return Answer({"NeutronError": {"type": kind, "message": refusal.message, "detail": ""}})


def stamp(ask: Ask, item: Json, new: bool) -> None:
    """Times, the older name of the project, and how often it was changed."""
    if new:
        item.update(created_at=ask.time(), revision_number=-1)
        item.setdefault("tags", [])
        if "project_id" in item:
            item["tenant_id"] = item["project_id"]
    first = 1 if new and "admin_state_up" in item else 0
    item.update(updated_at=ask.time(), revision_number=item["revision_number"] + 1 + first)


def public(ask: Ask) -> Answer | None:
    """The version document."""
    if ask.path.rstrip("/") != "/network":
        return None
    link = {"rel": "self", "href": f"{ask.host}/network/v2.0/"}
    return Answer({"versions": [{"id": "v2.0", "status": "CURRENT", "links": [link]}]})


MANNER = Manner(
    "network", "/network", fault, lambda c, verb: f"rule:{verb}_{c.one} is disallowed by policy",
    stamp=stamp, more=links, created=201, public=public, unknown="Unrecognized attribute(s) '{key}'",
    stranger="['{key}'] is invalid attribute for filtering",
    filters="id project_id tenant_id tags tags-any not-tags not-tags-any revision_number created_at "
            "updated_at "
    "security_group_id floating_ip_address ip_version cidr",
    needed="Failed to parse request. Required attribute '{key}' not specified",
    sign=lambda ask, answer: answer.headers.update({"x-openstack-request-id": ask.number}),
)  # fmt: skip


def of(one: str, fields: Json, fixed: Json | None = None, many: str = "", **extra: Any) -> Collection:
    """A collection as Neutron has them, with tags."""
    many = many or f"{one}s"
    extra.setdefault("matches", tags_match)
    extra.setdefault("missing", f"{one.capitalize()} {{id}} could not be found.")
    path = f"/v2.0/{many.replace('_', '-')}"
    every = {"name": "", "description": "", **fields}
    return Collection(MANNER, one, path, one, many, every, fixed or {}, **extra)


def invalid(message: str) -> Refusal:
    """The refusal of an operation whose input makes no sense."""
    return Refusal(400, f"Invalid input for operation: {message}", "InvalidInput")


# -- networks and subnets -----------------------------------------------------------------------------


def new_network(ask: Ask, item: Json, body: Json) -> None:
    """What a new network gets."""
    QUOTAS.take(ask, "network")
    kind = item.get("provider:network_type") or ("flat" if item["router:external"] else "vxlan")
    item["mtu"] = int(item["mtu"])
    number = item.get("provider:segmentation_id") or len(ask.store.all("network")) + 1
    item.update({
        "provider:network_type": kind, "provider:physical_network": item.get("provider:physical_network"),
        "provider:segmentation_id": None if kind in ("flat", "local") else number,
    })  # fmt: skip


def change_network(ask: Ask, item: Json, body: Json) -> None:
    """Numbers may come as text."""
    body.update({"mtu": int(body["mtu"])} if "mtu" in body else {})


def free_network(ask: Ask, item: Json, body: Json) -> None:
    """Only a network without ports may go; its subnets go with it."""
    used = [x["id"] for x in ask.store.all("port", network_id=item["id"])]
    if used:
        raise Refusal(
            409,
            f"Unable to complete operation on network {item['id']}. There are one or more ports still in use "
            f"on the network, id for these ports is: {','.join(used)}.",
            "NetworkInUse",
        )
    for x in ask.store.all("subnet", network_id=item["id"]):
        ask.store.drop("subnet", x["id"])


def network_told(ask: Ask, told: Json, item: Json) -> Json:
    """A network with its subnets."""
    told["subnets"] = [x["id"] for x in ask.store.all("subnet", network_id=item["id"])]
    told["availability_zones"] = ["nova"] if told["subnets"] else []
    if ask.method == "GET" and not told["router:external"]:
        told.pop("is_default")
    return told


NETWORK = of(
    "network",
    {"admin_state_up": True, "mtu": 1450, "shared": False, "router:external": False, "is_default": False,
     "port_security_enabled": True, "qos_policy_id": None, "dns_domain": "", "availability_zone_hints": [],
     "provider:network_type": None, "provider:physical_network": None, "provider:segmentation_id": None},
    {"status": "ACTIVE", "ipv4_address_scope": None, "ipv6_address_scope": None, "l2_adjacency": True,
     "tags": []},
    type="Network", making=new_network, changing=change_network, removing=free_network, view=network_told,
    shared=lambda ask, item: bool(item["shared"] or item["router:external"]),
    reserved=frozenset(f"provider:{x}" for x in ("network_type", "physical_network", "segmentation_id")),
    guarded=frozenset({"shared", "router:external", "is_default"}),
)  # fmt: skip


def new_subnet(ask: Ask, item: Json, body: Json) -> None:
    """The gateway and the pools of a new subnet, where they are not given."""
    network = NETWORK.find(ask, item["network_id"])
    NETWORK.allow(ask, "update", network)
    QUOTAS.take(ask, "subnet")
    if not item["cidr"] and item["subnetpool_id"]:
        item["cidr"] = from_pool(ask, item)
    try:
        cidr = ip_network(item["cidr"] or "")
    except ValueError:
        raise invalid(f"{item['cidr']} is not in a CIDR format.") from None
    if cidr.version != item["ip_version"]:
        raise invalid(f"CIDR {cidr} does not match IP version {item['ip_version']}.")
    for other in ask.store.all("subnet", network_id=network["id"]):
        if cidr.version == other["ip_version"] and cidr.overlaps(ip_network(other["cidr"])):
            raise invalid(
                f"Requested subnet with cidr: {cidr} for network: {network['id']} overlaps with another subnet."
            )
    item["cidr"] = str(cidr)
    if "gateway_ip" not in body:
        item["gateway_ip"] = str(cidr[1] if cidr.version == 4 else cidr[0])
    if not item["allocation_pools"]:
        first, last = (cidr[1], cidr[-2]) if cidr.version == 4 else (cidr[1], cidr[-1])
        first = cidr[2] if item["gateway_ip"] == str(first) else first
        item["allocation_pools"] = [{"start": str(first), "end": str(last)}]
    item["router:external"] = network["router:external"]


def from_pool(ask: Ask, item: Json) -> str:
    """The next free range of a subnet pool."""
    pool = SUBNETPOOL.find(ask, item.pop("subnetpool_id"))
    item["subnetpool_id"] = pool["id"]
    length = int(item.pop("prefixlen", 0) or pool["default_prefixlen"])
    taken = [ip_network(x["cidr"]) for x in ask.store.all("subnet", subnetpool_id=pool["id"])]
    for prefix in pool["prefixes"]:
        for candidate in ip_network(prefix).subnets(new_prefix=length):
            if not any(candidate.overlaps(other) for other in taken):
                return str(candidate)
    raise Refusal(409, "Failed to allocate subnet: Insufficient prefix space.", "SubnetAllocationError")


def free_subnet(ask: Ask, item: Json, body: Json) -> None:
    """Only a subnet in which no port has an address may go."""
    if any(ip["subnet_id"] == item["id"] for x in ask.store.all("port") for ip in x["fixed_ips"]):
        raise Refusal(
            409,
            f"Unable to complete operation on subnet {item['id']}: "
            "One or more ports have an IP allocation from this subnet.",
            "SubnetInUse",
        )


def of_shared_network(ask: Ask, item: Json) -> bool:
    """Whether the network it is on is everybody's."""
    network = ask.store.get("network", item["network_id"])
    return bool(network and (network["shared"] or network["project_id"] == ask.by.project_id))


SUBNET = of(
    "subnet",
    {"network_id": NEEDED, "ip_version": 4, "cidr": None, "subnetpool_id": None, "gateway_ip": None,
     "enable_dhcp": True, "allocation_pools": [], "host_routes": [], "dns_nameservers": [], "prefixlen": None,
     "ipv6_ra_mode": None, "ipv6_address_mode": None, "service_types": [], "dns_publish_fixed_ip": False,
     "segment_id": None, "use_default_subnetpool": False},
    {"tags": []},
    type="Subnet", making=new_subnet, removing=free_subnet, shared=of_shared_network,
    view=lambda ask, told, item: {k: v for k, v in told.items()
                                  if k not in ("prefixlen", "use_default_subnetpool", "segment_id")},
)  # fmt: skip
SUBNETPOOL = of(
    "subnetpool",
    {"prefixes": NEEDED, "default_prefixlen": "8", "min_prefixlen": "8", "max_prefixlen": "32",
     "default_quota": None, "address_scope_id": None, "shared": False, "is_default": False},
    type="SubnetPool", missing="Subnet pool {id} could not be found.",
    shared=lambda ask, item: bool(item["shared"]), guarded=frozenset({"shared", "is_default"}),
    making=lambda ask, item, body: item.update(ip_version=ip_network(item["prefixes"][0]).version),
)  # fmt: skip


# -- ports --------------------------------------------------------------------------------------------


def free_address(ask: Ask, subnet: Json, wanted: str = "") -> str:
    """An address in a subnet that nobody has: the wanted one, or the first one of its pools."""
    used = {ip["ip_address"] for x in ask.store.all("port") for ip in x["fixed_ips"]}
    used |= {x["floating_ip_address"] for x in ask.store.all("floatingip")}
    if wanted:
        if ip_address(wanted) not in ip_network(subnet["cidr"]):
            raise Refusal(400, f"IP address {wanted} is not a valid IP for the specified subnet.",
                          "InvalidIpForSubnet")  # fmt: skip
        if wanted in used:
            raise Refusal(409, f"IP address {wanted} already allocated in subnet {subnet['id']}",
                          "IpAddressAlreadyAllocated")  # fmt: skip
        return wanted
    for pool in subnet["allocation_pools"]:
        address, last = ip_address(pool["start"]), ip_address(pool["end"])
        while address <= last:  # type: ignore[operator]
            if str(address) not in used and str(address) != subnet["gateway_ip"]:
                return str(address)
            address += 1
    raise Refusal(
        409, f"No more IP addresses available on network {subnet['network_id']}.", "IpAddressGenerationFailure"
    )


def addresses(ask: Ask, network: Json, wanted: list[Json] | None) -> list[Json]:
    """The addresses of a port: those asked for, else one of each version that the network has."""
    subnets = ask.store.all("subnet", network_id=network["id"])
    if wanted is None:
        wanted, versions = [], set()
        for subnet in subnets:
            if subnet["ip_version"] not in versions and not subnet["ipv6_address_mode"]:
                versions.add(subnet["ip_version"])
                wanted.append({"subnet_id": subnet["id"]})
    found = []
    for one in wanted:
        fitting = [
            x for x in subnets
            if x["id"] == one.get("subnet_id", x["id"])
            and (not one.get("ip_address") or ip_address(one["ip_address"]) in ip_network(x["cidr"]))
        ]  # fmt: skip
        if not fitting:
            raise invalid(f"Failed to create port on network {network['id']}, because fixed_ips included "
                          f"invalid subnet {one.get('subnet_id')}.")  # fmt: skip
        address = free_address(ask, fitting[0], one.get("ip_address", ""))
        found.append({"subnet_id": fitting[0]["id"], "ip_address": address})
    return found


def configured(ask: Ask, network: Json, port: Json) -> list[Json]:
    """The addresses that a port makes itself of its MAC address, where the network announces prefixes."""
    mac = [int(part, 16) for part in port["mac_address"].split(":")]
    number = int.from_bytes(bytes([mac[0] ^ 2, *mac[1:3], 0xFF, 0xFE, *mac[3:]]), "big")
    there = {ip["subnet_id"] for ip in port["fixed_ips"]}
    return [
        {"subnet_id": x["id"], "ip_address": str(ip_network(x["cidr"])[number])}
        for x in ask.store.all("subnet", network_id=network["id"])
        if x["ipv6_address_mode"] in ("slaac", "dhcpv6-stateless") and x["id"] not in there
    ]


def new_port(ask: Ask, item: Json, body: Json) -> None:
    """The addresses and the security groups of a new port."""
    network = NETWORK.find(ask, item["network_id"])
    QUOTAS.take(ask, "port")
    item["mac_address"] = item["mac_address"] or "fa:16:3e:" + ":".join(f"{x:02x}" for x in os.urandom(3))
    if any(x["mac_address"] == item["mac_address"] for x in ask.store.all("port", network_id=network["id"])):
        raise Refusal(409, f"Unable to complete operation for network {network['id']}. The mac address "
                      f"{item['mac_address']} is in use.", "MacAddressInUse")  # fmt: skip
    item["fixed_ips"] = addresses(ask, network, body.get("fixed_ips"))
    if not item["device_owner"].startswith("network:router"):
        item["fixed_ips"] += configured(ask, network, item)
    for pair in item["allowed_address_pairs"]:
        pair.setdefault("mac_address", item["mac_address"])
    if body.get("security_groups") is None:
        secured = item["port_security_enabled"] and not item["device_owner"].startswith("network:")
        item["security_groups"] = [default_group(ask, item["project_id"])["id"]] if secured else []
    bind(item)


def bind(item: Json) -> None:
    """The state of a port that has a host or has none."""
    bound = bool(item["binding:host_id"])
    item["binding:vif_type"] = "ovs" if bound else "unbound"
    item["binding:vif_details"] = {"port_filter": True, "bridge_name": "br-int"} if bound else {}
    item["status"] = "ACTIVE" if bound and item["admin_state_up"] else "DOWN"


def change_port(ask: Ask, item: Json, body: Json) -> None:
    """Other addresses; those a port has already stay its own."""
    if "fixed_ips" in body:
        kept, item["fixed_ips"] = item["fixed_ips"], []
        ask.store.put("port", item)
        network = NETWORK.find(ask, item["network_id"])
        body["fixed_ips"] = addresses(ask, network, body["fixed_ips"])
        body["fixed_ips"] += configured(ask, network, {**item, **body})
        item["fixed_ips"] = kept
    if body.get("port_security_enabled") is False and body.get("security_groups", item["security_groups"]):
        raise Refusal(409, "Port has security group associated. Cannot disable port security until security "
                      "group is removed.", "PortSecurityPortHasSecurityGroup")  # fmt: skip


def free_port(ask: Ask, item: Json, body: Json) -> None:
    """A router's ports go with the router alone; floating IPs lose their port."""
    if item["device_owner"].startswith("network:router"):
        raise Refusal(409, f"Port {item['id']} cannot be deleted directly via the port API: has device owner "
                      f"{item['device_owner']}.", "ServicePortInUse")  # fmt: skip
    loosen(ask, item["id"])


def loosen(ask: Ask, port_id: str) -> None:
    """Take a port from the floating IPs that point at it."""
    for x in ask.store.all("floatingip", port_id=port_id):
        ask.store.put("floatingip", {**x, "port_id": None, "fixed_ip_address": None, "router_id": None,
                                     "status": "DOWN"})  # fmt: skip


def port_told(ask: Ask, told: Json, item: Json) -> Json:
    """A port with the names of its addresses."""
    names = [(ip["ip_address"], "host-" + ip["ip_address"].replace(".", "-").replace(":", "-"))
             for ip in item["fixed_ips"]]  # fmt: skip
    told["dns_assignment"] = [{"ip_address": ip, "hostname": x, "fqdn": f"{x}.openstacklocal."} for ip, x in names]
    return told


def port_matches(ask: Ask, item: Json, key: str, value: str) -> bool | None:
    """The filters by address and subnet."""
    if key == "fixed_ips":
        name, _, wanted = value.partition("=")
        return any(ip.get(name) == wanted for ip in item["fixed_ips"])
    return tags_match(ask, item, key, value)


PORT = of(
    "port",
    {"network_id": NEEDED, "mac_address": None, "admin_state_up": True, "device_id": "", "device_owner": "",
     "fixed_ips": [], "allowed_address_pairs": [], "extra_dhcp_opts": [], "security_groups": [],
     "binding:vnic_type": "normal", "binding:profile": {}, "binding:host_id": "",
     "port_security_enabled": True,
     "qos_policy_id": None, "dns_name": "", "dns_domain": "", "data_plane_status": None, "hints": None,
     "propagate_uplink_status": True, "numa_affinity_policy": None, "device_profile": None},
    {"qos_network_policy_id": None, "hardware_offload_type": None, "trusted": None, "resource_request": None,
     "ip_allocation": "immediate", "tags": []},
    type="Port", making=new_port, changing=change_port, removing=free_port, view=port_told,
    matches=port_matches,
    reserved=frozenset({"binding:profile", "binding:host_id", "binding:vif_type", "binding:vif_details",
                        "hints",
                        "trusted", "resource_request"}),
)  # fmt: skip


# -- security groups ----------------------------------------------------------------------------------


def rule(ask: Ask, group: Json, **fields: Any) -> Json:
    """Keep a rule of a group as it is made with one."""
    from .store import new_id

    item: Json = {
        "id": new_id(), "project_id": group["project_id"], "tenant_id": group["project_id"],
        "security_group_id": group["id"], "ethertype": "IPv4", "direction": "ingress", "protocol": None,
        "port_range_min": None, "port_range_max": None, "remote_ip_prefix": None, "remote_group_id": None,
        "remote_address_group_id": None, "normalized_cidr": None, "belongs_to_default_sg": None,
        "description": None, "tags": [], "created_at": group["created_at"], "updated_at": group["created_at"],
        "revision_number": 0, **fields,
    }  # fmt: skip
    return ask.store.put("security_group_rule", item)


def default_group(ask: Ask, project_id: str) -> Json:
    """The default security group of a project, made when it is first needed."""
    found = ask.store.all("security_group", project_id=project_id, name="default")
    if found or not project_id:
        return found[0] if found else {"id": ""}
    from .store import same_id

    group: Json = {
        "id": same_id("security group", project_id), "name": "default", "stateful": True, "shared": False,
        "tenant_id": project_id, "project_id": project_id, "description": "Default security group",
        "tags": [],
        "created_at": ask.time(), "updated_at": ask.time(), "revision_number": 1,
    }  # fmt: skip
    ask.store.put("security_group", group)
    for direction in ("egress", "ingress"):
        for ethertype in ("IPv4", "IPv6"):
            remote = group["id"] if direction == "ingress" else None
            rule(ask, group, direction=direction, ethertype=ethertype, remote_group_id=remote)
    return group


def new_group(ask: Ask, item: Json, body: Json) -> None:
    """A new security group lets everything out."""
    if item["name"] == "default":
        raise Refusal(409, "Default security group already exists.", "SecurityGroupDefaultAlreadyExists")
    QUOTAS.take(ask, "security_group")
    for ethertype in ("IPv4", "IPv6"):
        rule(ask, item, direction="egress", ethertype=ethertype, belongs_to_default_sg=False)


def free_group(ask: Ask, item: Json, body: Json) -> None:
    """Only a security group that no port has may go, and never the default one."""
    used = any(item["id"] in x["security_groups"] for x in ask.store.all("port"))
    if used or item["name"] == "default":
        raise Refusal(409, f"Security Group {item['id']} in use.", "SecurityGroupInUse")
    for x in ask.store.all("security_group_rule", security_group_id=item["id"]):
        ask.store.drop("security_group_rule", x["id"])


def group_told(ask: Ask, told: Json, item: Json) -> Json:
    """A security group with its rules."""
    rules = ask.store.all("security_group_rule", security_group_id=item["id"])
    return {**told, "security_group_rules": rules}


def new_rule(ask: Ask, item: Json, body: Json) -> None:
    """A rule that its group does not have yet."""
    group = GROUP.find(ask, item["security_group_id"])
    keys = ("direction", "ethertype", "protocol", "port_range_min", "port_range_max", "remote_ip_prefix",
            "remote_group_id")  # fmt: skip
    for x in ask.store.all("security_group_rule", security_group_id=group["id"]):
        if all(x[key] == item[key] for key in keys):
            raise Refusal(409, f"Security group rule already exists. Rule id is {x['id']}.",
                          "SecurityGroupRuleExists")  # fmt: skip
    QUOTAS.take(ask, "security_group_rule")
    prefix = item["remote_ip_prefix"]
    item.update(normalized_cidr=prefix and str(ip_network(prefix, strict=False)),
                belongs_to_default_sg=group["name"] == "default", project_id=group["project_id"])  # fmt: skip


GROUP = of("security_group", {"stateful": True}, {"shared": False, "tags": []}, type="SecurityGroup",
           missing="Security group {id} does not exist", making=new_group, removing=free_group,
           view=group_told)  # fmt: skip
RULE = Collection(
    MANNER, "security_group_rule", "/v2.0/security-group-rules", "security_group_rule",
    "security_group_rules",
    {"security_group_id": NEEDED, "direction": NEEDED, "ethertype": "IPv4", "protocol": None,
     "port_range_min": None, "port_range_max": None, "remote_ip_prefix": None, "remote_group_id": None,
     "remote_address_group_id": None, "description": ""},
    missing="Security group rule {id} does not exist", type="SecurityGroupRule", making=new_rule,
    view=lambda ask, told, item: {k: v for k, v in told.items() if k != "tags"},
)  # fmt: skip


@on(MANNER, "GET /v2.0/security-groups")
def security_groups(ask: Ask) -> Json:
    """The security groups; the default one is there whenever one looks."""
    default_group(ask, ask.by.project_id)
    return GROUP.several(ask)


serve(NETWORK, SUBNET, SUBNETPOOL, PORT, GROUP, RULE)
from . import routing  # noqa: E402, F401  (registers its routes)
