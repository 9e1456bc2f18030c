"""Network: networks, subnets, ports, security groups, routers, floating IPs."""

import os
from ipaddress import ip_address, ip_network

from .api_errors import api_error, raise_if
from .data import Json, fields, pick, rows
from .engine import Collection, route
from .messages import Request
from .services import NEUTRON
from .store import stable_id

GATEWAY, INTERFACE = "network:router_gateway", "network:router_interface"
DISASSOCIATED: Json = {"port_id": None, "fixed_ip_address": None, "router_id": None, "status": "DOWN"}


def before_network_create(request: Request, item: Json, body: Json) -> None:
    """Set the provider attributes of a new network, and create the default security group of its project."""
    default_group(request, item["project_id"])
    kind = item["provider:network_type"] or ("flat" if item["router:external"] else "vxlan")
    number = len(request.store.all("network", **{"provider:network_type": "vxlan"})) + 1 if kind == "vxlan" else None
    item |= {"provider:network_type": kind, "provider:segmentation_id": item["provider:segmentation_id"] or number}


def network_output(request: Request, output: Json, item: Json) -> None:
    """Add the subnets of a network."""
    output["subnets"] = [x["id"] for x in request.store.all("subnet", network_id=item["id"])]
    output["availability_zones"] = ["nova"] if output["subnets"] else []
    if request.method == "GET" and not output["router:external"]:
        output.pop("is_default")


NETWORK = Collection(
    NEUTRON,
    "network",
    """name= description= admin_state_up=true mtu=1450 !shared=false !router:external=false
    !is_default=false port_security_enabled=true qos_policy_id=null dns_domain= availability_zone_hints=[]
    *provider:network_type=null *provider:physical_network=null *provider:segmentation_id=null +status=ACTIVE
    +ipv4_address_scope=null +ipv6_address_scope=null +l2_adjacency=true +tags=[]""",
    quota="network",
    before_create=before_network_create,
    adjust_output=network_output,
    blocks_delete="port.network_id=NetworkInUse",
    deleted_with="subnet.network_id",
    is_shared=lambda request, item: item["shared"] or item["router:external"],
)


def before_subnet_create(request: Request, item: Json, body: Json) -> None:
    """Set the gateway and the allocation pools of a new subnet."""
    network = NETWORK.find(request, item["network_id"])
    try:
        cidr = ip_network(item["cidr"] or "")
    except ValueError:
        raise api_error("InvalidInput", what=f"{item['cidr']} is not in a CIDR format.") from None
    NETWORK.authorize(request, "update", network)
    raise_if(cidr.version != item["ip_version"], "InvalidInput", what=f"{cidr} is of IP version {cidr.version}.")
    others = request.store.all("subnet", network_id=network["id"], ip_version=cidr.version)
    wrong = f"Requested subnet with cidr: {cidr} for network: {network['id']} overlaps with another subnet."
    raise_if([x for x in others if cidr.overlaps(ip_network(x["cidr"]))], "InvalidInput", what=wrong)
    is_ipv6 = cidr.version == 6
    item |= {"cidr": str(cidr), "router:external": network["router:external"]}
    item |= {"gateway_ip": body.get("gateway_ip", str(cidr[0 if is_ipv6 else 1]))}
    first, last = cidr[2 if item["gateway_ip"] == str(cidr[1]) else 1], cidr[-1 if is_ipv6 else -2]
    item["allocation_pools"] = item["allocation_pools"] or [{"start": str(first), "end": str(last)}]
    item["revision_number"] = int(bool(item["service_types"]))
    before_subnet_update(request, item, item)


def before_subnet_update(request: Request, item: Json, body: Json) -> None:
    """Sort the lists of a subnet as Neutron does; a change of DNS servers or routes alone is no new revision."""
    item["revision_number"] -= body.keys() <= {"dns_nameservers", "host_routes"}
    body.get("service_types", []).sort()
    body.get("allocation_pools", []).sort(key=lambda pool: int(ip_address(pool["start"])))
    body.get("host_routes", []).sort(key=lambda route: route["destination"])


SUBNET = Collection(
    NEUTRON,
    "subnet",
    """network_id ip_version=4 name= description= cidr=null subnetpool_id=null gateway_ip=null
    enable_dhcp=true allocation_pools=[] host_routes=[] dns_nameservers=[] ipv6_ra_mode=null ipv6_address_mode=null
    service_types=[] dns_publish_fixed_ip=false +tags=[]""",
    quota="subnet",
    before_create=before_subnet_create,
    before_update=before_subnet_update,
    blocks_delete="port.fixed_ips=SubnetInUse",
    is_shared=lambda request, item: (request.store.get("network", item["network_id"]) or {}).get("shared"),
)


def free_address(request: Request, subnet: Json, requested: str = "") -> str:
    """Return a free address of a subnet: `requested`, or the first one of the allocation pools."""
    used = {ip["ip_address"] for x in request.store.all("port") for ip in x["fixed_ips"]}
    used |= {x["floating_ip_address"] for x in request.store.all("floatingip")}
    raise_if(requested and ip_address(requested) not in ip_network(subnet["cidr"]), "InvalidIpForSubnet", ip=requested)
    raise_if(requested in used, "IpAddressAlreadyAllocated", ip=requested, id=subnet["id"])
    pools = [[ip_address(pool[end]) for end in ("start", "end")] for pool in subnet["allocation_pools"]]
    ips = (str(first + step) for first, last in pools for step in range(int(last) - int(first) + 1))
    free = requested or next((ip for ip in ips if ip not in used and ip != subnet["gateway_ip"]), "")
    raise_if(not free, "IpAddressGenerationFailure", id=subnet["network_id"])
    return free


def addresses(request: Request, port: Json, requested: list[Json] | None) -> list[Json]:
    """Return the addresses of a port: the requested ones, else one of each IP version of the network.

    A subnet with SLAAC adds an address made of the MAC address.
    """
    subnets, mac = request.store.all("subnet", network_id=port["network_id"]), port["mac_address"].split(":")
    if requested is None:
        versions = {x["ip_version"]: x["id"] for x in reversed(subnets) if not x["ipv6_address_mode"]}
        requested = [{"subnet_id": versions[number]} for number in sorted(versions)]
    found = []
    for one in requested:
        id, ip = one.get("subnet_id"), one.get("ip_address", "")
        fitting = [x for x in subnets if id in (None, x["id"]) and (not ip or ip_address(ip) in ip_network(x["cidr"]))]
        raise_if(not fitting, "InvalidInput", what=f"fixed_ips included invalid subnet {id}.")
        found.append({"subnet_id": fitting[0]["id"], "ip_address": free_address(request, fitting[0], ip)})
    number = int("".join([*mac[:3], "fffe", *mac[3:]]), 16) ^ 2 << 56
    there = [ip["subnet_id"] for ip in found]
    for x in () if port["device_owner"].startswith("network:router") else subnets:
        if x["ipv6_address_mode"] in ("slaac", "dhcpv6-stateless") and x["id"] not in there:
            found.append({"subnet_id": x["id"], "ip_address": str(ip_network(x["cidr"])[number])})
    return found


def before_port_create(request: Request, item: Json, body: Json) -> None:
    """Set the addresses and the security groups of a new port."""
    id, owner = NETWORK.find(request, item["network_id"])["id"], item["device_owner"]
    mac = item["mac_address"] = item["mac_address"] or "fa:16:3e:" + ":".join(f"{x:02x}" for x in os.urandom(3))
    raise_if(request.store.first("port", network_id=id, mac_address=mac), "MacAddressInUse", id=id, mac=mac)
    item["fixed_ips"] = addresses(request, item, body.get("fixed_ips"))
    item["allowed_address_pairs"] = [{"mac_address": mac, **pair} for pair in item["allowed_address_pairs"]]
    if body.get("security_groups") is None:
        secured = item["port_security_enabled"] and not owner.startswith("network:")
        item["security_groups"] = [default_group(request, item["project_id"])["id"]] if secured else []
    if owner == GATEWAY:
        item["project_id"] = item["tenant_id"] = ""  # Neutron hides gateway ports from users
    bind_port(request, item, item["binding:host_id"])


def bind_port(request: Request, item: Json, host: str) -> Json:
    """Bind a port to a host, or unbind it with ""."""
    details = {"port_filter": True, "bridge_name": "br-int"} if host else {}
    item |= {"binding:host_id": host, "binding:vif_type": "ovs" if host else "unbound", "binding:vif_details": details}
    item["status"] = "ACTIVE" if host and item["admin_state_up"] else "DOWN"
    return request.store.put("port", item)


def before_port_update(request: Request, item: Json, body: Json) -> None:
    """Set other addresses of a port."""
    if "fixed_ips" in body:
        request.store.put("port", {**item, "fixed_ips": []})
        body["fixed_ips"] = addresses(request, {**item, **body}, body["fixed_ips"])
    open_port = body.get("port_security_enabled") is False
    raise_if(open_port and body.get("security_groups", item["security_groups"]), "PortSecurityPortHasSecurityGroup")


def before_port_delete(request: Request, item: Json, body: Json) -> None:
    """Raise 409 for a port of a router; disassociate the floating IPs of another."""
    raise_if(
        item["device_owner"] in (GATEWAY, INTERFACE), "ServicePortInUse", id=item["id"], owner=item["device_owner"]
    )
    disassociate_floating_ips(request, item["id"])


def disassociate_floating_ips(request: Request, port_id: str) -> None:
    """Disassociate the floating IPs of a port."""
    for x in request.store.all("floatingip", port_id=port_id):
        request.store.put("floatingip", x | DISASSOCIATED)


def port_output(request: Request, output: Json, item: Json) -> None:
    """Add the DNS names of a port; Neutron returns its addresses sorted as text."""
    if request.method == "GET":
        output["fixed_ips"] = sorted(item["fixed_ips"], key=lambda ip: str(ip["ip_address"]))
    names = [(x["ip_address"], "host-" + x["ip_address"].translate({46: "-", 58: "-"})) for x in item["fixed_ips"]]
    output["dns_assignment"] = [{"ip_address": ip, "hostname": x, "fqdn": f"{x}.openstacklocal."} for ip, x in names]


PORT = Collection(
    NEUTRON,
    "port",
    """network_id name= description= mac_address=null admin_state_up=true device_id= device_owner=
    fixed_ips=[] allowed_address_pairs=[] extra_dhcp_opts=[] security_groups=[] binding:vnic_type=normal
    *binding:profile={} *binding:host_id= port_security_enabled=true qos_policy_id=null dns_name= dns_domain=
    data_plane_status=null *hints=null propagate_uplink_status=true numa_affinity_policy=null device_profile=null
    +*binding:vif_type=unbound +*binding:vif_details={} +qos_network_policy_id=null +hardware_offload_type=null
    +*trusted=null +*resource_request=null +status=DOWN +ip_allocation=immediate +tags=[]""",
    quota="port",
    before_create=before_port_create,
    before_update=before_port_update,
    before_delete=before_port_delete,
    adjust_output=port_output,
    match_filter=lambda request, item, key, value: (
        value.split("=") in [[*x] for ip in item["fixed_ips"] for x in ip.items()] if key == "fixed_ips" else None
    ),
)


def default_group(request: Request, project_id: str) -> Json:
    """Return the default security group of a project, which is created at its first use."""
    given = {"name": "default", "project_id": project_id, "description": "Default security group"}
    found = request.store.first("security_group", project_id=project_id, name="default")
    return found or GROUP.insert(request, given, stable_id("security group", project_id))


def before_group_create(request: Request, item: Json, body: Json) -> None:
    """Create the rules of a new security group."""
    default = item["id"] == stable_id("security group", item["project_id"])
    raise_if(item["name"] == "default" and not default, "SecurityGroupDefaultAlreadyExists")
    item["revision_number"] = int(default)
    request.store.put("security_group", item)
    own = {"security_group_id": item["id"], "project_id": item["project_id"], "description": None}
    for ethertype in ("IPv4", "IPv6"):
        RULE.insert(request, {**own, "direction": "egress", "ethertype": ethertype})
        if default:
            RULE.insert(request, {**own, "direction": "ingress", "ethertype": ethertype, "remote_group_id": item["id"]})


def group_output(request: Request, output: Json, item: Json) -> None:
    """Add the rules of a security group."""
    rules = request.store.all("security_group_rule", security_group_id=item["id"])
    output["security_group_rules"] = [{**RULE.represent(request, x), "tags": []} for x in rules]


def rule_match(rule: Json) -> Json:
    """Return what a rule matches; a prefix of all addresses is the same as none."""
    output = pick(rule, "direction ethertype protocol port_range_min port_range_max remote_ip_prefix remote_group_id")
    return {key: value for key, value in output.items() if value not in (None, "0.0.0.0/0", "::/0")}


def before_rule_create(request: Request, item: Json, body: Json) -> None:
    """Raise 409 if the security group has such a rule already."""
    group, prefix = GROUP.find(request, item["security_group_id"]), item["remote_ip_prefix"]
    rules = request.store.all("security_group_rule", security_group_id=group["id"])
    duplicates = [x["id"] for x in rules if rule_match(x) == rule_match(item)]
    raise_if(duplicates, "SecurityGroupRuleExists", id="".join(duplicates))
    item |= {"normalized_cidr": prefix and str(ip_network(prefix, strict=False)), "project_id": group["project_id"]}
    item["belongs_to_default_sg"] = group["name"] == "default"


GROUP = Collection(
    NEUTRON,
    "security_group",
    "name= description= stateful=true +shared=false +tags=[]",
    quota="security_group",
    not_found="Security group {id} does not exist",
    before_create=before_group_create,
    adjust_output=group_output,
    before_delete=lambda request, item, body: raise_if(item["name"] == "default", "SecurityGroupInUse", id=item["id"]),
    blocks_delete="port.security_groups=SecurityGroupInUse",
    deleted_with="security_group_rule.security_group_id",
    # Neutron creates the default group when groups are first listed.
    source=lambda request: (
        [default_group(request, request.identity.project_id)] and request.store.all("security_group")
    ),
)
RULE = Collection(
    NEUTRON,
    "security_group_rule",
    """security_group_id direction ethertype=IPv4 protocol=null port_range_min=null
    port_range_max=null remote_ip_prefix=null remote_group_id=null remote_address_group_id=null description=""",
    quota="security_group_rule",
    not_found="Security group rule {id} does not exist",
    before_create=before_rule_create,
)


def before_router_change(request: Request, item: Json, body: Json) -> None:
    """Set the routes and the external gateway of a router."""
    validate_routes(request, item, body.get("routes", []))
    if "external_gateway_info" not in body:
        return
    given, verb = body["external_gateway_info"] or {}, "create" if request.method == "POST" else "update"
    rules = " and ".join(f"rule:{verb}_router:external_gateway_info:{key}" for key in given)
    raise_if(given.keys() - {"network_id"} and not request.identity.admin, "PolicyNotAuthorized", what=f"({rules})")
    request.store.delete("port", *(x["id"] for x in ports_of(request, item["id"], GATEWAY)))
    item["revision_number"] += 1 if verb == "create" else 2
    if given:
        network, id = NETWORK.find(request, given.get("network_id", "")), given["network_id"]
        raise_if(not network["router:external"], "BadRouter", what=f"Network {id} is not an external network.")
        ips = create_router_port(request, item, id, GATEWAY, given.get("external_fixed_ips"))["fixed_ips"]
        given = {"network_id": id, "external_fixed_ips": ips, "enable_snat": given.get("enable_snat", True)}
    item["external_gateway_info"] = body["external_gateway_info"] = given or None


def validate_routes(request: Request, router: Json, routes: list[Json]) -> None:
    """Raise 400 for a next hop outside of the router's subnets."""
    ids = [ip["subnet_id"] for port in request.store.all("port", device_id=router["id"]) for ip in port["fixed_ips"]]
    connected = [ip_network(x["cidr"]) for x in request.store.all("subnet") if x["id"] in ids]
    unreachable = [x for x in routes if not any(ip_address(x["nexthop"]) in one for one in connected)]
    raise_if(
        unreachable,
        "BadRequest",
        what=f"Invalid format for routes: {unreachable}, the nexthop is not connected with router",
    )


def create_router_port(request: Request, router: Json, network_id: str, owner: str, ips: list[Json] | None) -> Json:
    """Create a port of a router."""
    where = {"network_id": network_id, "device_id": router["id"], "binding:host_id": "net1"}
    return PORT.insert(request, {**where, "device_owner": owner, "fixed_ips": ips})


def ports_of(request: Request, router_id: str, owner: str) -> list[Json]:
    """Return the ports of a router with this owner."""
    return request.store.all("port", device_id=router_id, device_owner=owner)


ROUTER = Collection(
    NEUTRON,
    "router",
    """name= description= admin_state_up=true external_gateway_info=null routes=[]
    availability_zone_hints=[] *distributed=false *ha=false flavor_id=null enable_ndp_proxy=false +status=ACTIVE
    +availability_zones=[] +conntrack_helpers=[] +tags=[]""",
    not_found="Router {id} could not be found",
    quota="router",
    before_create=before_router_change,
    before_update=before_router_change,
    blocks_delete="port.device_id=RouterInUse",
    before_delete=lambda request, item, body: before_router_change(request, item, {"external_gateway_info": None}),
    # Neutron sets the zone of a router when it has a port.
    adjust_output=lambda request, output, item: output.update(
        availability_zones=["nova"]
        if request.method != "POST" and request.store.first("port", device_id=item["id"])
        else []
    ),
)


@route(NEUTRON, "PUT /v2.0/routers/{id}/{verb}_router_interface")
def _interface(request: Request) -> Json:
    router, body, add = ROUTER.find_writable(request, "update"), request.json(), request.args["verb"] == "add"
    given = PORT.find(request, body["port_id"]) if "port_id" in body else None
    subnet = SUBNET.find(request, given["fixed_ips"][0]["subnet_id"] if given else body["subnet_id"])
    id = subnet["id"]
    there = [x for x in ports_of(request, router["id"], INTERFACE) if x["fixed_ips"][0]["subnet_id"] == id]
    raise_if(not add and not there, "RouterInterfaceNotFoundForSubnet", id=router["id"], subnet=id)
    raise_if(add and there, "BadRouter", what=f"Router already has a port on subnet {id}.")
    ips = [{"subnet_id": id, "ip_address": subnet["gateway_ip"]}]
    port = (given if add else there[0]) or create_router_port(request, router, subnet["network_id"], INTERFACE, ips)
    if add:
        bind_port(request, port | {"device_id": router["id"], "device_owner": INTERFACE}, "net1")
    else:
        request.store.delete("port", port["id"])
    ROUTER.save(request, router)
    output = {"subnet_id": id, "subnet_ids": [ip["subnet_id"] for ip in port["fixed_ips"]]}
    return {**pick(router, "id project_id"), **pick(port, "port_id=id network_id"), **output}


@route(NEUTRON, "PUT /v2.0/routers/{id}/{verb}_extraroutes")
def _routes(request: Request) -> Json:
    router, given = ROUTER.find_writable(request, "update"), request.json("router").get("routes", [])
    validate_routes(request, router, given)
    stored = [x for x in router["routes"] if x not in given]
    router["routes"] = stored + (given if request.args["verb"] == "add" else [])
    # Neutron's response to this request alone has internal fields of a router.
    inner = fields("ha_vr_id=0 enable_default_route_bfd=false enable_default_route_ecmp=false enable_snat=true")
    inner |= pick(router, "distributed ha") | pick(router["external_gateway_info"] or {}, "enable_snat")
    inner["gw_port_id"] = next((x["id"] for x in ports_of(request, router["id"], GATEWAY)), None)
    return {"router": {**ROUTER.represent(request, ROUTER.save(request, router)), **inner}}


def before_floating_ip_create(request: Request, item: Json, body: Json) -> None:
    """Allocate the address of a new floating IP."""
    network, requested = NETWORK.find(request, item["floating_network_id"]), item.pop("subnet_id")
    wrong = f"Bad floatingip request: Network {network['id']} is not a valid external network."
    raise_if(not network["router:external"], "BadRequest", what=wrong)
    subnets = sorted(
        request.store.all("subnet", network_id=network["id"], ip_version=4), key=lambda x: x["id"] != requested
    )
    raise_if(not subnets, "IpAddressGenerationFailure", id=network["id"])
    item["floating_ip_address"] = free_address(request, subnets[0], item["floating_ip_address"] or "")
    before_floating_ip_update(request, item, item)


def before_floating_ip_update(request: Request, item: Json, body: Json) -> None:
    """Associate a floating IP with a port, or disassociate it."""
    id, ip = body.get("port_id"), body.get("fixed_ip_address")
    body |= DISASSOCIATED if "port_id" in body else {}
    if id is None:
        return
    fitting = [
        x for x in PORT.find(request, id)["fixed_ips"] if ip in (None, x["ip_address"]) and "." in x["ip_address"]
    ]
    subnet = fitting[0]["subnet_id"] if fitting else ""
    connected = [
        x["device_id"] for x in request.store.all("port", device_owner=INTERFACE) if subnet in str(x["fixed_ips"])
    ]
    gateways = request.store.all("port", network_id=item["floating_network_id"], device_owner=GATEWAY)
    out = [x["device_id"] for x in gateways if x["device_id"] in connected and fitting]
    words = {"network": item["floating_network_id"], "subnet": subnet, "port": id}
    raise_if(not out, "ExternalGatewayForFloatingIPNotFound", **words)
    body |= {"port_id": id, "router_id": out[0], "fixed_ip_address": fitting[0]["ip_address"]}
    request.store.schedule_change(item, 0.2, {"status": "ACTIVE"})


PORT_FIELDS = "name network_id mac_address admin_state_up status device_id device_owner"
FLOATING_IP = Collection(
    NEUTRON,
    "floatingip",
    """floating_network_id description= floating_ip_address=null port_id=null
    fixed_ip_address=null subnet_id=null qos_policy_id=null dns_domain= dns_name= +router_id=null +status=DOWN
    +port_forwardings=[] +tags=[]""",
    error_type="FloatingIP",
    not_found="Floating IP {id} could not be found",
    quota="floatingip",
    before_create=before_floating_ip_create,
    before_update=before_floating_ip_update,
    adjust_output=lambda request, output, item: output.update(
        port_details=(port := request.store.get("port", item["port_id"] or "")) and pick(port, PORT_FIELDS)
    ),
)


Collection(
    NEUTRON,
    "availability_zone",
    "name state resource",
    path="/v2.0/availability_zones",
    verbs="list",
    read_scope="all",
    source=lambda request: rows("state name resource", "available nova network, available nova router"),
)
EXTENSIONS = "availability_zone external-net router quotas security-group standard-attr-tag"
Collection(
    NEUTRON,
    "extension",
    "alias name description= updated= links=[]",
    verbs="list show",
    read_scope="all",
    id_field="alias",
    source=lambda request: [
        {"alias": x, "name": x.translate({45: " ", 95: " "}).title(), "description": "", "updated": "", "links": []}
        for x in EXTENSIONS.split()
    ],
)
