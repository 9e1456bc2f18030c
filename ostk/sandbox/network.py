"""Network: networks, subnets and their addresses, ports, security groups, routers, floating IPs."""

from __future__ import annotations

import os
from ipaddress import ip_address, ip_network
from typing import Any

from .data import Json, pick
from .engine import Collection, answers, on
from .refusals import refusal, refuse
from .services import NEUTRON
from .store import same_id
from .wire import Ask


def new_network(ask: Ask, item: Json, body: Json) -> None:
    """What a new network is made on."""
    kind = item["provider:network_type"] or ("flat" if item["router:external"] else "vxlan")
    number = item["provider:segmentation_id"] or len(ask.store.all("network")) + 1
    number = None if kind in ("flat", "local") else number
    item |= {"provider:network_type": kind, "provider:segmentation_id": number}


def network_told(ask: Ask, told: Json, item: Json) -> None:
    """A network with its subnets."""
    told["subnets"] = [x["id"] for x in ask.store.all("subnet", network_id=item["id"])]
    told["availability_zones"] = ["nova"] if told["subnets"] else []
    if ask.method == "GET" and not told["router:external"]:
        told.pop("is_default")


NETWORK = Collection(
    NEUTRON, "network", """name= description= admin_state_up=true mtu=1450 !shared=false !router:external=false
    !is_default=false port_security_enabled=true qos_policy_id=null dns_domain= availability_zone_hints=[]
    *provider:network_type=null *provider:physical_network=null *provider:segmentation_id=null +status=ACTIVE
    +ipv4_address_scope=null +ipv6_address_scope=null +l2_adjacency=true +tags=[]""", quota="network",
    making=new_network, view=network_told, held="port.network_id=NetworkInUse", parts="subnet.network_id",
    shared=lambda ask, item: item["shared"] or item["router:external"],
)  # fmt: skip


def new_subnet(ask: Ask, item: Json, body: Json) -> None:
    """The gateway and the pools of a new subnet, where they are not given."""
    network = NETWORK.find(ask, item["network_id"])
    NETWORK.allow(ask, "update", network)
    try:
        cidr = ip_network(item["cidr"] or "")
    except ValueError:
        raise refusal("InvalidInput", what=f"{item['cidr']} is not in a CIDR format.") from None
    wrong = f"CIDR {cidr} does not match IP version {item['ip_version']}."
    refuse(cidr.version != item["ip_version"], "InvalidInput", what=wrong)
    others = [ip_network(x["cidr"]) for x in ask.store.all("subnet", network_id=network["id"])]
    wrong = f"Requested subnet with cidr: {cidr} for network: {network['id']} overlaps with another subnet."
    refuse([x for x in others if x.version == cidr.version and cidr.overlaps(x)], "InvalidInput", what=wrong)
    item["cidr"] = str(cidr)
    if "gateway_ip" not in body:
        item["gateway_ip"] = str(cidr[1] if cidr.version == 4 else cidr[0])
    if not item["allocation_pools"]:
        first = cidr[2 if cidr.version == 4 and item["gateway_ip"] == str(cidr[1]) else 1]
        item["allocation_pools"] = [{"start": str(first), "end": str(cidr[-2 if cidr.version == 4 else -1])}]
    item["router:external"] = network["router:external"]


def of_shared_network(ask: Ask, item: Json) -> bool:
    """Whether the network it is on is everybody's."""
    network = ask.store.get("network", item["network_id"])
    return bool(network and (network["shared"] or network["project_id"] == ask.by.project_id))


SUBNET = Collection(
    NEUTRON, "subnet", """network_id ip_version=4 name= description= cidr=null subnetpool_id=null gateway_ip=null
    enable_dhcp=true allocation_pools=[] host_routes=[] dns_nameservers=[] ipv6_ra_mode=null ipv6_address_mode=null
    service_types=[] dns_publish_fixed_ip=false +tags=[]""", quota="subnet", making=new_subnet,
    shared=of_shared_network, held="port.fixed_ips=SubnetInUse",
)  # fmt: skip


def free_address(ask: Ask, subnet: Json, wanted: str = "") -> str:
    """An address in a subnet that nobody has: the wanted one, or the first one of its pools."""
    used = {ip["ip_address"] for x in ask.store.all("port") for ip in x["fixed_ips"]}
    used |= {x["floating_ip_address"] for x in ask.store.all("floatingip")}
    if wanted:
        refuse(ip_address(wanted) not in ip_network(subnet["cidr"]), "InvalidIpForSubnet", ip=wanted)
        refuse(wanted in used, "IpAddressAlreadyAllocated", ip=wanted, id=subnet["id"])
        return wanted
    for pool in subnet["allocation_pools"]:
        number, last = ip_address(pool["start"]), ip_address(pool["end"])
        while int(number) <= int(last):
            if str(number) not in used and str(number) != subnet["gateway_ip"]:
                return str(number)
            number += 1
    raise refusal("IpAddressGenerationFailure", id=subnet["network_id"])


def addresses(ask: Ask, network: Json, port: Json, wanted: list[Json] | None) -> list[Json]:
    """The addresses of a port: those asked for, else one of each version that the network has.

    Where the network announces prefixes, a port makes one more of its MAC address itself.
    """
    subnets = ask.store.all("subnet", network_id=network["id"])
    if wanted is None:
        versions = {x["ip_version"]: x["id"] for x in reversed(subnets) if not x["ipv6_address_mode"]}
        wanted = [{"subnet_id": id} for _, id in sorted(versions.items())]
    found = []
    for one in wanted:
        id, ip = one.get("subnet_id"), one.get("ip_address", "")
        fitting = [x for x in subnets if id in (None, x["id"]) and (not ip or ip_address(ip) in ip_network(x["cidr"]))]
        wrong = f"Failed to create port on network {network['id']}, because fixed_ips included invalid subnet {id}."
        refuse(not fitting, "InvalidInput", what=wrong)
        found.append({"subnet_id": fitting[0]["id"], "ip_address": free_address(ask, fitting[0], ip)})
    mac = [int(part, 16) for part in port["mac_address"].split(":")]
    number = int.from_bytes(bytes([mac[0] ^ 2, *mac[1:3], 0xFF, 0xFE, *mac[3:]]), "big")
    there = {ip["subnet_id"] for ip in found}
    for x in () if port["device_owner"].startswith("network:router") else subnets:
        if x["ipv6_address_mode"] in ("slaac", "dhcpv6-stateless") and x["id"] not in there:
            found.append({"subnet_id": x["id"], "ip_address": str(ip_network(x["cidr"])[number])})
    return found


def new_port(ask: Ask, item: Json, body: Json) -> None:
    """The addresses and the security groups of a new port."""
    network = NETWORK.find(ask, item["network_id"])
    mac = item["mac_address"] = item["mac_address"] or "fa:16:3e:" + ":".join(f"{x:02x}" for x in os.urandom(3))
    taken = ask.store.first("port", network_id=network["id"], mac_address=mac)
    refuse(taken, "MacAddressInUse", id=network["id"], mac=mac)
    item["fixed_ips"] = addresses(ask, network, item, body.get("fixed_ips"))
    for pair in item["allowed_address_pairs"]:
        pair.setdefault("mac_address", mac)
    if body.get("security_groups") is None:
        secured = item["port_security_enabled"] and not item["device_owner"].startswith("network:")
        item["security_groups"] = [default_group(ask, item["project_id"])["id"]] if secured else []
    bind(ask, item, item["binding:host_id"])


def bind(ask: Ask, item: Json, host: str) -> Json:
    """Put a port on a host, or on none."""
    details = {"port_filter": True, "bridge_name": "br-int"} if host else {}
    item |= {"binding:host_id": host, "binding:vif_type": "ovs" if host else "unbound", "binding:vif_details": details}
    item["status"] = "ACTIVE" if host and item["admin_state_up"] else "DOWN"
    return ask.store.put("port", item)


def change_port(ask: Ask, item: Json, body: Json) -> None:
    """Other addresses; those a port has already stay its own."""
    if "fixed_ips" in body:
        ask.store.put("port", {**item, "fixed_ips": []})
        network = NETWORK.find(ask, item["network_id"])
        body["fixed_ips"] = addresses(ask, network, {**item, **body}, body["fixed_ips"])
    open_port = body.get("port_security_enabled") is False
    refuse(open_port and body.get("security_groups", item["security_groups"]), "PortSecurityPortHasSecurityGroup")


def free_port(ask: Ask, item: Json, body: Json) -> None:
    """A router's ports go with the router alone; floating IPs lose their port."""
    owner = item["device_owner"]
    refuse(owner.startswith("network:router"), "ServicePortInUse", id=item["id"], owner=owner)
    loosen(ask, item["id"])


def loosen(ask: Ask, port_id: str) -> None:
    """Take a port from the floating IPs that point at it."""
    for x in ask.store.all("floatingip", port_id=port_id):
        loose = {"port_id": None, "fixed_ip_address": None, "router_id": None, "status": "DOWN"}
        ask.store.put("floatingip", {**x, **loose})


def port_told(ask: Ask, told: Json, item: Json) -> None:
    """A port with the names of its addresses, which Neutron reads back in the order of their texts."""
    if ask.method == "GET":
        told["fixed_ips"] = sorted(item["fixed_ips"], key=lambda ip: str(ip["ip_address"]))
    names = [(x["ip_address"], "host-" + x["ip_address"].translate({46: "-", 58: "-"})) for x in item["fixed_ips"]]
    told["dns_assignment"] = [{"ip_address": ip, "hostname": x, "fqdn": f"{x}.openstacklocal."} for ip, x in names]


PORT = Collection(
    NEUTRON, "port", """network_id name= description= mac_address=null admin_state_up=true device_id= device_owner=
    fixed_ips=[] allowed_address_pairs=[] extra_dhcp_opts=[] security_groups=[] binding:vnic_type=normal
    *binding:profile={} *binding:host_id= port_security_enabled=true qos_policy_id=null dns_name= dns_domain=
    data_plane_status=null *hints=null propagate_uplink_status=true numa_affinity_policy=null device_profile=null
    +*binding:vif_type=unbound +*binding:vif_details={} +qos_network_policy_id=null +hardware_offload_type=null
    +*trusted=null +*resource_request=null +ip_allocation=immediate +tags=[]""", quota="port", making=new_port,
    changing=change_port, removing=free_port, view=port_told, matches=lambda ask, item, key, value: (
        value.split("=") in [[*x] for ip in item["fixed_ips"] for x in ip.items()] if key == "fixed_ips" else None),
)  # fmt: skip


def default_group(ask: Ask, project_id: str) -> Json:
    """The default security group of a project, made when it is first needed."""
    if not project_id:
        return {"id": ""}
    if found := ask.store.first("security_group", project_id=project_id, name="default"):
        return found
    given = {"name": "default", "project_id": project_id, "description": "Default security group"}
    return GROUP.make(ask, given, same_id("security group", project_id))


def new_group(ask: Ask, item: Json, body: Json) -> None:
    """A new security group lets everything out; the default one lets in what is in it too."""
    default = item["name"] == "default"
    known = default and ask.store.first("security_group", project_id=item["project_id"], name="default")
    refuse(known, "SecurityGroupDefaultAlreadyExists")
    item["revision_number"] = int(default)
    ask.store.put("security_group", item)
    own = {"security_group_id": item["id"], "project_id": item["project_id"], "description": None}
    for ethertype in ("IPv4", "IPv6"):
        RULE.make(ask, {**own, "direction": "egress", "ethertype": ethertype})
        if default:
            RULE.make(ask, {**own, "direction": "ingress", "ethertype": ethertype, "remote_group_id": item["id"]})


def group_told(ask: Ask, told: Json, item: Json) -> None:
    """A security group with its rules."""
    rules = ask.store.all("security_group_rule", security_group_id=item["id"])
    told["security_group_rules"] = [{**RULE.shown(ask, x), "tags": []} for x in rules]


RULE_KEYS = ("direction", "ethertype", "protocol", "port_range_min", "port_range_max", "remote_ip_prefix",
             "remote_group_id")  # fmt: skip


def new_rule(ask: Ask, item: Json, body: Json) -> None:
    """A rule that its group does not have yet."""
    group, prefix = GROUP.find(ask, item["security_group_id"]), item["remote_ip_prefix"]
    same: Any = {key: item[key] for key in RULE_KEYS}
    found = ask.store.first("security_group_rule", security_group_id=group["id"], **same)
    refuse(found, "SecurityGroupRuleExists", id=found and found["id"])
    item |= {"normalized_cidr": prefix and str(ip_network(prefix, strict=False)), "project_id": group["project_id"]}
    item["belongs_to_default_sg"] = group["name"] == "default"


GROUP = Collection(
    NEUTRON, "security_group", "name= description= stateful=true +shared=false +tags=[]", quota="security_group",
    missing="Security group {id} does not exist", making=new_group, view=group_told,
    removing=lambda ask, item, body: refuse(item["name"] == "default", "SecurityGroupInUse", id=item["id"]),
    held="port.security_groups=SecurityGroupInUse", parts="security_group_rule.security_group_id",
)  # fmt: skip
RULE = Collection(
    NEUTRON, "security_group_rule", """security_group_id direction ethertype=IPv4 protocol=null port_range_min=null
    port_range_max=null remote_ip_prefix=null remote_group_id=null remote_address_group_id=null description=""",
    quota="security_group_rule", missing="Security group rule {id} does not exist", making=new_rule,
)  # fmt: skip


@on(NEUTRON, "GET /v2.0/security-groups")
def _security_groups(ask: Ask) -> Json:
    default_group(ask, ask.by.project_id)
    return GROUP.several(ask)


def change_router(ask: Ask, item: Json, body: Json) -> None:
    """Another gateway or none: a port on an external network."""
    if "external_gateway_info" not in body:
        return
    given = body["external_gateway_info"]
    rule = f"rule:{'create' if ask.method == 'POST' else 'update'}_router"
    for key in () if ask.by.admin else {"enable_snat", "external_fixed_ips"} & {*(given or ())}:
        inner = f"{rule}:external_gateway_info"
        refuse(True, "NotAuthorized", what=f"({rule} and ({inner} and ({inner}:network_id and {inner}:{key})))")
    for port in ports_of(ask, item["id"], "network:router_gateway"):
        ask.store.drop("port", port["id"])
    item["availability_zones"] = ["nova"] if given else item["availability_zones"]
    if given:
        network = NETWORK.find(ask, given.get("network_id", ""))
        wrong = f"Bad router request: Network {network['id']} is not an external network."
        refuse(not network["router:external"], "BadRequest", what=wrong)
        port = own_port(ask, item, network["id"], "network:router_gateway", given.get("external_fixed_ips"))
        given = {"network_id": network["id"], "external_fixed_ips": port["fixed_ips"],
                 "enable_snat": given.get("enable_snat", True)}  # fmt: skip
    item["external_gateway_info"] = body["external_gateway_info"] = given or None


def own_port(ask: Ask, router: Json, network_id: str, owner: str, ips: list[Json] | None) -> Json:
    """A port of a router."""
    made = {"network_id": network_id, "device_id": router["id"], "device_owner": owner}
    port = PORT.make(ask, {**made, **({"fixed_ips": ips} if ips else {})})
    if owner.endswith("gateway"):
        port["project_id"] = port["tenant_id"] = ""  # Neutron keeps gateways out of the users' sight
    return bind(ask, port, "net1")


def ports_of(ask: Ask, router_id: str, owner: str = "network:router_interface") -> list[Json]:
    """The ports of a router."""
    return ask.store.all("port", device_id=router_id, device_owner=owner)


ROUTER = Collection(
    NEUTRON, "router", """name= description= admin_state_up=true external_gateway_info=null routes=[]
    availability_zone_hints=[] *distributed=false *ha=false flavor_id=null enable_ndp_proxy=false +status=ACTIVE
    +availability_zones=[] +conntrack_helpers=[] +tags=[]""", missing="Router {id} could not be found", quota="router",
    making=change_router, changing=change_router, held="port.device_id=RouterInUse",
    removing=lambda ask, item, body: change_router(ask, item, {"external_gateway_info": None}),
)  # fmt: skip


@on(NEUTRON, "PUT /v2.0/routers/{id}/{verb}_router_interface")
def _interface(ask: Ask) -> Json:
    router, body, add = ROUTER.find(ask), ask.json(), ask.args["verb"] == "add"
    ROUTER.allow(ask, "update", router)
    if id := body.get("subnet_id"):
        subnet = SUBNET.find(ask, id)
        there = [x for x in ports_of(ask, router["id"]) if x["fixed_ips"][0]["subnet_id"] == id]
        wrong = f"Bad router request: Router already has a port on subnet {id}."
        refuse(add and there, "BadRequest", what=wrong)
        refuse(not add and not there, "RouterInterfaceNotFoundForSubnet", id=router["id"], subnet=id)
        gateway = {"subnet_id": id, "ip_address": subnet["gateway_ip"]}
        taken = any(gateway in x["fixed_ips"] for x in ask.store.all("port", network_id=subnet["network_id"]))
        ips = [{"subnet_id": id} if taken or not subnet["gateway_ip"] else gateway]
        port = there[0] if there else own_port(ask, router, subnet["network_id"], "network:router_interface", ips)
    else:
        port = PORT.find(ask, body.get("port_id", ""))
        port |= {"device_id": router["id"], "device_owner": "network:router_interface"}
        bind(ask, port, "net1")
    if not add:
        ask.store.drop("port", port["id"])
    subnets = [ip["subnet_id"] for ip in port["fixed_ips"]]
    told = {"port_id": port["id"], "network_id": port["network_id"], "subnet_id": subnets[0], "subnet_ids": subnets}
    return {**pick(router, "id project_id"), **told}


@on(NEUTRON, "PUT /v2.0/routers/{id}/{verb}_extraroutes")
def _routes(ask: Ask) -> Json:
    router, given = ROUTER.find(ask), ask.json("router").get("routes", [])
    ROUTER.allow(ask, "update", router)
    kept = [x for x in router["routes"] if x not in given]
    return ROUTER.wrap(ask, ROUTER.save(ask, {**router, "routes": kept + (given if ask.args["verb"] == "add" else [])}))


def new_floating_ip(ask: Ask, item: Json, body: Json) -> None:
    """A new floating IP's address."""
    network, wanted = NETWORK.find(ask, item["floating_network_id"]), item.pop("subnet_id")
    wrong = f"Bad floatingip request: Network {network['id']} is not a valid external network."
    refuse(not network["router:external"], "BadRequest", what=wrong)
    subnets = [x for x in ask.store.all("subnet", network_id=network["id"]) if x["ip_version"] == 4]
    subnets = [x for x in subnets if x["id"] == wanted] or subnets
    refuse(not subnets, "IpAddressGenerationFailure", id=network["id"])
    item["floating_ip_address"] = free_address(ask, subnets[0], item["floating_ip_address"] or "")
    change_floating_ip(ask, item, item)


def change_floating_ip(ask: Ask, item: Json, body: Json) -> None:
    """Point a floating IP at a port, or at none."""
    if "port_id" not in body:
        return
    item["status"] = "DOWN"
    body |= {"router_id": None} if body["port_id"] else {"router_id": None, "fixed_ip_address": None}
    if not body["port_id"]:
        return
    port = PORT.find(ask, body["port_id"])
    fitting = [x["ip_address"] for x in port["fixed_ips"] if "." in x["ip_address"]]
    address = body.get("fixed_ip_address") or "".join(fitting[:1])
    subnet = next((x["subnet_id"] for x in port["fixed_ips"] if x["ip_address"] == address), "")
    near = [x["device_id"] for x in ask.store.all("port", device_owner="network:router_interface")
            if any(ip["subnet_id"] == subnet for ip in x["fixed_ips"])]  # fmt: skip
    out = [x["id"] for x in ask.store.all("router") if x["id"] in near and x["external_gateway_info"]
           and x["external_gateway_info"]["network_id"] == item["floating_network_id"]]  # fmt: skip
    words = {"network": item["floating_network_id"], "subnet": subnet, "port": port["id"]}
    refuse(not out, "ExternalGatewayForFloatingIPNotFound", **words)
    body |= {"router_id": out[0], "fixed_ip_address": address}
    ask.store.later(item, 1.0, {"status": "ACTIVE"})


def floating_told(ask: Ask, told: Json, item: Json) -> None:
    """A floating IP with what it tells of its port."""
    port = ask.store.get("port", item["port_id"] or "")
    words = "name network_id mac_address admin_state_up status device_id device_owner"
    told["port_details"] = pick(port, words) if port else None


FLOATING_IP = Collection(
    NEUTRON, "floatingip", """floating_network_id description= floating_ip_address=null port_id=null
    fixed_ip_address=null subnet_id=null qos_policy_id=null dns_domain= dns_name= +router_id=null +status=DOWN
    +port_forwardings=[] +tags=[]""", type="FloatingIP", missing="Floating IP {id} could not be found",
    quota="floatingip", making=new_floating_ip, changing=change_floating_ip, view=floating_told,
)  # fmt: skip


answers(NEUTRON, {
    "GET /v2.0/availability_zones": lambda ask: {"availability_zones": [
        {"state": "available", "name": "nova", "resource": x} for x in ("router", "network")]},
})  # fmt: skip
