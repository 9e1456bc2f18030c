"""Network, continued: routers, floating IPs, availability zones, extensions."""

from __future__ import annotations

from .data import Json, pick
from .engine import Collection, answers, on
from .network import NETWORK, PORT, SUBNET, bind, free_address
from .refusals import refuse
from .services import NEUTRON
from .wire import Ask


def change_router(ask: Ask, item: Json, body: Json) -> None:
    """Another gateway or none: a port on an external network."""
    if "external_gateway_info" not in body:
        return
    given = body["external_gateway_info"]
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


# -- floating IPs -------------------------------------------------------------------------------------


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

# -- what there is without being kept -----------------------------------------------------------------


answers(NEUTRON, {
    "GET /v2.0/availability_zones": lambda ask: {"availability_zones": [
        {"state": "available", "name": "nova", "resource": x} for x in ("router", "network")]},
})  # fmt: skip
EXTENSIONS = """address-scope allowed-address-pairs availability_zone dns-integration external-net extra_dhcp_opt
    extraroute extraroute-atomic ext-gw-mode binding net-mtu network_availability_zone port-security provider quotas
    quota_details router router_availability_zone security-group sorting pagination standard-attr-description
    standard-attr-revisions standard-attr-tag standard-attr-timestamp project-id""".split()


def extensions(ask: Ask) -> list[Json]:
    """What this service can besides."""
    more = {"description": "", "updated": "2020-01-01T00:00:00-00:00", "links": []}
    return [{"id": x, "name": x, "alias": x, **more} for x in EXTENSIONS]


Collection(NEUTRON, "extension", "name alias", rows=extensions, see="all", verbs="list show",
           missing="Extension could not be found.")  # fmt: skip
