"""`network topology`: what is requested, the tree, the Graphviz graph, and nodes and edges."""

from __future__ import annotations

import json
import re
import sys
from typing import Any

import pytest

from ostk.network.topology import Topology, dot, tree
from ostk.network.topology_data import graph
from ostk.render.tree import ASCII_BRANCHES, BRANCHES, branch_marks, tree_lines

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

Json = dict[str, Any]
NEUTRON, NOVA = "/network/v2.0", "/compute/v2.1"
CASES = request_table("""
/network/v2.0
network topology
  GET ~/networks?project_id=p
  GET ~/subnets?project_id=p
  GET ~/ports?project_id=p
  GET ~/routers?project_id=p
  GET ~/floatingips?project_id=p
  GET /compute/v2.1/servers
network topology --project other -f dot
  GET ~/networks?project_id=other-id
  GET ~/subnets?project_id=other-id
  GET ~/ports?project_id=other-id
  GET ~/routers?project_id=other-id
  GET ~/floatingips?project_id=other-id
  GET /compute/v2.1/servers?all_tenants=True&project_id=other-id
network topology --all-projects -f json
  GET ~/networks
  GET ~/subnets
  GET ~/ports
  GET ~/routers
  GET ~/floatingips
  GET /compute/v2.1/servers?all_tenants=True
network topology one two -f yaml
  GET ~/networks?id=one-id&id=two-id
  GET ~/subnets?network_id=one-id&network_id=two-id
  GET ~/ports?network_id=one-id&network_id=two-id
  GET ~/routers
  GET ~/floatingips
  GET /compute/v2.1/servers?all_tenants=True
network topology --project other one
  GET ~/networks?id=one-id
  GET ~/subnets?network_id=one-id
  GET ~/ports?project_id=other-id&network_id=one-id
  GET ~/routers?project_id=other-id
  GET ~/floatingips?project_id=other-id
  GET /compute/v2.1/servers?all_tenants=True&project_id=other-id
""")
test_requests = sends(CASES)
test_rejections = rejects(
    rejection_table("""
1 network topology no-net => No Network found for no-net
1 network topology --project no-project => No Project found for no-project
2 network topology --project one --all-projects => exclude each other
2 network topology -f table => 'table' is not one of
""")
)

EVIL = 'a"];\n\\b\\N&lt;\x1b[31m'
TREE = """\
network inner
|-- subnet four 10.0.0.0/24 gateway 10.0.0.1
|-- subnet six fd00::/64 no gateway
|-- router way 10.0.0.1, fd00::1 to public
|-- server web 10.0.0.5 port DOWN
|   |-- floating IP 203.0.113.8 to 10.0.0.5
|   `-- floating IP 203.0.113.9 to 10.0.0.5
|-- server gone-1 10.0.0.6
`-- port spare 10.0.0.7 (network:dhcp)
network public (external, shared)
|-- subnet pool 203.0.113.0/24 gateway 203.0.113.1
|-- router way gateway 203.0.113.2
`-- floating IP 203.0.113.7 not associated DOWN
network twin (n-3)
network twin (n-4) BUILD
connected to no network
|-- router lonely
`-- server idle ERROR
"""


def port(id: str, device: str, owner: str, *addresses: str, **fields: str) -> Json:
    """Return a port on the inner network."""
    fixed = [{"ip_address": address} for address in addresses]
    return {
        "id": id,
        "name": "",
        "status": "ACTIVE",
        "network_id": "n-1",
        "device_id": device,
        "device_owner": owner,
        "fixed_ips": fixed,
        **fields,
    }


def floating_ip(id: str, address: str, port_id: str | None, status: str = "ACTIVE") -> Json:
    """Return a floating IP of the public network."""
    fixed = "10.0.0.5" if port_id else None
    return {
        "id": id,
        "floating_ip_address": address,
        "floating_network_id": "n-2",
        "port_id": port_id,
        "fixed_ip_address": fixed,
        "status": status,
    }


GATEWAY = {"network_id": "n-2", "external_fixed_ips": [{"ip_address": "203.0.113.2"}], "enable_snat": True}
LISTS: dict[str, tuple[str, list[Json]]] = {
    f"{NEUTRON}/networks?project_id=p": (
        "networks",
        [
            {"id": "n-1", "name": "inner", "status": "ACTIVE"},
            {"id": "n-3", "name": "twin", "status": "ACTIVE"},
            {"id": "n-4", "name": "twin", "status": "BUILD"},
        ],
    ),
    f"{NEUTRON}/networks?id=n-2": (
        "networks",
        [{"id": "n-2", "name": "public", "status": "ACTIVE", "router:external": True, "shared": True}],
    ),
    f"{NEUTRON}/subnets?project_id=p": (
        "subnets",
        [
            {"id": "s-6", "name": "six", "network_id": "n-1", "cidr": "fd00::/64", "gateway_ip": None},
            {"id": "s-4", "name": "four", "network_id": "n-1", "cidr": "10.0.0.0/24", "gateway_ip": "10.0.0.1"},
        ],
    ),
    f"{NEUTRON}/subnets?network_id=n-2": (
        "subnets",
        [{"id": "s-2", "name": "pool", "network_id": "n-2", "cidr": "203.0.113.0/24", "gateway_ip": "203.0.113.1"}],
    ),
    f"{NEUTRON}/routers?project_id=p": (
        "routers",
        [
            {"id": "r-1", "name": "way", "status": "ACTIVE", "external_gateway_info": GATEWAY},
            {"id": "r-2", "name": "lonely", "status": "ACTIVE", "external_gateway_info": None},
        ],
    ),
    f"{NEUTRON}/ports?project_id=p": (
        "ports",
        [
            port("p-1", "v-1", "compute:nova", "10.0.0.5", status="DOWN"),
            port("p-2", "r-1", "network:router_interface", "fd00::1"),
            port("p-3", "r-1", "network:router_interface", "10.0.0.1"),
            port("p-4", "dhcp-1", "network:dhcp", "10.0.0.7", name="spare"),
            port("p-5", "gone-1", "compute:nova", "10.0.0.6"),
            port("p-6", "r-1", "network:router_gateway", "203.0.113.2", network_id="n-2"),
            port("p-7", "f-1", "network:floatingip", "203.0.113.9", network_id="n-2", status="N/A"),
        ],
    ),
    f"{NEUTRON}/floatingips?project_id=p": (
        "floatingips",
        [
            floating_ip("f-1", "203.0.113.9", "p-1"),
            floating_ip("f-2", "203.0.113.8", "p-1"),
            floating_ip("f-3", "203.0.113.7", None, "DOWN"),
        ],
    ),
    f"{NOVA}/servers": ("servers", [{"id": "v-1", "name": "web"}, {"id": "v-2", "name": "idle", "status": "ERROR"}]),
}


@pytest.fixture
def lab(cloud: FakeCloud) -> FakeCloud:
    """A project with networks, and a public network of another project."""
    cloud.answers.update({f"GET {path}": {key: items} for path, (key, items) in LISTS.items()})
    return cloud


def test_tree(lab: FakeCloud, ostk: Run) -> None:
    result = ostk("network topology")
    assert (result.exit_code, result.stdout) == (0, TREE.replace("server idle ERROR", "server idle")), result.output


def test_networks_of_other_projects_are_requested_once(lab: FakeCloud, ostk: Run) -> None:
    ostk("network topology")
    lines = sorted(line for line, _ in lab.all if "/auth/" not in line and not line.endswith("/v2.1/"))
    assert lines == sorted(f"GET {path}" for path in LISTS)


def test_named_network_has_all_that_is_on_it(lab: FakeCloud, ostk: Run) -> None:
    lab.answers[f"GET {NEUTRON}/networks?name=inner"] = {"networks": [{"id": "n-1", "name": "inner"}]}
    for path, (key, items) in LISTS.items():
        address, _, query = path.partition("?")
        if query == "project_id=p":
            lab.answers[f"GET {address}"] = {key: items}
    inner = [one for one in LISTS[f"{NEUTRON}/networks?project_id=p"][1] if one["id"] == "n-1"]
    lab.answers[f"GET {NEUTRON}/networks?id=n-1"] = {"networks": inner}
    lab.answers[f"GET {NOVA}/servers?all_tenants=True"] = (403, {"forbidden": {"message": "No.", "code": 403}})
    result = ostk("network topology inner")
    assert result.stdout == TREE[: TREE.index("network public")], result.output
    assert result.stderr == ""


@pytest.mark.parametrize("answer", [(403, {"forbidden": {"message": "No.", "code": 403}}), (404, {})])
def test_without_the_names_of_servers(lab: FakeCloud, ostk: Run, answer: Any) -> None:
    lab.answers[f"GET {NOVA}/servers"] = answer
    result = ostk("network topology")
    assert result.exit_code == 0
    assert "|-- server v-1 10.0.0.5 port DOWN\n" in result.stdout
    assert result.stderr.startswith("Could not get the names of servers: ")
    assert len(result.stderr.splitlines()) == 1


def test_a_token_without_a_project_needs_a_choice(cloud: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    import httpx

    def token(request: httpx.Request) -> httpx.Response:
        body = cloud.token(request).json()  # type: ignore[union-attr]
        del body["token"]["project"]
        return httpx.Response(201, json=body, headers={"X-Subject-Token": "t"})

    cloud.answers["POST /identity/v3/auth/tokens"] = token
    result = ostk("network topology")
    assert (result.exit_code, cloud.sent[1:]) == (1, [])
    assert result.stderr.startswith("The token is not for a project: there is no topology to show.\nName a project")


def test_json_has_nodes_and_edges(lab: FakeCloud, ostk: Run) -> None:
    found = json.loads(ostk("network topology -f json").stdout)
    nodes = {node["id"]: node for node in found["nodes"]}
    assert nodes["n-2"] == {
        "id": "n-2", "type": "network", "name": "public", "status": "ACTIVE", "project_id": None, "external": True,
        "shared": True,
    }  # fmt: skip
    assert nodes["gone-1"] == {"id": "gone-1", "type": "server", "name": None, "status": None}
    assert {edge["source"] for edge in found["edges"]} | {edge["target"] for edge in found["edges"]} <= nodes.keys()
    edges = {(edge["source"], edge["type"], edge["target"]): edge["addresses"] for edge in found["edges"]}
    assert edges["p-1", "port", "n-1"] == ["10.0.0.5"]
    assert edges["p-1", "device", "v-1"] == []
    assert edges["r-1", "gateway", "n-2"] == ["203.0.113.2"]
    assert edges["f-1", "floating_ip", "p-1"] == []
    assert edges["s-4", "subnet", "n-1"] == ["10.0.0.0/24"]
    assert not {"p-6", "p-7"} & nodes.keys()
    for option in ("", "-f json", "-f tree"):
        shown = ostk(f"network topology {option} --noindent --query \"nodes[?type=='router'].name\"").stdout
        assert shown == '["way", "lonely"]\n'
    assert "--query requires JSON" in ostk("network topology -f dot --query nodes").stderr


def test_dot(lab: FakeCloud, ostk: Run) -> None:
    lines = ostk("network topology -f dot").stdout.splitlines()
    assert (lines[0], lines[-1]) == ("graph topology {", "}")
    assert '  "n-1" [shape=box, label="network\\ninner\\nsix fd00::/64\\nfour 10.0.0.0/24"];' in lines
    assert '  "v-1" -- "n-1" [style=solid, label="10.0.0.5"];' in lines
    assert '  "p-4" -- "n-1" [style=solid, label="10.0.0.7"];' in lines
    assert '  "r-1" -- "n-2" [style=solid, label="203.0.113.2"];' in lines
    assert '  "f-1" -- "v-1" [style=dashed, label=""];' in lines


STATEMENT = re.compile(
    r'  (graph|node|edge) \[[\w=]+\];|  "[^"\\]*" (-- "[^"\\]*" )?\[[\w=]+, label="([^"\\]|\\[\\"n])*"\];|[^"]*[{}]'
)


@pytest.mark.parametrize("format", ["dot", "tree"])
def test_hostile_names(lab: FakeCloud, ostk: Run, format: str) -> None:
    """Every name is hostile: the output has the lines that it has for plain names, and no control character."""
    plain = ostk(f"network topology -f {format}").stdout
    for path, (key, items) in LISTS.items():
        lab.answers[f"GET {path}"] = {key: [{**item, "name": f"{item.get('name')}{EVIL}"} for item in items]}
    shown = ostk(f"network topology -f {format}").stdout
    assert shown.count("\n") == plain.count("\n")
    assert all(line.isprintable() for line in shown.splitlines())
    if format == "dot":
        assert all(STATEMENT.fullmatch(line) for line in shown.splitlines()), shown
        assert 'label="server\\nweba\\"];\\\\x0a\\\\b\\\\N&amp;lt;\\\\x1b[31m"' in shown


def test_box_characters_are_for_terminals_that_can_show_them(monkeypatch: pytest.MonkeyPatch) -> None:
    assert branch_marks() == ASCII_BRANCHES
    monkeypatch.setattr("ostk.render.terminal.is_terminal", lambda: True)
    for encoding, term, marks in ("utf-8", "xterm", BRANCHES), ("ascii", "xterm", ASCII_BRANCHES), (
        "utf-8", "dumb", ASCII_BRANCHES,
    ):  # fmt: skip
        monkeypatch.setattr(sys, "stdout", type("Stream", (), {"encoding": encoding})())
        monkeypatch.setenv("TERM", term)
        found = branch_marks()
        monkeypatch.undo()
        monkeypatch.setattr("ostk.render.terminal.is_terminal", lambda: True)
        assert found == marks


def test_work_grows_with_the_number_of_ports_alone() -> None:
    """Ten times the ports take ten times the steps, with all ports on one network."""

    def steps(count: int) -> int:
        from ostk.api.compute import SERVER
        from ostk.api.network import FLOATING_IP, NETWORK, PORT, ROUTER, SUBNET

        ports = [port(f"p-{n}", f"v-{n}", "compute:nova", "10.0.0.5") for n in range(count)]
        ips = [floating_ip(f"f-{n}", "203.0.113.9", f"p-{n}") for n in range(count)]
        servers = [{"id": f"v-{n}", "name": f"web{n}"} for n in range(count)]
        networks = [{"id": "n-1", "name": "inner"}, {"id": "n-2", "name": "public"}]
        lists = {NETWORK: networks, SUBNET: [], ROUTER: [], PORT: ports, FLOATING_IP: ips, SERVER: servers}
        calls = 0

        def count_calls(frame: Any, event: str, argument: Any) -> None:
            nonlocal calls
            calls += 1

        sys.setprofile(count_calls)
        try:
            topology = Topology(*graph(lists))
            drawn = [*tree_lines(tree(topology), BRANCHES)]
            picture = dot(topology)
        finally:
            sys.setprofile(None)
        assert len(drawn) == 2 * count + 2
        assert picture.count(" -- ") == 3 * count
        return calls

    assert steps(1000) < 12 * steps(100)
