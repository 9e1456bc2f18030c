"""Ports: what each command sends and prints."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

CASES = request_table("""
/network/v2.0
port create p --network n
  POST ~/ports {"port": {"name": "p", "network_id": "n-id", "admin_state_up": true}}
port create p --network n --fixed-ip subnet=s,ip-address=10.0.0.9 --fixed-ip subnet=t --mac-address m --description d --tag x
  GET ~/subnets?name=s
  GET ~/subnets?name=t
  POST ~/ports {"port": {"name": "p", "network_id": "n-id", "admin_state_up": true, "fixed_ips": [{"subnet_id": "s-id", "ip_address": "10.0.0.9"}, {"subnet_id": "t-id"}], "mac_address": "m", "description": "d"}}
  then PUT ~/ports/new-id/tags {"tags": ["x"]}
port create p --network n --no-fixed-ip --no-security-group --disable --disable-port-security --project demo --project-domain here --no-tag
  POST ~/ports {"port": {"name": "p", "network_id": "n-id", "admin_state_up": false, "fixed_ips": [], "security_groups": [], "port_security_enabled": false, "project_id": "demo-id"}}
port create p --network n --device v --device-owner o --vnic-type direct --host h --dns-domain e. --dns-name a --enable
  POST ~/ports {"port": {"name": "p", "network_id": "n-id", "admin_state_up": true, "device_id": "v", "device_owner": "o", "binding:vnic_type": "direct", "binding:host_id": "h", "dns_domain": "e.", "dns_name": "a"}}
port create p --network n --numa-policy-required --hint ovs-tx-steering=hash --trusted --pvlan-type community --pvlan-community c
  POST ~/ports {"port": {"name": "p", "network_id": "n-id", "admin_state_up": true, "numa_affinity_policy": "required", "hints": {"openvswitch": {"other_config": {"tx-steering": "hash"}}}, "trusted": true, "pvlan_type": "community", "pvlan_community": "c"}}
port create p --network n --binding-profile a=b=c --binding-profile '{"d": {"e": 1}}' --enable-uplink-status-propagation --numa-policy-socket
  POST ~/ports {"port": {"name": "p", "network_id": "n-id", "admin_state_up": true, "binding:profile": {"a": "b=c", "d": {"e": 1}}, "propagate_uplink_status": true, "numa_affinity_policy": "socket"}}
port create p --network n --extra-dhcp-option name=a,value=b,c,ip-version=4 --extra-dhcp-option name=d --disable-uplink-status-propagation
  POST ~/ports {"port": {"name": "p", "network_id": "n-id", "admin_state_up": true, "extra_dhcp_opts": [{"opt_name": "a", "opt_value": "b,c", "ip_version": "4"}, {"opt_name": "d"}], "propagate_uplink_status": false}}
port create p --network n --security-group g --security-group h --qos-policy q --enable-port-security --not-trusted
  POST ~/ports {"port": {"name": "p", "network_id": "n-id", "admin_state_up": true, "security_groups": ["g-id", "h-id"], "qos_policy_id": "q-id", "port_security_enabled": true, "trusted": false}}
port create p --network n --allowed-address ip-address=1,mac-address=2 --allowed-address ip-address=3 --device-profile v --hardware-offload-type t --extra-property name=a,value=b
  POST ~/ports {"port": {"name": "p", "network_id": "n-id", "admin_state_up": true, "allowed_address_pairs": [{"ip_address": "1", "mac_address": "2"}, {"ip_address": "3"}], "device_profile": "v", "hardware_offload_type": "t", "a": "b"}}
port list
  GET ~/ports?fields=id&fields=name&fields=mac_address&fields=fixed_ips&fields=status
port list --long --device-owner o --host h --network n --router r
  GET ~/ports?device_owner=o&binding%3Ahost_id=h&network_id=n-id&device_id=r-id&fields=id&fields=name&fields=mac_address&fields=fixed_ips&fields=status&fields=security_groups&fields=device_owner&fields=tags&fields=trunk_details
port list --server web --mac-address m --project demo --project-domain here --status DOWN
  GET ~/ports?device_id=web-id&mac_address=m&project_id=demo-id&status=DOWN&fields=id&fields=name&fields=mac_address&fields=fixed_ips&fields=status
port list --device-id v --name p --security-group g --fixed-ip subnet=s,ip-address=1 --fixed-ip ip-substring=2
  GET ~/ports?device_id=v&name=p&security_groups=g-id&fixed_ips=subnet_id%3Ds-id&fixed_ips=ip_address%3D1&fixed_ips=ip_address_substr%3D2&fields=id&fields=name&fields=mac_address&fields=fixed_ips&fields=status
port list --tags a --any-tags b --not-tags c --not-any-tags d --limit 1 --marker m --max-items 2 --pvlan
  GET ~/ports?tags=a&tags-any=b&not-tags=c&not-tags-any=d&limit=1&marker=m&fields=id&fields=name&fields=mac_address&fields=fixed_ips&fields=status&fields=pvlan_type&fields=pvlan_community
port show p
  GET ~/ports?name=p
port set p --name q --description d --device v --mac-address m --device-owner o --vnic-type normal --host h --dns-domain e. --dns-name a
  PUT ~/ports/p-id {"port": {"name": "q", "description": "d", "device_id": "v", "mac_address": "m", "device_owner": "o", "binding:vnic_type": "normal", "binding:host_id": "h", "dns_domain": "e.", "dns_name": "a"}}
port set p --numa-policy-legacy --hint '{"openvswitch": {"other_config": {"tx-steering": "thread"}}}' --not-trusted --pvlan-type isolated --disable
  PUT ~/ports/p-id {"port": {"numa_affinity_policy": "legacy", "hints": {"openvswitch": {"other_config": {"tx-steering": "thread"}}}, "trusted": false, "pvlan_type": "isolated", "admin_state_up": false}}
port set p --enable --qos-policy q --disable-port-security --data-plane-status DOWN --enable-uplink-status-propagation --numa-policy-preferred
  PUT ~/ports/p-id {"port": {"admin_state_up": true, "qos_policy_id": "q-id", "port_security_enabled": false, "data_plane_status": "DOWN", "propagate_uplink_status": true, "numa_affinity_policy": "preferred"}}
port set p --extra-dhcp-option name=a,value=b --extra-property name=c,value=d --enable-port-security --disable-uplink-status-propagation --trusted
  PUT ~/ports/p-id {"port": {"extra_dhcp_opts": [{"opt_name": "a", "opt_value": "b"}], "c": "d", "port_security_enabled": true, "propagate_uplink_status": false, "trusted": true}}
port set p --tag a
  PUT ~/ports/p-id/tags {"tags": ["a"]}
port unset p --qos-policy --data-plane-status --numa-policy --host --hints --device --device-owner --pvlan-community --extra-property name=a
  PUT ~/ports/p-id {"port": {"qos_policy_id": null, "data_plane_status": null, "numa_affinity_policy": null, "binding:host_id": null, "hints": null, "device_id": "", "device_owner": "", "pvlan_community": null, "a": null}}
port delete p q
  DELETE ~/ports/p-id
  DELETE ~/ports/q-id
port create p --network n --numa-policy-preferred
  POST ~/ports {"port": {"name": "p", "network_id": "n-id", "admin_state_up": true, "numa_affinity_policy": "preferred"}}
port set p --numa-policy-required --pvlan-community c
  PUT ~/ports/p-id {"port": {"numa_affinity_policy": "required", "pvlan_community": "c"}}
port set p --numa-policy-socket --no-tag
  PUT ~/ports/p-id {"port": {"numa_affinity_policy": "socket"}}
port unset p --tag t
port unset p --all-tag
""")  # noqa: E501
REJECTIONS = rejection_table("""
2 port create p => '--network'
2 port create p --network n --fixed-ip bogus=1 => 'bogus' is not one of
2 port create p --network n --fixed-ip subnet=s --no-fixed-ip => exclude each other
2 port create p --network n --security-group g --no-security-group => exclude each other
2 port create p --network n --numa-policy-socket --numa-policy-legacy => exclude each other
2 port create p --network n --binding-profile [1] => neither KEY=VALUE nor a JSON object
2 port create p --network n --extra-dhcp-option value=b => name missing
2 port list --router r --server s => exclude each other
2 port list --status GONE => GONE
1 port create p --network n --hint a=b => --hint takes
1 port create p --network n --pvlan-type community => needs --pvlan-community
1 port create p --network n --pvlan-type isolated --disable-port-security => needs port security
1 port set p --pvlan-type isolated --disable-port-security => needs port security
1 port create p --network n --fixed-ip subnet=no-subnet => No Subnet found for no-subnet
1 port unset p --fixed-ip ip-address=1 => p has no fixed IP ip_address=1.
1 port unset p --binding-profile a => The binding profile of p has no key a.
""")


test_sends_requests = sends(CASES)
test_rejects_invalid_input = rejects(REJECTIONS)


ONE = {"subnet_id": "s-id", "ip_address": "10.0.0.2"}
PORT: dict[str, Any] = {
    "id": "1",
    "name": "p",
    "mac_address": "fa:16:3e:00:00:01",
    "fixed_ips": [ONE],
    "status": "ACTIVE",
    "security_groups": ["g-id"],
    "allowed_address_pairs": [{"ip_address": "1", "mac_address": "2"}],
    "binding:profile": {"a": "b", "c": "d"},
    "trunk_details": {"trunk_id": "t", "sub_ports": [{"port_id": "2", "segmentation_id": 7}]},
    "tags": [],
}
CHANGES = {
    "set p --fixed-ip ip-address=3": {"fixed_ips": [ONE, {"ip_address": "3"}]},
    "set p --no-fixed-ip --fixed-ip ip-address=3": {"fixed_ips": [{"ip_address": "3"}]},
    "set p --no-fixed-ip": {"fixed_ips": []},
    "set p --security-group h": {"security_groups": ["g-id", "h-id"]},
    "set p --no-security-group --security-group h": {"security_groups": ["h-id"]},
    "set p --no-allowed-address --allowed-address ip-address=3": {"allowed_address_pairs": [{"ip_address": "3"}]},
    "set p --binding-profile e=f": {"binding:profile": {"a": "b", "c": "d", "e": "f"}},
    "set p --no-binding-profile --binding-profile e=f": {"binding:profile": {"e": "f"}},
    "set p --no-binding-profile": {"binding:profile": {}},
    "unset p --fixed-ip subnet=s,ip-address=10.0.0.2": {"fixed_ips": []},
    "unset p --security-group g": {"security_groups": []},
    "unset p --allowed-address ip-address=1,mac-address=2": {"allowed_address_pairs": []},
    "unset p --binding-profile a": {"binding:profile": {"c": "d"}},
}


@pytest.mark.parametrize("words", CHANGES)
def test_set_and_unset_merge_lists(cloud: FakeCloud, ostk: Run, words: str) -> None:
    cloud.answers["GET /network/v2.0/ports?name=p"] = {"ports": [PORT]}
    assert ostk(f"port {words}").exit_code == 0
    assert cloud.sent[1:] == [("PUT /network/v2.0/ports/1", {"port": CHANGES[words]})]


LONG = """\
+----+------+-------------------+-----------------------------------------+--------+-----------------+--------------+------+----------------------------------+
| ID | Name | MAC Address       | Fixed IP Addresses                      | Status | Security Groups | Device Owner | Tags | Trunk subports                   |
+----+------+-------------------+-----------------------------------------+--------+-----------------+--------------+------+----------------------------------+
| 1  | p    | fa:16:3e:00:00:01 | ip_address='10.0.0.2', subnet_id='s-id' | ACTIVE | g-id            | None         |      | port_id='2', segmentation_id='7' |
+----+------+-------------------+-----------------------------------------+--------+-----------------+--------------+------+----------------------------------+
"""  # noqa: E501


def test_long_list(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /network/v2.0/ports"] = {"ports": [PORT]}
    assert ostk("port list --long").output == LONG
    shown = json.loads(ostk("port list --long -f json").output)[0]
    assert shown["Trunk subports"] == [{"port_id": "2", "segmentation_id": 7}]


def test_list_has_pvlan_columns_with_pvlan_filters(cloud: FakeCloud, ostk: Run) -> None:
    inside = PORT | {"pvlan_type": "community", "pvlan_community": "c"}
    cloud.answers["GET /network/v2.0/ports"] = {"ports": [PORT, inside]}
    columns = "-f value -c Name -c 'PVLAN Type' -c 'PVLAN Community'"
    assert ostk(f"port list --pvlan {columns}").output == "p community c\n"
    assert ostk("port list --pvlan -f value -c 'PVLAN Type'").output == "community\n"
    assert ostk(f"port list --no-pvlan {columns}").output == "p None None\n"
    assert ostk(f"port list --pvlan-type isolated {columns}").output == ""
    assert ostk(f"port list --pvlan-community c {columns}").output == "p community c\n"


def test_show_keeps_the_order_of_fields(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /network/v2.0/ports?name=p"] = {"ports": [PORT]}
    shown = json.loads(ostk("port show p -f json").output)
    assert list(shown)[:6] == [
        "admin_state_up",
        "allowed_address_pairs",
        "binding_host_id",
        "binding_profile",
        "binding_vif_details",
        "binding_vif_type",
    ]
    assert (shown["hints"], shown["security_group_ids"], shown["binding_profile"]["a"]) == ("", ["g-id"], "b")


def test_unset_does_not_send_null_for_null_fields(cloud: FakeCloud, ostk: Run) -> None:
    port = {"id": "p-id", "name": "p", "data_plane_status": None, "qos_policy_id": "q"}
    cloud.answers["GET /network/v2.0/ports"] = {"ports": [port]}
    assert ostk("port unset p --data-plane-status").exit_code == 0
    assert [request for request, _ in cloud.sent if request.startswith("PUT")] == []
    ostk("port unset p --data-plane-status --qos-policy")
    assert cloud.sent[-1] == ("PUT /network/v2.0/ports/p-id", {"port": {"qos_policy_id": None}})
