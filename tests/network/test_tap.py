"""Tap services, flows and mirrors: what each command sends and prints."""

from __future__ import annotations

import json

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

CASES = request_table("""
/network/v2.0/taas
tap service create --port p
  POST ~/tap_services {"tap_service": {"port_id": "p-id"}}
tap service create --name s --description d --port p --project demo --project-domain here
  POST ~/tap_services {"tap_service": {"name": "s", "description": "d", "port_id": "p-id", "project_id": "demo-id"}}
tap service list --project demo --project-domain here
  GET ~/tap_services
tap service show one
  GET ~/tap_services
tap service update one --name t --description d
  PUT ~/tap_services/one-id {"tap_service": {"name": "t", "description": "d"}}
tap service update one
  GET ~/tap_services/one-id
tap service delete one two
  DELETE ~/tap_services/one-id
  DELETE ~/tap_services/two-id
tap flow create --port p --tap-service one --direction in
  POST ~/tap_flows {"tap_flow": {"source_port": "p-id", "tap_service_id": "one-id", "direction": "IN"}}
tap flow create --name f --description d --port p --tap-service two --direction BOTH --vlan-filter 1-3,7 --project demo --project-domain here
  POST ~/tap_flows {"tap_flow": {"name": "f", "description": "d", "source_port": "p-id", "tap_service_id": "two-id", "direction": "BOTH", "vlan_filter": "1-3,7", "project_id": "demo-id"}}
tap flow list --project demo --project-domain here
  GET ~/tap_flows
tap flow show one
  GET ~/tap_flows
tap flow update one --name g --description d
  PUT ~/tap_flows/one-id {"tap_flow": {"name": "g", "description": "d"}}
tap flow delete one two
  DELETE ~/tap_flows/one-id
  DELETE ~/tap_flows/two-id
tap mirror create --port p --directions IN=1 --directions OUT=2 --remote-ip 10.0.0.9 --mirror-type gre
  POST ~/tap_mirrors {"tap_mirror": {"port_id": "p-id", "directions": {"IN": "1", "OUT": "2"}, "remote_ip": "10.0.0.9", "mirror_type": "gre"}}
tap mirror create --name m --description d --port p --directions '{"IN": 1}' --remote-ip fd00::9 --mirror-type erspanv1 --project demo --project-domain here
  POST ~/tap_mirrors {"tap_mirror": {"name": "m", "description": "d", "port_id": "p-id", "directions": {"IN": 1}, "remote_ip": "fd00::9", "mirror_type": "erspanv1", "project_id": "demo-id"}}
tap mirror list --project demo --project-domain here
  GET ~/tap_mirrors
tap mirror show one
  GET ~/tap_mirrors
tap mirror update one --name n --description d
  PUT ~/tap_mirrors/one-id {"tap_mirror": {"name": "n", "description": "d"}}
tap mirror delete one two
  DELETE ~/tap_mirrors/one-id
  DELETE ~/tap_mirrors/two-id
""")  # noqa: E501
REJECTIONS = rejection_table("""
2 tap service create --name s => '--port'
1 tap service create --port no-port => No Port found for no-port
1 tap service update no-service --name s => No TapService found for no-service
2 tap flow create --port p --tap-service one => '--direction'
2 tap flow create --port p --tap-service one --direction up => 'up'
1 tap flow create --port p --tap-service no-service --direction in => No TapService found for no-service
2 tap mirror create --port p --directions IN --remote-ip 10.0.0.9 --mirror-type gre => neither KEY=VALUE nor a JSON
1 tap mirror create --port p --directions IN=1 --remote-ip there --mirror-type gre => 'there'
2 tap mirror create --port p --directions IN=1 --remote-ip 10.0.0.9 => '--mirror-type'
""")

test_sends_requests = sends(CASES)
test_rejects_invalid_input = rejects(REJECTIONS)

TAAS = "GET /network/v2.0/taas"


def test_list_filters_project_on_the_client(cloud: FakeCloud, ostk: Run) -> None:
    for noun in ("service", "flow", "mirror"):
        cloud.answers[f"{TAAS}/tap_{noun}s"] = {
            f"tap_{noun}s": [
                {"id": "1", "name": "a", "project_id": "demo-id"},
                {"id": "2", "name": "b", "project_id": "other-id"},
            ]
        }
        assert ostk(f"tap {noun} list --project demo -f value -c ID").output == "1\n"
        assert ostk(f"tap {noun} list -f value -c Tenant").output == "demo-id\nother-id\n"


def test_list_columns(cloud: FakeCloud, ostk: Run) -> None:
    flow = {"id": "1", "name": "f", "status": "DOWN", "source_port": "p", "tap_service_id": "s", "direction": "IN"}
    cloud.answers[f"{TAAS}/tap_flows"] = {"tap_flows": [flow | {"project_id": "o"}]}
    assert ostk("tap flow list -f csv").output == (
        '"ID","Tenant","Name","Status","source_port","tap_service_id","Direction"\n"1","o","f","DOWN","p","s","IN"\n'
    )
    mirror = {"id": "1", "name": "m", "port_id": "p", "directions": {"IN": 1}, "remote_ip": "r", "mirror_type": "gre"}
    cloud.answers[f"{TAAS}/tap_mirrors"] = {"tap_mirrors": [mirror | {"project_id": "o"}]}
    assert json.loads(ostk("tap mirror list -f json").output) == [
        {
            "ID": "1",
            "Tenant": "o",
            "Name": "m",
            "Port": "p",
            "Directions": {"IN": 1},
            "Remote IP": "r",
            "Mirror Type": "gre",
        }
    ]
    assert "| {'IN': 1} " in ostk("tap mirror list").output


def test_show_and_update_fields(cloud: FakeCloud, ostk: Run) -> None:
    service = {"id": "1", "name": "s", "port_id": "p", "status": "DOWN", "project_id": "o", "tenant_id": "o"}
    cloud.answers[f"{TAAS}/tap_services"] = {"tap_services": [service]}
    shown = {"description": None, "id": "1", "name": "s", "port_id": "p", "project_id": "o", "status": "DOWN"}
    assert json.loads(ostk("tap service show s -f json").output) == shown
    cloud.answers["PUT /network/v2.0/taas/tap_services/1"] = {"tap_service": service | {"name": "t"}}
    assert json.loads(ostk("tap service update s --name t -f json").output) == shown | {"name": "t"}
