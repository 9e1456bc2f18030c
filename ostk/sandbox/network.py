"""Network: networks, subnets and their addresses, ports, security groups, routers, floating IPs."""

from __future__ import annotations

import os
from ipaddress import ip_address, ip_network

from .data import Json, fields, pick, rows
from .engine import Collection, on
from .refusals import refusal, refuse
from .services import NEUTRON
from .store import same_id
from .wire import Ask

GATEWAY, INTERFACE = "network:router_gateway", "network:router_interface"
LOOSE: Json = {"port_id": None, "fixed_ip_address": None, "router_id": None, "status": "DOWN"}  # a floating IP


def new_network(ask: Ask, item: Json, body: Json) -> None:
    """What a new network is made on; its project has a default security group from then on."""
    default_group(ask, item["project_id"])
    kind = item["provider:network_type"] or ("flat" if item["router:external"] else "vxlan")
    number = len(ask.store.all("network", **{"provider:network_type": "vxlan"})) + 1 if kind == "vxlan" else None
    item |= {"provider:network_type": kind, "provider:segmentation_id": item["provider:segmentation_id"] or number}


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
    shared=lambda ask, item: item["shared"] or item["router:external"])  # fmt: skip


def new_subnet(ask: Ask, item: Json, body: Json) -> None:
    """The gateway and the pools of a new subnet, where they are not given."""
    network = NETWORK.find(ask, item["network_id"])
    try:
        cidr = ip_network(item["cidr"] or "")
    except ValueError:
        raise refusal("InvalidInput", what=f"{item['cidr']} is not in a CIDR format.") from None
    NETWORK.allow(ask, "update", network)
    refuse(cidr.version != item["ip_version"], "InvalidInput", what=f"{cidr} is of IP version {cidr.version}.")
    others = ask.store.all("subnet", network_id=network["id"], ip_version=cidr.version)
    wrong = f"Requested subnet with cidr: {cidr} for network: {network['id']} overlaps with another subnet."
    refuse([x for x in others if cidr.overlaps(ip_network(x["cidr"]))], "InvalidInput", what=wrong)
    six = cidr.version == 6
    item |= {"cidr": str(cidr), "router:external": network["router:external"]}
    item |= {"gateway_ip": body.get("gateway_ip", str(cidr[0 if six else 1]))}
    first, last = cidr[2 if item["gateway_ip"] == str(cidr[1]) else 1], cidr[-1 if six else -2]
    item["allocation_pools"] = item["allocation_pools"] or [{"start": str(first), "end": str(last)}]
    item["revision_number"] = int(bool(item["service_types"]))
    change_subnet(ask, item, item)


def change_subnet(ask: Ask, item: Json, body: Json) -> None:
    """What a subnet has several of, in Neutron's order; it counts no revision where that is all that changes."""
    item["revision_number"] -= body.keys() <= {"dns_nameservers", "host_routes"}
    body.get("service_types", []).sort()
    body.get("allocation_pools", []).sort(key=lambda pool: int(ip_address(pool["start"])))
    body.get("host_routes", []).sort(key=lambda route: route["destination"])


SUBNET = Collection(
    NEUTRON, "subnet", """network_id ip_version=4 name= description= cidr=null subnetpool_id=null gateway_ip=null
    enable_dhcp=true allocation_pools=[] host_routes=[] dns_nameservers=[] ipv6_ra_mode=null ipv6_address_mode=null
    service_types=[] dns_publish_fixed_ip=false +tags=[]""", quota="subnet", making=new_subnet,
    changing=change_subnet, held="port.fixed_ips=SubnetInUse",
    shared=lambda ask, item: (ask.store.get("network", item["network_id"]) or {}).get("shared"))  # fmt: skip


def free_address(ask: Ask, subnet: Json, wanted: str = "") -> str:
    """An address in a subnet that nobody has: the wanted one, or the first one of its pools."""
    used = {ip["ip_address"] for x in ask.store.all("port") for ip in x["fixed_ips"]}
    used |= {x["floating_ip_address"] for x in ask.store.all("floatingip")}
    refuse(wanted and ip_address(wanted) not in ip_network(subnet["cidr"]), "InvalidIpForSubnet", ip=wanted)
    refuse(wanted in used, "IpAddressAlreadyAllocated", ip=wanted, id=subnet["id"])
    pools = [[ip_address(pool[end]) for end in ("start", "end")] for pool in subnet["allocation_pools"]]
    ips = (str(first + step) for first, last in pools for step in range(int(last) - int(first) + 1))
    free = wanted or next((ip for ip in ips if ip not in used and ip != subnet["gateway_ip"]), "")
    refuse(not free, "IpAddressGenerationFailure", id=subnet["network_id"])
    return free


def addresses(ask: Ask, port: Json, wanted: list[Json] | None) -> list[Json]:
    """The addresses of a port: those asked for, else one of each version that the network has.

    Where the network announces prefixes, a port makes one more of its MAC address itself.
    """
    subnets, mac = ask.store.all("subnet", network_id=port["network_id"]), port["mac_address"].split(":")
    if wanted is None:
        versions = {x["ip_version"]: x["id"] for x in reversed(subnets) if not x["ipv6_address_mode"]}
        wanted = [{"subnet_id": versions[number]} for number in sorted(versions)]
    found = []
    for one in wanted:
        id, ip = one.get("subnet_id"), one.get("ip_address", "")
        fitting = [x for x in subnets if id in (None, x["id"]) and (not ip or ip_address(ip) in ip_network(x["cidr"]))]
        refuse(not fitting, "InvalidInput", what=f"fixed_ips included invalid subnet {id}.")
        found.append({"subnet_id": fitting[0]["id"], "ip_address": free_address(ask, fitting[0], ip)})
    number = int("".join([*mac[:3], "fffe", *mac[3:]]), 16) ^ 2 << 56
    there = [ip["subnet_id"] for ip in found]
    for x in () if port["device_owner"].startswith("network:router") else subnets:
        if x["ipv6_address_mode"] in ("slaac", "dhcpv6-stateless") and x["id"] not in there:
            found.append({"subnet_id": x["id"], "ip_address": str(ip_network(x["cidr"])[number])})
    return found


def new_port(ask: Ask, item: Json, body: Json) -> None:
    """The addresses and the security groups of a new port."""
    id, owner = NETWORK.find(ask, item["network_id"])["id"], item["device_owner"]
    mac = item["mac_address"] = item["mac_address"] or "fa:16:3e:" + ":".join(f"{x:02x}" for x in os.urandom(3))
    refuse(ask.store.first("port", network_id=id, mac_address=mac), "MacAddressInUse", id=id, mac=mac)
    item["fixed_ips"] = addresses(ask, item, body.get("fixed_ips"))
    item["allowed_address_pairs"] = [{"mac_address": mac, **pair} for pair in item["allowed_address_pairs"]]
    if body.get("security_groups") is None:
        secured = item["port_security_enabled"] and not owner.startswith("network:")
        item["security_groups"] = [default_group(ask, item["project_id"])["id"]] if secured else []
    if owner == GATEWAY:
        item["project_id"] = item["tenant_id"] = ""  # Neutron keeps gateways out of the users' sight
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
        body["fixed_ips"] = addresses(ask, {**item, **body}, body["fixed_ips"])
    open_port = body.get("port_security_enabled") is False
    refuse(open_port and body.get("security_groups", item["security_groups"]), "PortSecurityPortHasSecurityGroup")


def free_port(ask: Ask, item: Json, body: Json) -> None:
    """A router's ports go with the router alone; floating IPs lose their port."""
    refuse(item["device_owner"] in (GATEWAY, INTERFACE), "ServicePortInUse", id=item["id"], owner=item["device_owner"])
    loosen(ask, item["id"])


def loosen(ask: Ask, port_id: str) -> None:
    """Take a port from the floating IPs that point at it."""
    for x in ask.store.all("floatingip", port_id=port_id):
        ask.store.put("floatingip", x | LOOSE)


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
    +*trusted=null +*resource_request=null +status=DOWN +ip_allocation=immediate +tags=[]""", quota="port",
    making=new_port, changing=change_port, removing=free_port, view=port_told, matches=lambda ask, item, key, value: (
        value.split("=") in [[*x] for ip in item["fixed_ips"] for x in ip.items()] if key == "fixed_ips" else None),
)  # fmt: skip


def default_group(ask: Ask, project_id: str) -> Json:
    """The default security group of a project, made when it is first needed."""
    given = {"name": "default", "project_id": project_id, "description": "Default security group"}
    found = ask.store.first("security_group", project_id=project_id, name="default")
    return found or GROUP.make(ask, given, same_id("security group", project_id))


def new_group(ask: Ask, item: Json, body: Json) -> None:
    """A new security group lets everything out; the default one lets in what is in it too."""
    default = item["id"] == same_id("security group", item["project_id"])
    refuse(item["name"] == "default" and not default, "SecurityGroupDefaultAlreadyExists")
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


def lets_through(rule: Json) -> Json:
    """What a rule lets through; a prefix that all addresses have is none."""
    told = pick(rule, "direction ethertype protocol port_range_min port_range_max remote_ip_prefix remote_group_id")
    return {key: held for key, held in told.items() if held not in (None, "0.0.0.0/0", "::/0")}


def new_rule(ask: Ask, item: Json, body: Json) -> None:
    """A rule that its group does not have yet."""
    group, prefix = GROUP.find(ask, item["security_group_id"]), item["remote_ip_prefix"]
    rules = ask.store.all("security_group_rule", security_group_id=group["id"])
    same = [x["id"] for x in rules if lets_through(x) == lets_through(item)]
    refuse(same, "SecurityGroupRuleExists", id="".join(same))
    item |= {"normalized_cidr": prefix and str(ip_network(prefix, strict=False)), "project_id": group["project_id"]}
    item["belongs_to_default_sg"] = group["name"] == "default"


GROUP = Collection(
    NEUTRON, "security_group", "name= description= stateful=true +shared=false +tags=[]", quota="security_group",
    missing="Security group {id} does not exist", making=new_group, view=group_told,
    removing=lambda ask, item, body: refuse(item["name"] == "default", "SecurityGroupInUse", id=item["id"]),
    held="port.security_groups=SecurityGroupInUse", parts="security_group_rule.security_group_id",
    # A default one is made when they are first looked at.
    rows=lambda ask: [default_group(ask, ask.by.project_id)] and ask.store.all("security_group"))  # fmt: skip
RULE = Collection(
    NEUTRON, "security_group_rule", """security_group_id direction ethertype=IPv4 protocol=null port_range_min=null
    port_range_max=null remote_ip_prefix=null remote_group_id=null remote_address_group_id=null description=""",
    quota="security_group_rule", missing="Security group rule {id} does not exist", making=new_rule)  # fmt: skip


def change_router(ask: Ask, item: Json, body: Json) -> None:
    """Routes by way of what it reaches; another gateway or none: a port on an external network."""
    reach(ask, item, body.get("routes", []))
    if "external_gateway_info" not in body:
        return
    given, verb = body["external_gateway_info"] or {}, "create" if ask.method == "POST" else "update"
    rules = " and ".join(f"rule:{verb}_router:external_gateway_info:{key}" for key in given)
    refuse(given.keys() - {"network_id"} and not ask.by.admin, "PolicyNotAuthorized", what=f"({rules})")
    ask.store.drop("port", *(x["id"] for x in ports_of(ask, item["id"], GATEWAY)))
    item["revision_number"] += 1 if verb == "create" else 2
    if given:
        network, id = NETWORK.find(ask, given.get("network_id", "")), given["network_id"]
        refuse(not network["router:external"], "BadRouter", what=f"Network {id} is not an external network.")
        ips = own_port(ask, item, id, GATEWAY, given.get("external_fixed_ips"))["fixed_ips"]
        given = {"network_id": id, "external_fixed_ips": ips, "enable_snat": given.get("enable_snat", True)}
    item["external_gateway_info"] = body["external_gateway_info"] = given or None


def reach(ask: Ask, router: Json, routes: list[Json]) -> None:
    """Refuse routes by way of an address that is in none of the router's networks."""
    ids = [ip["subnet_id"] for port in ask.store.all("port", device_id=router["id"]) for ip in port["fixed_ips"]]
    near = [ip_network(x["cidr"]) for x in ask.store.all("subnet") if x["id"] in ids]
    lost = [x for x in routes if not any(ip_address(x["nexthop"]) in one for one in near)]
    refuse(lost, "BadRequest", what=f"Invalid format for routes: {lost}, the nexthop is not connected with router")


def own_port(ask: Ask, router: Json, network_id: str, owner: str, ips: list[Json] | None) -> Json:
    """A port of a router."""
    where = {"network_id": network_id, "device_id": router["id"], "binding:host_id": "net1"}
    return PORT.make(ask, {**where, "device_owner": owner, "fixed_ips": ips})


def ports_of(ask: Ask, router_id: str, owner: str) -> list[Json]:
    """The ports of a router."""
    return ask.store.all("port", device_id=router_id, device_owner=owner)


ROUTER = Collection(
    NEUTRON, "router", """name= description= admin_state_up=true external_gateway_info=null routes=[]
    availability_zone_hints=[] *distributed=false *ha=false flavor_id=null enable_ndp_proxy=false +status=ACTIVE
    +availability_zones=[] +conntrack_helpers=[] +tags=[]""", missing="Router {id} could not be found", quota="router",
    making=change_router, changing=change_router, held="port.device_id=RouterInUse",
    removing=lambda ask, item, body: change_router(ask, item, {"external_gateway_info": None}),
    # A router gets its zone when it first has a port.
    view=lambda ask, told, item: told.update(availability_zones=[
        "nova"] if ask.method != "POST" and ask.store.first("port", device_id=item["id"]) else []))  # fmt: skip


@on(NEUTRON, "PUT /v2.0/routers/{id}/{verb}_router_interface")
def _interface(ask: Ask) -> Json:
    router, body, add = ROUTER.reach(ask, "update"), ask.json(), ask.args["verb"] == "add"
    given = PORT.find(ask, body["port_id"]) if "port_id" in body else None
    subnet = SUBNET.find(ask, given["fixed_ips"][0]["subnet_id"] if given else body["subnet_id"])
    id = subnet["id"]
    there = [x for x in ports_of(ask, router["id"], INTERFACE) if x["fixed_ips"][0]["subnet_id"] == id]
    refuse(not add and not there, "RouterInterfaceNotFoundForSubnet", id=router["id"], subnet=id)
    refuse(add and there, "BadRouter", what=f"Router already has a port on subnet {id}.")
    ips = [{"subnet_id": id, "ip_address": subnet["gateway_ip"]}]
    port = (given if add else there[0]) or own_port(ask, router, subnet["network_id"], INTERFACE, ips)
    if add:
        bind(ask, port | {"device_id": router["id"], "device_owner": INTERFACE}, "net1")
    else:
        ask.store.drop("port", port["id"])
    ROUTER.save(ask, router)
    told = {"subnet_id": id, "subnet_ids": [ip["subnet_id"] for ip in port["fixed_ips"]]}
    return {**pick(router, "id project_id"), **pick(port, "port_id=id network_id"), **told}


@on(NEUTRON, "PUT /v2.0/routers/{id}/{verb}_extraroutes")
def _routes(ask: Ask) -> Json:
    router, given = ROUTER.reach(ask, "update"), ask.json("router").get("routes", [])
    reach(ask, router, given)
    kept = [x for x in router["routes"] if x not in given]
    router["routes"] = kept + (given if ask.args["verb"] == "add" else [])
    # Of all that Neutron answers, this alone tells everybody what it keeps of a router.
    inner = fields("ha_vr_id=0 enable_default_route_bfd=false enable_default_route_ecmp=false enable_snat=true")
    inner |= pick(router, "distributed ha") | pick(router["external_gateway_info"] or {}, "enable_snat")
    inner["gw_port_id"] = next((x["id"] for x in ports_of(ask, router["id"], GATEWAY)), None)
    return {"router": {**ROUTER.shown(ask, ROUTER.save(ask, router)), **inner}}


def new_floating_ip(ask: Ask, item: Json, body: Json) -> None:
    """A new floating IP's address."""
    network, wanted = NETWORK.find(ask, item["floating_network_id"]), item.pop("subnet_id")
    wrong = f"Bad floatingip request: Network {network['id']} is not a valid external network."
    refuse(not network["router:external"], "BadRequest", what=wrong)
    subnets = sorted(ask.store.all("subnet", network_id=network["id"], ip_version=4), key=lambda x: x["id"] != wanted)
    refuse(not subnets, "IpAddressGenerationFailure", id=network["id"])
    item["floating_ip_address"] = free_address(ask, subnets[0], item["floating_ip_address"] or "")
    change_floating_ip(ask, item, item)


def change_floating_ip(ask: Ask, item: Json, body: Json) -> None:
    """Point a floating IP at a port, or at none."""
    id, ip = body.get("port_id"), body.get("fixed_ip_address")
    body |= LOOSE if "port_id" in body else {}
    if id is None:
        return
    fitting = [x for x in PORT.find(ask, id)["fixed_ips"] if ip in (None, x["ip_address"]) and "." in x["ip_address"]]
    subnet = fitting[0]["subnet_id"] if fitting else ""
    near = [x["device_id"] for x in ask.store.all("port", device_owner=INTERFACE) if subnet in str(x["fixed_ips"])]
    gateways = ask.store.all("port", network_id=item["floating_network_id"], device_owner=GATEWAY)
    out = [x["device_id"] for x in gateways if x["device_id"] in near and fitting]
    words = {"network": item["floating_network_id"], "subnet": subnet, "port": id}
    refuse(not out, "ExternalGatewayForFloatingIPNotFound", **words)
    body |= {"port_id": id, "router_id": out[0], "fixed_ip_address": fitting[0]["ip_address"]}
    ask.store.later(item, 0.2, {"status": "ACTIVE"})


PORT_TOLD = "name network_id mac_address admin_state_up status device_id device_owner"
FLOATING_IP = Collection(
    NEUTRON, "floatingip", """floating_network_id description= floating_ip_address=null port_id=null
    fixed_ip_address=null subnet_id=null qos_policy_id=null dns_domain= dns_name= +router_id=null +status=DOWN
    +port_forwardings=[] +tags=[]""", type="FloatingIP", missing="Floating IP {id} could not be found",
    quota="floatingip", making=new_floating_ip, changing=change_floating_ip,
    view=lambda ask, told, item: told.update(
        port_details=(port := ask.store.get("port", item["port_id"] or "")) and pick(port, PORT_TOLD)))  # fmt: skip


Collection(
    NEUTRON, "availability_zone", "name state resource", path="/v2.0/availability_zones", verbs="list", see="all",
    rows=lambda ask: rows("state name resource", "available nova network, available nova router"))  # fmt: skip
EXTENSIONS = "availability_zone external-net router quotas security-group standard-attr-tag"
Collection(
    NEUTRON, "extension", "alias name description= updated= links=[]", verbs="list show", see="all", key="alias",
    rows=lambda ask: [
        {"alias": x, "name": x.translate({45: " ", 95: " "}).title(), "description": "", "updated": "", "links": []}
        for x in EXTENSIONS.split()])  # fmt: skip
