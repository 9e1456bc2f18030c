"""BGP VPNs and the networks, routers and ports in them: what each command sends and prints."""

from __future__ import annotations

import json

import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

CASES = request_table("""
/network/v2.0/bgpvpn/bgpvpns
bgpvpn create
  POST ~ {"bgpvpn": {"type": "l3"}}
bgpvpn create --name b --route-target 1:1 --route-target 1:2 --import-target 1:3 --export-target 1:4 --route-distinguisher 1:5 --vni 6 --local-pref 7 --type l2 --project demo --project-domain here
  POST ~ {"bgpvpn": {"name": "b", "route_targets": ["1:1", "1:2"], "import_targets": ["1:3"], "export_targets": ["1:4"], "route_distinguishers": ["1:5"], "vni": 6, "local_pref": 7, "type": "l2", "project_id": "demo-id"}}
bgpvpn list --long --project demo --project-domain here --property type=l3 --property name=b
  GET ~
bgpvpn show one
  GET ~
bgpvpn set one --name b --vni 6 --local-pref 7
  PUT ~/one-id {"bgpvpn": {"name": "b", "vni": 6, "local_pref": 7}}
bgpvpn set one --route-target 1:1 --import-target 1:3 --export-target 1:4 --route-distinguisher 1:5
  PUT ~/one-id {"bgpvpn": {"route_targets": ["1:1"], "import_targets": ["1:3"], "export_targets": ["1:4"], "route_distinguishers": ["1:5"]}}
bgpvpn set one --no-route-target --no-import-target --no-export-target --no-route-distinguisher
  PUT ~/one-id {"bgpvpn": {"route_targets": [], "import_targets": [], "export_targets": [], "route_distinguishers": []}}
bgpvpn unset one --all-route-target --all-import-target --all-export-target --all-route-distinguisher
  PUT ~/one-id {"bgpvpn": {"route_targets": [], "import_targets": [], "export_targets": [], "route_distinguishers": []}}
bgpvpn unset one --route-target 1:1 --import-target 1:3 --export-target 1:4 --route-distinguisher 1:5
  PUT ~/one-id {"bgpvpn": {"route_targets": [], "import_targets": [], "export_targets": [], "route_distinguishers": []}}
bgpvpn unset one --vni 6 --local-pref 7
  PUT ~/one-id {"bgpvpn": {"vni": null, "local_pref": null}}
bgpvpn delete one two
  DELETE ~/one-id
  DELETE ~/two-id
bgpvpn network association create one n --project demo --project-domain here
  POST ~/one-id/network_associations {"network_association": {"network_id": "n-id", "project_id": "demo-id"}}
bgpvpn network association list one --long --property network_id=n
  GET ~/one-id/network_associations
bgpvpn network association delete a b one
  DELETE ~/one-id/network_associations/a
  DELETE ~/one-id/network_associations/b
bgpvpn router association create one r
  POST ~/one-id/router_associations {"router_association": {"router_id": "r-id"}}
bgpvpn router association create one r --advertise_extra_routes --project demo --project-domain here
  POST ~/one-id/router_associations {"router_association": {"router_id": "r-id", "advertise_extra_routes": true, "project_id": "demo-id"}}
bgpvpn router association create one r --no-advertise_extra_routes
  POST ~/one-id/router_associations {"router_association": {"router_id": "r-id", "advertise_extra_routes": false}}
bgpvpn router association list one --long --property router_id=r
  GET ~/one-id/router_associations
bgpvpn router association set a one --advertise_extra_routes
  PUT ~/one-id/router_associations/a {"router_association": {"advertise_extra_routes": true}}
bgpvpn router association set a one --no-advertise_extra_routes
  PUT ~/one-id/router_associations/a {"router_association": {"advertise_extra_routes": false}}
bgpvpn router association unset a one --advertise_extra_routes
  PUT ~/one-id/router_associations/a {"router_association": {"advertise_extra_routes": false}}
bgpvpn router association unset a one --no-advertise_extra_routes
  PUT ~/one-id/router_associations/a {"router_association": {"advertise_extra_routes": true}}
bgpvpn router association delete a b one
  DELETE ~/one-id/router_associations/a
  DELETE ~/one-id/router_associations/b
bgpvpn port association create one p
  POST ~/one-id/port_associations {"port_association": {"port_id": "p-id"}}
bgpvpn port association create one p --advertise-fixed-ips --prefix-route prefix=10.0.0.0/24,local_pref=5 --prefix-route prefix=10.0.1.0/24 --bgpvpn-route bgpvpn=two,local_pref=6 --project demo --project-domain here
  POST ~/one-id/port_associations {"port_association": {"port_id": "p-id", "advertise_fixed_ips": true, "project_id": "demo-id", "routes": [{"type": "prefix", "prefix": "10.0.0.0/24", "local_pref": 5}, {"type": "prefix", "prefix": "10.0.1.0/24"}, {"type": "bgpvpn", "bgpvpn_id": "two-id", "local_pref": 6}]}}
bgpvpn port association create one p --no-advertise-fixed-ips
  POST ~/one-id/port_associations {"port_association": {"port_id": "p-id", "advertise_fixed_ips": false}}
bgpvpn port association list one --long --property port_id=p
  GET ~/one-id/port_associations
bgpvpn port association delete a b one
  DELETE ~/one-id/port_associations/a
  DELETE ~/one-id/port_associations/b
""")  # noqa: E501
REJECTIONS = rejection_table("""
2 bgpvpn create --type l4 => 'l4'
2 bgpvpn create --vni x => 'x'
2 bgpvpn list --property bad => 'bad' is not KEY=VALUE.
1 bgpvpn show no-vpn => No BgpVpn found for no-vpn
2 bgpvpn network association create one => 'NETWORK'
1 bgpvpn network association create one no-network => No Network found for no-network
1 bgpvpn network association delete a b no-vpn => No BgpVpn found for no-vpn
2 bgpvpn network association show a => 'BGPVPN'
2 bgpvpn router association create one r --advertise_extra_routes --no-advertise_extra_routes => exclude each other
2 bgpvpn port association create one p --prefix-route local_pref=5 => prefix missing
2 bgpvpn port association create one p --prefix-route 10.0.0.0/24 => is not KEY=VALUE
1 bgpvpn port association create one p --prefix-route prefix=10.0.0.0/24,local_pref=x => 'x' is not a number
1 bgpvpn port association create one p --bgpvpn-route bgpvpn=no-vpn => No BgpVpn found for no-vpn
""")

test_sends_requests = sends(CASES)
test_rejects_invalid_input = rejects(REJECTIONS)

BGPVPNS = "/network/v2.0/bgpvpn/bgpvpns"
VPN = {
    "id": "1",
    "name": "b",
    "type": "l3",
    "project_id": "demo-id",
    "tenant_id": "demo-id",
    "route_targets": ["1:2", "1:1"],
    "import_targets": ["1:3"],
    "export_targets": [],
    "route_distinguishers": [],
    "networks": ["n"],
    "routers": [],
}
CHANGES = {
    "set b --route-target 1:4 --route-target 1:1": {"route_targets": ["1:2", "1:1", "1:4"]},
    "set b --route-target 1:4 --no-route-target": {"route_targets": ["1:4"]},
    "unset b --route-target 1:2 --route-target 1:9": {"route_targets": ["1:1"]},
    "unset b --route-target 1:2 --all-route-target": {"route_targets": []},
}


@pytest.mark.parametrize("line", CHANGES)
def test_set_and_unset_merge_lists(cloud: FakeCloud, ostk: Run, line: str) -> None:
    cloud.answers[f"GET {BGPVPNS}"] = {"bgpvpns": [VPN]}
    assert ostk(f"bgpvpn {line}").exit_code == 0
    assert cloud.sent[-1] == (f"PUT {BGPVPNS}/1", {"bgpvpn": CHANGES[line]})


def test_list_property_filters_on_the_client(cloud: FakeCloud, ostk: Run) -> None:
    other = VPN | {"id": "2", "name": "c", "type": "l2", "project_id": "other-id", "networks": []}
    cloud.answers[f"GET {BGPVPNS}"] = {"bgpvpns": [VPN, other]}
    for options, found in {
        "": "1\n2\n",
        "--property type=l2": "2\n",
        "--property networks=n": "1\n",
        "--property type=l2 --property name=b": "",
        "--project demo": "1\n",
    }.items():
        assert ostk(f"bgpvpn list {options} -f value -c ID").output == found


def test_bgpvpn_show_and_long_list(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"GET {BGPVPNS}"] = {"bgpvpns": [VPN]}
    shown = {key: value for key, value in VPN.items() if key != "tenant_id"} | {"local_pref": None, "vni": None}
    assert json.loads(ostk("bgpvpn show b -f json").output) == shown
    assert "| route_targets        | 1:1, 1:2 |" in ostk("bgpvpn show b").output
    cloud.answers[f"GET {BGPVPNS}"] = {"bgpvpns": [VPN | {"ports": ["q", "p"]}]}
    assert "| ports                | p, q     |" in ostk("bgpvpn show b").output
    row = json.loads(ostk("bgpvpn list --long -f json").output)[0]
    assert list(row)[:4] == ["ID", "Project", "Name", "Type"]
    assert (row["Associated Networks"], row["Associated Ports"], row["VNI"]) == (["n"], ["q", "p"], None)


def test_association_show_takes_association_before_bgpvpn(cloud: FakeCloud, ostk: Run) -> None:
    network = {"id": "a", "network_id": "n", "project_id": "o", "tenant_id": "o"}
    cloud.answers[f"GET {BGPVPNS}/one-id/network_associations/a"] = {"network_association": network}
    shown = json.loads(ostk("bgpvpn network association show a one -f json").output)
    assert shown == {"id": "a", "network_id": "n", "project_id": "o"}
    router = {"id": "a", "router_id": "r", "project_id": "o"}
    cloud.answers[f"GET {BGPVPNS}/one-id/router_associations/a"] = {"router_association": router}
    shown = json.loads(ostk("bgpvpn router association show a one -f json").output)
    assert shown == router | {"advertise_extra_routes": None}


def test_delete_of_missing_association_succeeds(cloud: FakeCloud, ostk: Run) -> None:
    gone = (404, {"NeutronError": {"type": "NotFound", "message": "a could not be found.", "detail": ""}})
    for what in ("network", "router", "port"):
        cloud.answers[f"DELETE {BGPVPNS}/one-id/{what}_associations/a"] = gone
        result = ostk(f"bgpvpn {what} association delete a one")
        assert (result.exit_code, "nothing to delete" in result.output) == (0, True), result.output


A, B = {"type": "prefix", "prefix": "10.0.0.0/24", "local_pref": 5}, {"type": "prefix", "prefix": "10.0.1.0/24"}
C = {"type": "bgpvpn", "bgpvpn_id": "two-id", "local_pref": 6}
PORT = {"id": "a", "port_id": "p", "project_id": "o", "advertise_fixed_ips": True, "routes": [A, B, C]}
ROUTES = {
    "bgpvpn port association set a one --prefix-route prefix=10.0.0.0/24": [
        {"type": "prefix", "prefix": "10.0.0.0/24"},
        B,
        C,
    ],
    "bgpvpn port association set a one --no-prefix-route": [C],
    "bgpvpn port association set a one --no-prefix-route --prefix-route prefix=10.0.0.0/24,local_pref=5": [C, A],
    "bgpvpn port association set a one --no-bgpvpn-route --bgpvpn-route bgpvpn=one": [
        A,
        B,
        {"type": "bgpvpn", "bgpvpn_id": "one-id"},
    ],
    "bgpvpn port association unset a one --prefix-route 10.0.0.0/24 --prefix-route 10.0.9.0/24": [B, C],
    "bgpvpn port association unset a one --bgpvpn-route two": [A, B],
    "bgpvpn port association unset a one --all-prefix-routes --all-bgpvpn-routes": [],
    "bgpvpn port association unset a one --all-prefix-routes": [C],
    "bgpvpn port association set a one --advertise-fixed-ips": True,
    "bgpvpn port association set a one --no-advertise-fixed-ips": False,
    "bgpvpn port association unset a one --advertise-fixed-ips": False,
    "bgpvpn port association unset a one --no-advertise-fixed-ips": True,
}


@pytest.mark.parametrize("line", ROUTES)
def test_port_association_set_and_unset_merge_routes(cloud: FakeCloud, ostk: Run, line: str) -> None:
    path = f"{BGPVPNS}/one-id/port_associations/a"
    cloud.answers[f"GET {path}"] = {"port_association": PORT}
    result = ostk(line)
    assert result.exit_code == 0, result.output
    key = "routes" if isinstance(ROUTES[line], list) else "advertise_fixed_ips"
    assert cloud.sent[-1] == (f"PUT {path}", {"port_association": {key: ROUTES[line]}})


def test_port_association_formats_routes(cloud: FakeCloud, ostk: Run) -> None:
    path = f"GET {BGPVPNS}/one-id/port_associations"
    cloud.answers[f"{path}/a"] = {"port_association": PORT}
    cloud.answers[path] = {"port_associations": [PORT]}
    shown = json.loads(ostk("bgpvpn port association show a one -f json").output)
    assert "routes" not in shown
    assert shown["prefix_routes"] == ["10.0.0.0/24 (5)", "10.0.1.0/24"]
    row = json.loads(ostk("bgpvpn port association list one --long -f json").output)[0]
    assert row["BGP VPN Routes (BGP LOCAL_PREF)"] == ["two-id (6)"]
    assert "| 10.0.0.0/24 (5), 10.0.1.0/24 " in ostk("bgpvpn port association show a one").output
