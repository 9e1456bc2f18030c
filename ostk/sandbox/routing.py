"""Network, continued: routers, floating IPs, tags, quotas, agents, extensions."""

from __future__ import annotations

from typing import Any

from .engine import NEEDED, Collection, on, serve
from .network import GROUP, MANNER, NETWORK, PORT, QUOTAS, SUBNET, SUBNETPOOL, bind, free_address, of  # fmt: skip
from .parts import quotas, tags
from .store import Json, same_id
from .wire import Ask, Refusal


def new_router(ask: Ask, item: Json, body: Json) -> None:
    """A new router, with its gateway if it has one."""
    QUOTAS.take(ask, "router")
    set_gateway(ask, item, item["external_gateway_info"])


def change_router(ask: Ask, item: Json, body: Json) -> None:
    """Another gateway or none."""
    if "external_gateway_info" in body:
        set_gateway(ask, item, body["external_gateway_info"])
        body["external_gateway_info"] = item["external_gateway_info"]


def set_gateway(ask: Ask, item: Json, given: Json | None) -> None:
    """Give a router a port on an external network, or take it away."""
    for port in ports_of(ask, item["id"], "network:router_gateway"):
        ask.store.drop("port", port["id"])
    item["external_gateway_info"] = None
    item["availability_zones"] = ["nova"] if given else item.get("availability_zones", [])
    if not given:
        return
    network = NETWORK.find(ask, given.get("network_id", ""))
    if not network["router:external"]:
        raise Refusal(400, f"Bad router request: Network {network['id']} is not an external network.",
                      "BadRequest")  # fmt: skip
    port = own_port(ask, item, network["id"], "network:router_gateway", given.get("external_fixed_ips"))
    item["external_gateway_info"] = {
        "network_id": network["id"], "external_fixed_ips": port["fixed_ips"],
        "enable_snat": given.get("enable_snat", True),
    }  # fmt: skip


def own_port(ask: Ask, router: Json, network_id: str, owner: str, ips: list[Json] | None) -> Json:
    """A port of a router."""
    made = {"network_id": network_id, "device_id": router["id"], "device_owner": owner}
    port = PORT.make(ask, {**made, **({"fixed_ips": ips} if ips else {})})
    port["binding:host_id"] = "net1"
    if owner.endswith("gateway"):
        port["project_id"] = port["tenant_id"] = ""  # Neutron keeps gateways out of the users' sight
    bind(port)
    return ask.store.put("port", port)


def ports_of(ask: Ask, router_id: str, owner: str = "network:router_interface") -> list[Json]:
    """The ports of a router."""
    return ask.store.all("port", device_id=router_id, device_owner=owner)


def free_router(ask: Ask, item: Json, body: Json) -> None:
    """Only a router without interfaces may go; its gateway goes with it."""
    if used := [x["id"] for x in ports_of(ask, item["id"])]:
        raise Refusal(409, f"Router {item['id']} has ports still attached: {', '.join(used)}", "RouterInUse")
    set_gateway(ask, item, None)


ROUTER = of(
    "router",
    {"admin_state_up": True, "external_gateway_info": None, "availability_zone_hints": [], "routes": [],
     "distributed": False, "ha": False, "flavor_id": None, "enable_ndp_proxy": False},
    {"status": "ACTIVE", "availability_zones": [], "conntrack_helpers": [], "tags": []},
    type="Router", missing="Router {id} could not be found", making=new_router, changing=change_router,
    removing=free_router, reserved=frozenset({"distributed", "ha"}),
)  # fmt: skip


@on(MANNER, "PUT /v2.0/routers/{id}/add_router_interface", "PUT /v2.0/routers/{id}/remove_router_interface")
def _interface(ask: Ask) -> Json:
    router, body = ROUTER.find(ask), ask.json()
    ROUTER.allow(ask, "update", router)
    add = ask.path.endswith("add_router_interface")
    if subnet_id := body.get("subnet_id"):
        subnet = SUBNET.find(ask, subnet_id)
        on_it = [x for x in ports_of(ask, router["id"]) if x["fixed_ips"][0]["subnet_id"] == subnet_id]
        if add and on_it:
            raise Refusal(400, f"Bad router request: Router already has a port on subnet {subnet_id}.", "BadRequest")
        if not add and not on_it:
            raise Refusal(404, f"Router {router['id']} has no interface on subnet {subnet_id}",
                          "RouterInterfaceNotFoundForSubnet")  # fmt: skip
        ips = [{"subnet_id": subnet_id, "ip_address": subnet["gateway_ip"]}]
        port = on_it[0] if on_it else None
        if port is None:
            given = ips if subnet["gateway_ip"] and gateway_free(ask, subnet) else [{"subnet_id": subnet_id}]
            port = own_port(ask, router, subnet["network_id"], "network:router_interface", given)
    else:
        port = PORT.find(ask, body.get("port_id", ""))
        port.update(device_id=router["id"], device_owner="network:router_interface")
        port["binding:host_id"] = "net1"
        bind(port)
        ask.store.put("port", port)
    subnets = [ip["subnet_id"] for ip in port["fixed_ips"]]
    if not add:
        ask.store.drop("port", port["id"])
    return {
        "id": router["id"], "project_id": router["project_id"], "port_id": port["id"],
        "network_id": port["network_id"], "subnet_id": subnets[0], "subnet_ids": subnets,
    }  # fmt: skip


def gateway_free(ask: Ask, subnet: Json) -> bool:
    """Whether no port has the gateway's address of a subnet."""
    gateway = {"subnet_id": subnet["id"], "ip_address": subnet["gateway_ip"]}
    return not any(gateway in x["fixed_ips"] for x in ask.store.all("port", network_id=subnet["network_id"]))


@on(MANNER, "PUT /v2.0/routers/{id}/add_extraroutes", "PUT /v2.0/routers/{id}/remove_extraroutes")
def _routes(ask: Ask) -> Json:
    router, given = ROUTER.find(ask), ask.json("router").get("routes", [])
    kept = [x for x in router["routes"] if x not in given]
    router["routes"] = kept + (given if ask.path.endswith("add_extraroutes") else [])
    return {"router": ROUTER.shown(ask, ROUTER.save(ask, router))}


# -- floating IPs -------------------------------------------------------------------------------------


def new_floating_ip(ask: Ask, item: Json, body: Json) -> None:
    """A new floating IP's address."""
    network = NETWORK.find(ask, item["floating_network_id"])
    if not network["router:external"]:
        raise Refusal(400,
                      f"Bad floatingip request: Network {network['id']} is not a valid external network.",
                      "BadRequest")  # fmt: skip
    QUOTAS.take(ask, "floatingip")
    subnets = [x for x in ask.store.all("subnet", network_id=network["id"]) if x["ip_version"] == 4]
    subnets = [x for x in subnets if x["id"] == item["subnet_id"]] or subnets
    if not subnets:
        raise Refusal(409, f"No more IP addresses available on network {network['id']}.",
                      "IpAddressGenerationFailure")  # fmt: skip
    item["floating_ip_address"] = free_address(ask, subnets[0], item["floating_ip_address"] or "")
    item.pop("subnet_id", None)
    change_floating_ip(ask, item, item)


def change_floating_ip(ask: Ask, item: Json, body: Json) -> None:
    """Point a floating IP at a port, or at none."""
    if "port_id" not in body:
        return
    body.update(router_id=None, fixed_ip_address=None if not body["port_id"] else body.get("fixed_ip_address"))
    item["status"] = "DOWN"
    if not body["port_id"]:
        return
    port = PORT.find(ask, body["port_id"])
    fitting = [x for x in port["fixed_ips"] if "." in x["ip_address"]]
    address = body["fixed_ip_address"] or (fitting[0]["ip_address"] if fitting else "")
    subnet = next((x["subnet_id"] for x in port["fixed_ips"] if x["ip_address"] == address), "")
    near = [x["device_id"] for x in ask.store.all("port", device_owner="network:router_interface")
            if any(ip["subnet_id"] == subnet for ip in x["fixed_ips"])]  # fmt: skip
    routers = [x for x in ask.store.all("router") if x["id"] in near and x["external_gateway_info"]]
    fitting_routers = [x for x in routers if x["external_gateway_info"]["network_id"] == item["floating_network_id"]]
    if not fitting_routers:
        raise Refusal(
            404,
            f"External network {item['floating_network_id']} is not reachable from subnet {subnet}.  "
            f"Therefore, cannot associate Port {port['id']} with a Floating IP.",
            "ExternalGatewayForFloatingIPNotFound",
        )
    body.update(router_id=fitting_routers[0]["id"], fixed_ip_address=address)
    ask.store.later(item, (1.0, {"status": "ACTIVE"}))


def floating_told(ask: Ask, told: Json, item: Json) -> Json:
    """A floating IP with what it tells of its port."""
    port = ask.store.get("port", item["port_id"]) if item["port_id"] else None
    keys = ("name", "network_id", "mac_address", "admin_state_up", "status", "device_id", "device_owner")
    told.pop("name", None)
    return {**told, "port_details": {key: port[key] for key in keys} if port else None}


FLOATING_IP = of(
    "floatingip",
    {"floating_network_id": NEEDED, "floating_ip_address": None, "port_id": None, "fixed_ip_address": None,
     "subnet_id": None, "qos_policy_id": None, "dns_domain": "", "dns_name": ""},
    {"router_id": None, "status": "DOWN", "port_forwardings": [], "tags": []},
    type="FloatingIP", missing="Floating IP {id} could not be found", making=new_floating_ip,
    changing=change_floating_ip, view=floating_told,
)  # fmt: skip

# -- tags, quotas and what an administrator looks at --------------------------------------------------

TAGGED = {one.path.rpartition("/")[2]: one for one in (NETWORK, SUBNET, SUBNETPOOL, PORT, ROUTER, FLOATING_IP, GROUP)}


def tagged(ask: Ask) -> Collection:
    """The collection in the path, if its things have tags."""
    if ask.args["many"] not in TAGGED:
        raise Refusal(404, "The resource could not be found.", "HTTPNotFound")
    return TAGGED[ask.args["many"]]


def used(ask: Ask, project: str) -> Json:
    """How many of each kind a project has."""
    return {kind: len(ask.store.all(kind, project_id=project)) for kind in QUOTAS.defaults}


tags(MANNER, "/v2.0/{many}/{id}", tagged, "Tag {tag} could not be found.", "TagNotFound")
quotas(QUOTAS, MANNER, "/v2.0/quotas", "quota", "rule:{1}_quota is disallowed by policy", used)


def agent(kind: str, binary: str, host: str, zone: str | None) -> Json:
    """An agent that reports."""
    return {
        "id": same_id(binary, host), "agent_type": kind, "binary": binary, "topic": "N/A", "host": host,
        "admin_state_up": True, "description": None, "resources_synced": None, "availability_zone": zone,
        "alive": True, "configurations": {},
    }  # fmt: skip


AGENTS = [
    agent("Open vSwitch agent", "neutron-openvswitch-agent", "cmp1", None),
    agent("DHCP agent", "neutron-dhcp-agent", "net1", "nova"),
    agent("L3 agent", "neutron-l3-agent", "net1", "nova"),
]
AGENT = Collection(MANNER, "agent", "/v2.0/agents", "agent", "agents", dict.fromkeys(AGENTS[0]),
                   see="all", do="admin", verbs="")  # fmt: skip


@on(MANNER, "GET /v2.0/agents")
def _agents(ask: Ask) -> Json:
    form = "%Y-%m-%d %H:%M:%S"
    times = {"created_at": ask.time(form), "started_at": ask.time(form), "heartbeat_timestamp": ask.time(form)}
    found = [{**x, **times} for x in AGENTS if AGENT.chosen(ask, x)]
    return AGENT.pages(ask, found if ask.by.admin else [])


@on(MANNER, "GET /v2.0/availability_zones")
def _zones(ask: Ask) -> Json:
    kinds = ("router", "network")
    return {"availability_zones": [{"state": "available", "name": "nova", "resource": x} for x in kinds]}


EXTENSIONS = (
    "address-scope agent allowed-address-pairs availability_zone default-subnetpools dns-integration "
    "external-net extra_dhcp_opt extraroute extraroute-atomic ext-gw-mode binding net-mtu "
    "network_availability_zone "
    "port-security provider quotas quota_details router router_availability_zone security-group sorting "
    "pagination "
    "standard-attr-description standard-attr-revisions standard-attr-tag standard-attr-timestamp "
    "subnet_allocation "
    "project-id"
).split()


@on(MANNER, "GET /v2.0/extensions", "GET /v2.0/extensions/{id}")
def _extensions(ask: Ask) -> Json:
    told: list[Any] = [
        {"name": x, "alias": x, "description": "", "updated": "2020-01-01T00:00:00-00:00", "links": []}
        for x in EXTENSIONS
    ]
    if "id" not in ask.args:
        return {"extensions": told}
    if ask.args["id"] not in EXTENSIONS:
        raise Refusal(404, "Extension could not be found.", "ExtensionNotFound")
    return {"extension": told[EXTENSIONS.index(ask.args["id"])]}


serve(ROUTER, FLOATING_IP)
