"""Segments, trunks, flavors, meters and more of Neutron: what each command sends and prints."""

from __future__ import annotations

import json

import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

CASES = request_table("""
/network/v2.0
network segment create s --description d --physical-network p --segment 7 --network n --network-type vlan --extra-property name=x,value=y
  POST ~/segments {"segment": {"name": "s", "description": "d", "physical_network": "p", "segmentation_id": 7, "network_id": "n-id", "network_type": "vlan", "x": "y"}}
network segment list --long --network n --limit 1 --marker m --max-items 2
  GET ~/segments?network_id=n-id&limit=1&marker=m
network segment show s
  GET ~/segments?name=s
network segment set s --name t --description d --extra-property name=x,value=y
  PUT ~/segments/s-id {"segment": {"name": "t", "description": "d", "x": "y"}}
network segment delete s t
  DELETE ~/segments/s-id
  DELETE ~/segments/t-id
network segment range create r --network-type vxlan --minimum 1 --maximum 9
  POST ~/network_segment_ranges {"network_segment_range": {"name": "r", "network_type": "vxlan", "minimum": 1, "maximum": 9, "shared": true}}
network segment range create r --private --project demo --project-domain here --network-type vlan --physical-network p --minimum 1 --maximum 9 --extra-property name=x,value=y
  POST ~/network_segment_ranges {"network_segment_range": {"name": "r", "shared": false, "project_id": "demo-id", "network_type": "vlan", "physical_network": "p", "minimum": 1, "maximum": 9, "x": "y"}}
network segment range create r --private --network-type gre --minimum 1 --maximum 9
  POST ~/network_segment_ranges {"network_segment_range": {"name": "r", "shared": false, "project_id": "p", "network_type": "gre", "minimum": 1, "maximum": 9}}
network segment range create r --shared --network-type geneve --minimum 1 --maximum 9
  POST ~/network_segment_ranges {"network_segment_range": {"name": "r", "shared": true, "network_type": "geneve", "minimum": 1, "maximum": 9}}
network segment range list --long --limit 1 --marker m --max-items 2
  GET ~/network_segment_ranges?limit=1&marker=m
network segment range show r
  GET ~/network_segment_ranges?name=r
network segment range set r --name s --minimum 2 --maximum 3 --extra-property name=x,value=y
  PUT ~/network_segment_ranges/r-id {"network_segment_range": {"name": "s", "minimum": 2, "maximum": 3, "x": "y"}}
network segment range delete r s
  DELETE ~/network_segment_ranges/r-id
  DELETE ~/network_segment_ranges/s-id
network trunk create t --parent-port p --description d --disable --project demo --project-domain here
  POST ~/trunks {"trunk": {"name": "t", "port_id": "p-id", "description": "d", "admin_state_up": false, "project_id": "demo-id"}}
network trunk create t --parent-port p --enable --subport port=a,segmentation-type=vlan,segmentation-id=7 --subport port=b
  POST ~/trunks {"trunk": {"name": "t", "port_id": "p-id", "admin_state_up": true, "sub_ports": [{"port_id": "a-id", "segmentation_type": "vlan", "segmentation_id": 7}, {"port_id": "b-id"}]}}
network trunk list --long
  GET ~/trunks
network trunk show t
  GET ~/trunks?name=t
network trunk set t --name u --description d --enable --subport port=a,segmentation-id=7
  PUT ~/trunks/t-id {"trunk": {"name": "u", "description": "d", "admin_state_up": true}}
  PUT ~/trunks/t-id/add_subports {"sub_ports": [{"port_id": "a-id", "segmentation_id": 7}]}
network trunk set t --disable
  PUT ~/trunks/t-id {"trunk": {"admin_state_up": false}}
network trunk unset t --subport a --subport b
  PUT ~/trunks/t-id/remove_subports {"sub_ports": [{"port_id": "a-id"}, {"port_id": "b-id"}]}
network trunk subport add t a --segmentation-type vlan --segmentation-id 7
  PUT ~/trunks/t-id/add_subports {"sub_ports": [{"port_id": "a-id", "segmentation_type": "vlan", "segmentation_id": 7}]}
network trunk subport remove t a b
  PUT ~/trunks/t-id/remove_subports {"sub_ports": [{"port_id": "a-id"}, {"port_id": "b-id"}]}
network trunk subport list t
  GET ~/trunks?name=t
network subport list --trunk t
  GET ~/trunks?name=t
network trunk delete t u
  DELETE ~/trunks/t-id
  DELETE ~/trunks/u-id
network flavor create f --service-type s --description d --project demo --project-domain here --enable --extra-property name=x,value=y
  POST ~/flavors {"flavor": {"name": "f", "service_type": "s", "description": "d", "project_id": "demo-id", "enabled": true, "x": "y"}}
network flavor list --limit 1 --marker m --max-items 2
  GET ~/flavors?limit=1&marker=m
network flavor show f
  GET ~/flavors?name=f
network flavor set f --name g --description d --disable --extra-property name=x,value=y
  PUT ~/flavors/f-id {"flavor": {"name": "g", "description": "d", "enabled": false, "x": "y"}}
network flavor add profile f p
  POST ~/flavors/f-id/service_profiles {"service_profile": {"id": "p"}}
network flavor remove profile f p
  DELETE ~/flavors/f-id/service_profiles/p
network flavor delete f g
  DELETE ~/flavors/f-id
  DELETE ~/flavors/g-id
network flavor profile create --description d --driver v --metainfo i --enable --extra-property name=x,value=y
  POST ~/service_profiles {"service_profile": {"description": "d", "driver": "v", "metainfo": "i", "enabled": true, "x": "y"}}
network flavor profile list --limit 1 --marker m --max-items 2
  GET ~/service_profiles?limit=1&marker=m
network flavor profile show p
  GET ~/service_profiles/p
network flavor profile set p --description d --driver v --metainfo i --disable --extra-property name=x,value=y
  PUT ~/service_profiles/p {"service_profile": {"description": "d", "driver": "v", "metainfo": "i", "enabled": false, "x": "y"}}
network flavor profile delete p q
  DELETE ~/service_profiles/p
  DELETE ~/service_profiles/q
network meter create m --description d --project demo --project-domain here --share --extra-property name=x,value=y
  POST ~/metering/metering-labels {"metering_label": {"name": "m", "description": "d", "project_id": "demo-id", "shared": true, "x": "y"}}
network meter create m --no-share
  POST ~/metering/metering-labels {"metering_label": {"name": "m", "shared": false}}
network meter list --limit 1 --marker m --max-items 2
  GET ~/metering/metering-labels?limit=1&marker=m
network meter show m
  GET ~/metering/metering-labels?name=m
network meter delete m l
  DELETE ~/metering/metering-labels/m-id
  DELETE ~/metering/metering-labels/l-id
network meter rule create m --remote-ip-prefix a
  POST ~/metering/metering-label-rules {"metering_label_rule": {"metering_label_id": "m-id", "remote_ip_prefix": "a", "direction": "ingress"}}
network meter rule create m --project demo --project-domain here --exclude --egress --source-ip-prefix a --extra-property name=x,value=y
  POST ~/metering/metering-label-rules {"metering_label_rule": {"metering_label_id": "m-id", "project_id": "demo-id", "excluded": true, "direction": "egress", "source_ip_prefix": "a", "x": "y"}}
network meter rule create m --include --ingress --destination-ip-prefix a
  POST ~/metering/metering-label-rules {"metering_label_rule": {"metering_label_id": "m-id", "excluded": false, "direction": "ingress", "destination_ip_prefix": "a"}}
network meter rule list --limit 1 --marker m --max-items 2
  GET ~/metering/metering-label-rules?limit=1&marker=m
network meter rule show r
  GET ~/metering/metering-label-rules/r
network meter rule delete r s
  DELETE ~/metering/metering-label-rules/r
  DELETE ~/metering/metering-label-rules/s
network service provider list
  GET ~/service-providers
network auto allocated topology delete
  DELETE ~/auto-allocated-topology/p
network auto allocated topology delete --project demo --project-domain here
  DELETE ~/auto-allocated-topology/demo-id
network flavor create f --service-type s --disable
  POST ~/flavors {"flavor": {"name": "f", "service_type": "s", "enabled": false}}
network flavor set f --enable
  PUT ~/flavors/f-id {"flavor": {"enabled": true}}
network flavor profile create --driver v --disable
  POST ~/service_profiles {"service_profile": {"driver": "v", "enabled": false}}
network flavor profile set p --enable
  PUT ~/service_profiles/p {"service_profile": {"enabled": true}}
""")  # noqa: E501
REJECTIONS = rejection_table("""
2 network segment create s --network n => '--network-type'
2 network segment create s --network n --network-type rope => 'rope'
2 network segment range create r --network-type vxlan --minimum 1 => '--maximum'
2 network segment range list --used --unused => exclude each other
1 network segment range create r --project demo --network-type gre --minimum 1 --maximum 2 => needs --private
1 network segment range create r --physical-network p --network-type gre --minimum 1 --maximum 2 => type vlan
1 network segment range set r --minimum 1 => --minimum and --maximum need each other
2 network trunk create t => '--parent-port'
2 network trunk create t --parent-port p --subport segmentation-id=7 => port missing
1 network trunk create t --parent-port p --subport port=a,segmentation-id=x => segmentation-id 'x' of --subport
1 network trunk create t --parent-port no-port => No Port found for no-port
2 network subport list => '--trunk'
2 network trunk unset t => '--subport'
1 network flavor profile create --description d => A network flavor profile needs --driver, --metainfo, or both.
2 network meter rule create m --include --exclude => exclude each other
""")


test_sends_requests = sends(CASES)
test_rejects_invalid_input = rejects(REJECTIONS)


RANGES = [
    {"id": "1", "name": "a", "available": [3, 4, 5, 9], "used": {"1": "p", "2": "p", "7": "q"}, "minimum": 1},
    {"id": "2", "name": "b", "available": [], "used": {"1": "p"}},
    {"id": "3", "name": "c", "available": [1], "used": {}},
]
CHOSEN = {
    "--used": "a b",
    "--unused": "c",
    "--available": "a c",
    "--unavailable": "b",
    "--used --available": "a",
    "": "a b c",
}


@pytest.mark.parametrize("options", CHOSEN)
def test_segment_range_list_filters_on_the_client(cloud: FakeCloud, ostk: Run, options: str) -> None:
    cloud.answers["GET /network/v2.0/network_segment_ranges"] = {"network_segment_ranges": RANGES}
    output = ostk(f"network segment range list {options} -f value -c Name").output
    assert output.split() == CHOSEN[options].split()


def test_segment_range_list_formats_ids_as_ranges(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /network/v2.0/network_segment_ranges"] = {"network_segment_ranges": RANGES[:1]}
    shown = json.loads(ostk("network segment range list --long -f json").output)[0]
    assert (shown["Available"], shown["Used"]) == (["3-5", "9"], {"p": ["1-2"], "q": ["7"]})
    assert "Used" not in json.loads(ostk("network segment range list -f json").output)[0]
    cloud.answers["GET /network/v2.0/network_segment_ranges?name=a"] = {"network_segment_ranges": RANGES[:1]}
    assert json.loads(ostk("network segment range show a -f json").output)["available"] == ["3-5", "9"]


def test_trunk_subports(cloud: FakeCloud, ostk: Run) -> None:
    ports = [{"port_id": "p", "segmentation_type": "vlan", "segmentation_id": 7}]
    trunk = {"id": "1", "name": "t", "sub_ports": ports, "admin_state_up": True, "tags": []}
    cloud.answers["GET /network/v2.0/trunks?name=t"] = {"trunks": [trunk]}
    for line in ("network subport list --trunk t", "network trunk subport list t"):
        assert ostk(f"{line} -f csv").output == ('"Port","Segmentation Type","Segmentation ID"\n"p","vlan",7\n')
    shown = json.loads(ostk("network trunk show t -f json").output)
    assert (shown["is_admin_state_up"], shown["sub_ports"]) == (True, ports)
    cloud.answers["GET /network/v2.0/trunks"] = {"trunks": [trunk]}
    assert ostk("network trunk list --long -f value -c State").output == "True\n"


def test_auto_allocated_topology_create_and_check_resources(cloud: FakeCloud, ostk: Run) -> None:
    path = "GET /network/v2.0/auto-allocated-topology"
    made = {"id": "n", "tenant_id": "p", "project_id": "p"}
    cloud.answers[f"{path}/p"] = {"auto_allocated_topology": made}
    cloud.answers[f"{path}/demo-id?fields=dry-run"] = {"auto_allocated_topology": {"id": "dry-run=pass"}}
    words = "network auto allocated topology create"
    assert json.loads(ostk(f"{words} --or-show -f json").output) == {"id": "n", "project_id": "p"}
    checked = ostk(f"{words} --check-resources --project demo --project-domain here -f json")
    assert json.loads(checked.output) == {"dry_run": None}
    assert [line for line, _ in cloud.sent] == [f"{path}/p", f"{path}/demo-id?fields=dry-run"]


def test_flavor_and_meter_rule_show_rename_fields(cloud: FakeCloud, ostk: Run) -> None:
    flavor = {"id": "1", "name": "f", "enabled": True, "service_profiles": ["p"]}
    cloud.answers["GET /network/v2.0/flavors?name=f"] = {"flavors": [flavor]}
    assert json.loads(ostk("network flavor show f -f json").output)["service_profile_ids"] == ["p"]
    profile = {"id": "p", "driver": "", "metainfo": "i", "enabled": True, "project_id": "p"}
    cloud.answers["GET /network/v2.0/service_profiles/p"] = {"service_profile": profile}
    shown = json.loads(ostk("network flavor profile show p -f json").output)
    assert shown == {"description": None, "driver": "", "enabled": True, "id": "p", "meta_info": "i"}
    rule = {"id": "r", "excluded": True}
    cloud.answers["GET /network/v2.0/metering/metering-label-rules/r"] = {"metering_label_rule": rule}
    assert json.loads(ostk("network meter rule show r -f json").output)["is_excluded"] is True


def test_remove_of_an_absent_profile_is_no_error(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["DELETE /network/v2.0/flavors/f-id/service_profiles/p"] = (404, {"NeutronError": {"message": "no"}})
    cloud.answers["GET /network/v2.0/service_profiles/p"] = {"service_profile": {"id": "p"}}
    assert ostk("network flavor remove profile f p").exit_code == 0
    cloud.answers["GET /network/v2.0/service_profiles/p"] = (404, {"NeutronError": {"message": "no"}})
    assert ostk("network flavor remove profile f p").exit_code == 1
