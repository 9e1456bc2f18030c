"""The topology of networks: what is requested, and the nodes and edges of the graph."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ..api.compute import SERVER
from ..api.network import FLOATING_IP, NETWORK, PORT, ROUTER, SUBNET
from ..errors import Forbidden, OstkError
from ..language import Cloud, Json, Resource
from ..session.optional_details import optional

IDS_PER_REQUEST = 100  # IDs in one query, so that the URL does not become too long
SERVER_OWNER, ROUTER_OWNERS = "compute:", ("network:router", "network:ha_router")
# Ports for which a router's gateway and a floating IP stand; Neutron shows them to administrators only.
REPRESENTED = ("network:router_gateway", "network:floatingip")
Lists = dict[Resource, list[Json]]


def request_lists(cloud: Cloud, project: str | None, networks: Sequence[str]) -> Lists:
    """Return the resources of the topology, requested concurrently.

    Args:
        cloud: The cloud to ask.
        project: The ID of the project whose resources are requested, None for all that the services show.
        networks: The IDs of the networks to which the topology is restricted, [] for all.

    Networks of other projects that the resources use (shared and external ones) are requested in a second round;
    with `networks`, those that routers and floating IPs lead to, without their subnets.
    """
    owned = {"project_id": project} if project else {}
    mine = project is not None and project == cloud.access.project_id
    query: Json = {} if mine else {"all_tenants": "True", **owned}
    queries: list[tuple[Resource, Json]] = [
        (NETWORK, {"id": networks} if networks else owned),
        (SUBNET, {"network_id": networks} if networks else owned),
        (PORT, {**owned, **({"network_id": networks} if networks else {})}),
        (ROUTER, owned),
        (FLOATING_IP, owned),
    ]

    def servers() -> list[Json]:
        try:
            return [*cloud.pages(SERVER, query, path=SERVER.find_path)]
        except Forbidden:  # of other projects
            if not networks or project:
                raise
            return [*cloud.pages(SERVER, path=SERVER.find_path)]

    *listed, named = cloud.gather(
        *(lambda one=one: [*cloud.pages(*one)] for one in queries),
        lambda: optional(servers, [], "the names of servers"),
    )
    found: Lists = dict(zip((resource for resource, _ in queries), listed, strict=True)) | {SERVER: named}
    found[PORT] = [port for port in found[PORT] if port.get("device_owner") not in REPRESENTED]
    if networks:
        found = restricted(found, set(networks))
    known = {network["id"] for network in found[NETWORK]}
    missing = sorted(used_networks(found) - known)
    batches = [missing[n : n + IDS_PER_REQUEST] for n in range(0, len(missing), IDS_PER_REQUEST)]
    wanted = [(NETWORK, {"id": ids}) for ids in batches]
    if not networks:
        wanted += [(SUBNET, {"network_id": ids}) for ids in batches]
    more = cloud.map_concurrent(lambda one: [*cloud.pages(*one)], wanted)
    for (resource, _), items in zip(wanted, more, strict=True):
        there = {item["id"] for item in found[resource]}
        found[resource] = [*found[resource], *(item for item in items if item["id"] not in there)]
    return found


def used_networks(found: Lists) -> set[str]:
    """Return the IDs of the networks that ports, routers, subnets and floating IPs are on."""
    ids = {item["network_id"] for resource in (PORT, SUBNET) for item in found[resource]}
    ids |= {gateway["network_id"] for router in found[ROUTER] if (gateway := gateway_of(router))}
    return ids | {ip["floating_network_id"] for ip in found[FLOATING_IP] if ip.get("floating_network_id")}


def restricted(found: Lists, networks: set[str]) -> Lists:
    """Return the resources that are connected to some networks."""
    ports = {port["id"]: port for port in found[PORT]}
    devices = {port.get("device_id") for port in ports.values()}
    routers = [r for r in found[ROUTER] if r["id"] in devices or gateway_of(r).get("network_id") in networks]
    floating_ips = [
        ip for ip in found[FLOATING_IP] if ip.get("floating_network_id") in networks or ip.get("port_id") in ports
    ]
    servers = [server for server in found[SERVER] if server["id"] in devices]
    return {**found, ROUTER: routers, FLOATING_IP: floating_ips, SERVER: servers}


def gateway_of(router: Json) -> Json:
    """Return the external gateway of a router, {} without one."""
    return router.get("external_gateway_info") or {}


def graph(found: Lists) -> tuple[list[Json], list[Json]]:
    """Return the nodes and edges of the topology.

    Returns:
        Nodes, each with `id`, `type`, `name`, `status`, `project_id` and fields of its type; and edges, each with
        `source`, `target` (IDs of nodes), `type` and for addresses `addresses`. Edges go from a subnet to its network,
        from a port to its network and its device, from a router to its external network, and from a floating IP to its
        network and its port. A device or network that is not visible is a node without a name.
    """
    nodes: dict[str, Json] = {}
    for item in [
        *map(network_node, found[NETWORK]),
        *map(subnet_node, found[SUBNET]),
        *map(router_node, found[ROUTER]),
    ]:
        nodes[item["id"]] = item
    for server in found[SERVER]:
        nodes[server["id"]] = {"id": server["id"], "type": "server", "name": server.get("name"), "status": None}
    edges: list[Json] = []
    for item in [*map(port_node, found[PORT]), *map(floating_ip_node, found[FLOATING_IP])]:
        nodes[item["id"]] = item
    for edge in edges_of(found):
        source, target, kind, addresses, target_type = edge
        nodes.setdefault(target, {"id": target, "type": target_type, "name": None, "status": None})
        edges.append({"source": source, "target": target, "type": kind, "addresses": addresses})
    return list(nodes.values()), edges


def edges_of(found: Lists) -> Iterator[tuple[str, str, str, list[str], str]]:
    """Yield the edges: source, target, type, addresses, and the type of the target."""
    for subnet in found[SUBNET]:
        yield subnet["id"], subnet["network_id"], "subnet", [subnet["cidr"]], "network"
    for router in found[ROUTER]:
        if gateway := gateway_of(router):
            yield router["id"], gateway["network_id"], "gateway", addresses(gateway, "external_fixed_ips"), "network"
    for port in found[PORT]:
        yield port["id"], port["network_id"], "port", addresses(port, "fixed_ips"), "network"
        if kind := device_type(port):
            yield port["id"], port["device_id"], "device", [], kind
    for ip in found[FLOATING_IP]:
        if ip.get("floating_network_id"):
            yield ip["id"], ip["floating_network_id"], "pool", [ip["floating_ip_address"]], "network"
        if ip.get("port_id"):
            yield ip["id"], ip["port_id"], "floating_ip", [], "port"


def addresses(item: Json, key: str) -> list[str]:
    """Return the IP addresses in a field of a port or a gateway."""
    return [str(fixed.get("ip_address")) for fixed in item.get(key) or []]


def device_type(port: Json) -> str:
    """Return the type of the device that a port belongs to: server, router, or "" for others."""
    owner = str(port.get("device_owner") or "")
    if not port.get("device_id"):
        return ""
    return "server" if owner.startswith(SERVER_OWNER) else "router" if owner.startswith(ROUTER_OWNERS) else ""


def node(item: Json, kind: str, **fields: Any) -> Json:
    """Return a node with the fields that all types have, and with more."""
    owner = item.get("project_id") or item.get("tenant_id") or None
    name = item.get("name") or None
    return {"id": item["id"], "type": kind, "name": name, "status": item.get("status"), "project_id": owner, **fields}


def network_node(item: Json) -> Json:
    """Return the node of a network."""
    return node(item, "network", external=bool(item.get("router:external")), shared=bool(item.get("shared")))


def subnet_node(item: Json) -> Json:
    """Return the node of a subnet."""
    return node(item, "subnet", cidr=item["cidr"], gateway_ip=item.get("gateway_ip"), dhcp=item.get("enable_dhcp"))


def router_node(item: Json) -> Json:
    """Return the node of a router."""
    return node(item, "router", snat=gateway_of(item).get("enable_snat"))


def port_node(item: Json) -> Json:
    """Return the node of a port."""
    owner = item.get("device_owner") or None
    return node(item, "port", ip_addresses=addresses(item, "fixed_ips"), device_owner=owner)


def floating_ip_node(item: Json) -> Json:
    """Return the node of a floating IP."""
    fixed = item.get("fixed_ip_address")
    return node({**item, "name": item["floating_ip_address"]}, "floating_ip", fixed_ip_address=fixed)


def by_target(edges: Iterable[Json]) -> dict[str, list[Json]]:
    """Return edges by the ID of their target."""
    found: dict[str, list[Json]] = {}
    for edge in edges:
        found.setdefault(edge["target"], []).append(edge)
    return found


def find_project(cloud: Cloud, project: str | None, all_projects: bool, networks: Sequence[str]) -> str | None:
    """Return the ID of the project to filter by, None for no filter: with --all-projects, or where networks are named.

    Raises:
        OstkError: The token is not for a project, and nothing names one.
    """
    if project or all_projects or networks:
        return project
    if not cloud.access.project_id:
        raise OstkError(
            "The token is not for a project: there is no topology to show.",
            "Name a project, or show all: network topology --project NAME, network topology --all-projects.",
        )
    return cloud.access.project_id
