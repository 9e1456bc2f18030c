"""Networks: topology, as a tree, as a Graphviz graph and as nodes and edges."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import click

from ..api.identity import PROJECT
from ..api.network import NETWORK
from ..console import write_text
from ..language import Arg, Cloud, Flag, Json, Noun, Value, exclusive
from ..language.own_command import OwnCommand
from ..language.verbs import Action
from ..owner import PROJECT_DOMAIN
from ..render.options import NOINDENT, QUERY, output_from
from ..render.output import print_resource
from ..render.tree import Branch, tree_text
from ..text import visible
from .topology_data import by_target, find_project, graph, request_lists

HEALTHY = ("ACTIVE", None, "")
TYPES = {"floating_ip": "floating IP"}
ORDER = ["subnet", "router", "server", "port", "floating_ip"]
SHAPES = {"network": "box", "router": "ellipse", "server": "box3d", "port": "plain", "floating_ip": "note"}
network = Noun(NETWORK, "Manage networks.")
FORMAT = Value("-f --format output_format", "Output format.", choices="dot json tree yaml", default="tree")


class Topology:
    """Nodes and edges, indexed for drawing; the tree begins with the networks of `roots`, or with all."""

    def __init__(self, nodes: Sequence[Json], edges: Sequence[Json], roots: Sequence[str] = ()) -> None:
        self.roots = set(roots)
        self.all, self.nodes = nodes, {node["id"]: node for node in nodes}
        self.into = by_target(edges)
        self.device = {edge["source"]: edge["target"] for edge in edges if edge["type"] == "device"}
        self.gateway = {edge["source"]: edge["target"] for edge in edges if edge["type"] == "gateway"}
        self.connected = {edge["target"] for edge in edges if edge["type"] == "device"} | self.gateway.keys()
        self.port_of = {edge["source"]: edge["target"] for edge in edges if edge["type"] == "floating_ip"}
        names: dict[tuple[str, str], int] = {}
        for node in nodes:
            key = (node["type"], str(node["name"]))
            names[key] = names.get(key, 0) + 1
        self.twins = {key for key, count in names.items() if count > 1}

    def of_type(self, kind: str) -> list[Json]:
        """Return the nodes of a type, sorted by name."""
        return sorted((node for node in self.all if node["type"] == kind), key=lambda node: label_key(node))

    def label(self, node: Json) -> str:
        """Return the name of a node; its ID where it has no name, and both where several nodes have the name."""
        if not node["name"]:
            return visible(str(node["id"]))
        name = visible(str(node["name"]))
        return f"{name} ({node['id']})" if (node["type"], str(node["name"])) in self.twins else name

    def line(self, node: Json, *details: str) -> str:
        """Return a node as a line: its type, name and details, and its status unless it is active."""
        status = [] if node["status"] in HEALTHY else [visible(str(node["status"]))]
        words = [TYPES.get(node["type"], node["type"]), self.label(node), *map(visible, details), *status]
        return " ".join(word for word in words if word)


def label_key(node: Json) -> tuple[str, str]:
    """Return what nodes are sorted by."""
    return str(node["name"] or "~"), str(node["id"])


def tree(topology: Topology) -> list[Branch]:
    """Return the tree: each network with its subnets and what is connected; then what is connected to nothing."""
    networks = [node for node in topology.of_type("network") if not topology.roots or node["id"] in topology.roots]
    trees = [network_branch(topology, node) for node in networks]
    lonely = [
        Branch(topology.line(node))
        for kind in ("router", "server")
        for node in topology.of_type(kind)
        if node["id"] not in topology.connected
    ]
    return [*trees, Branch("connected to no network", lonely)] if lonely else trees


def network_branch(topology: Topology, network: Json) -> Branch:
    """Return the branch of a network."""
    below: list[tuple[int, tuple[str, str], Branch]] = []
    for edge in merged(topology, topology.into.get(network["id"], ())):
        if edge["type"] == "pool" and edge["source"] in topology.port_of:
            continue  # stands below its port
        source = topology.nodes[edge["source"]]
        device = topology.nodes.get(topology.device.get(source["id"], ""), source)
        below.append((ORDER.index(device["type"]), label_key(device), connection(topology, edge, source, device)))
    words = [word for word in ("external", "shared") if network.get(word)]
    below.sort(key=lambda one: one[:2])
    return Branch(topology.line(network, f"({', '.join(words)})" if words else ""), [branch for *_, branch in below])


def merged(topology: Topology, edges: Iterable[Json]) -> list[Json]:
    """Return edges with one edge for all ports of a router: a router has a port for each subnet."""
    found: dict[str, Json] = {}
    for edge in edges:
        device = topology.nodes.get(topology.device.get(edge["source"], ""), {"type": ""})
        key = device["id"] if device["type"] == "router" else edge["source"]
        if key in found:
            edge = {**edge, "addresses": sorted([*found[key]["addresses"], *edge["addresses"]])}
        found[key] = edge
    return list(found.values())


def connection(topology: Topology, edge: Json, source: Json, device: Json) -> Branch:
    """Return the branch of what is connected to a network: a subnet, a router, a server, a port or a floating IP."""
    addresses = ", ".join(edge["addresses"])
    if edge["type"] == "subnet":
        gateway = f"gateway {source['gateway_ip']}" if source["gateway_ip"] else "no gateway"
        return Branch(topology.line(source, addresses, gateway))
    if edge["type"] == "gateway":
        return Branch(topology.line(source, f"gateway {addresses}" if addresses else "gateway"))
    if edge["type"] == "pool":
        return Branch(topology.line(source, "not associated"))
    floating_ips = [topology.nodes[one["source"]] for one in topology.into.get(source["id"], ())]
    below = [Branch(topology.line(ip, pool_of(ip))) for ip in sorted(floating_ips, key=label_key)]
    if device is source:
        owner = f"({source['device_owner']})" if source["device_owner"] else ""
        return Branch(topology.line(source, addresses, owner), below)
    down = "" if source["status"] in HEALTHY else f"port {source['status']}"
    external = topology.nodes.get(topology.gateway.get(device["id"], ""))
    way = f"to {topology.label(external)}" if external and device["type"] == "router" else ""
    return Branch(topology.line(device, addresses, way, down), below)


def pool_of(ip: Json) -> str:
    """Return which address a floating IP leads to."""
    return f"to {ip['fixed_ip_address']}" if ip["fixed_ip_address"] else ""


def dot(topology: Topology) -> str:
    """Return the topology as a Graphviz graph.

    Networks, routers, servers and floating IPs are nodes; the ports of routers and servers are edges with their
    addresses, other ports are nodes.
    """
    lines = ["graph topology {", "  graph [rankdir=LR];", "  node [fontsize=10];", "  edge [fontsize=8];"]
    for node in topology.all:
        if node["type"] == "subnet" or node["id"] in topology.device:
            continue
        rows = [str(node["name"] or node["id"])]
        if node["type"] == "network":
            edges = [edge for edge in topology.into.get(node["id"], ()) if edge["type"] == "subnet"]
            rows += [f"{topology.nodes[edge['source']]['name'] or ''} {edge['addresses'][0]}".strip() for edge in edges]
        if node["type"] != "floating_ip":
            rows.insert(0, str(node["type"]))
        text = "\\n".join(map(escape, rows))
        lines.append(f'  {quote(node["id"])} [shape={SHAPES[node["type"]]}, label="{text}"];')
    for target, edges in topology.into.items():
        for edge in edges:
            if edge["type"] in ("port", "gateway", "floating_ip", "pool"):
                source = topology.device.get(edge["source"], edge["source"])
                target_node = topology.device.get(target, target)
                text = "" if edge["type"] == "pool" else "\\n".join(map(escape, edge["addresses"]))
                style = "dashed" if edge["type"] in ("floating_ip", "pool") else "solid"
                lines.append(f'  {quote(source)} -- {quote(target_node)} [style={style}, label="{text}"];')
    return "\n".join([*lines, "}"])


def escape(text: str) -> str:
    """Return a text for a label in double quotes: Graphviz reads backslashes, quotes and HTML entities in it."""
    return visible(text).replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;")


def quote(id: Any) -> str:
    """Return an ID as the name of a node: in double quotes, without quotes and backslashes inside."""
    text = visible(str(id)).replace("\\", "/").replace('"', "'")
    return f'"{text}"'


def show_topology(cloud: Cloud, networks: Sequence[str], project: str | None, all_projects: bool, values: Json) -> None:
    """Show networks with their subnets, routers, ports, servers and floating IPs.

    Raises:
        OstkError: The token is not for a project, and the command line names none.
        click.UsageError: --query is used with Graphviz text.
    """
    drawn_as = values["output_format"]
    # --query prints JSON in place of a tree, as it does in place of a table elsewhere.
    if drawn_as == "dot" and values.get("output_query"):
        raise click.UsageError("--query requires JSON output: omit -f or use -f json.")
    if drawn_as == "tree":
        values = {**values, "output_format": "json" if values.get("output_query") else "table"}
    output = output_from(values)
    found = request_lists(cloud, find_project(cloud, project, all_projects, networks), networks)
    nodes, edges = graph(found)
    if output.format in ("json", "yaml"):
        print_resource(("nodes", "edges"), (nodes, edges), output)
        return
    topology = Topology(nodes, edges, networks)
    drawn: dict[str, Callable[[], str]] = {"dot": lambda: dot(topology), "tree": lambda: tree_text(tree(topology))}
    write_text(drawn[drawn_as]())


network.commands["topology"] = OwnCommand(
    "topology",
    [
        Arg(
            "networks",
            "Networks to show (default: the networks that the project uses).",
            ref=NETWORK,
            nargs=-1,
            not_sent=True,
            metavar="[NETWORK]...",
        ),
        *exclusive(
            Value(
                "--project",
                "Show the resources of a project (default: the current project).",
                ref=PROJECT,
                domain=PROJECT_DOMAIN,
                admin=True,
            ),
            Flag("--all-projects", "Show the resources of all projects.", admin=True),
        ),
        PROJECT_DOMAIN,
        FORMAT,
        NOINDENT,
        QUERY,
    ],
    "Show networks as a tree or a graph: subnets, routers, ports, servers and floating IPs.",
    Action(NETWORK, show_topology),
)
