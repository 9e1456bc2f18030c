"""Routers, NDP proxies and conntrack helpers: what each command sends and prints."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

CASES = request_table("""
/network/v2.0
router create r
  POST ~/routers {"router": {"name": "r", "admin_state_up": true}}
router create r --disable --distributed --ha --description d --project demo --project-domain here --tag t --extra-property name=x,value=y
  POST ~/routers {"router": {"name": "r", "admin_state_up": false, "distributed": true, "ha": true, "description": "d", "project_id": "demo-id", "x": "y"}}
  then PUT ~/routers/new-id/tags {"tags": ["t"]}
router create r --enable --centralized --no-ha --availability-zone-hint a --availability-zone-hint b --flavor f --no-tag --evpn-vni 7
  POST ~/routers {"router": {"name": "r", "admin_state_up": true, "distributed": false, "ha": false, "availability_zone_hints": ["a", "b"], "flavor_id": "f-id", "evpn_vni": 7}}
router create r --flavor-id f --auto-evpn-vni --enable-default-route-bfd --disable-default-route-ecmp --disable-ndp-proxy
  POST ~/routers {"router": {"name": "r", "admin_state_up": true, "flavor_id": "f-id", "evpn_vni": 0, "enable_default_route_bfd": true, "enable_default_route_ecmp": false, "enable_ndp_proxy": false}}
router create r --external-gateway n --fixed-ip subnet=s,ip-address=1 --fixed-ip ip-address=2 --enable-snat --qos-policy q --enable-ndp-proxy
  POST ~/routers {"router": {"name": "r", "admin_state_up": true, "enable_ndp_proxy": true, "external_gateway_info": {"network_id": "n-id", "enable_snat": true, "qos_policy_id": "q-id", "external_fixed_ips": [{"subnet_id": "s-id", "ip_address": "1"}, {"ip_address": "2"}]}}}
router list
  GET ~/routers
router list --name r --enable --long --project demo --project-domain here --tags a --any-tags b --not-tags c --not-any-tags d
  GET ~/routers?name=r&admin_state_up=true&project_id=demo-id&tags=a&tags-any=b&not-tags=c&not-tags-any=d
router list --disable --limit 1 --marker m --max-items 2
  GET ~/routers?admin_state_up=false&limit=1&marker=m
router list --agent a
  GET ~/agents/a/l3-routers
router show r
  GET ~/routers?name=r
  GET ~/ports?device_id=r-id
router set r --name q --description d --enable --distributed --ha --enable-ndp-proxy --enable-default-route-ecmp
  PUT ~/routers/r-id {"router": {"name": "q", "description": "d", "admin_state_up": true, "distributed": true, "ha": true, "enable_ndp_proxy": true, "enable_default_route_ecmp": true}}
router set r --disable --centralized --no-ha --disable-ndp-proxy --disable-default-route-bfd --extra-property name=x,value=y
  PUT ~/routers/r-id {"router": {"admin_state_up": false, "distributed": false, "ha": false, "enable_ndp_proxy": false, "enable_default_route_bfd": false, "x": "y"}}
router set r --external-gateway n --fixed-ip subnet=s --disable-snat --no-qos-policy
  PUT ~/routers/r-id {"router": {"external_gateway_info": {"network_id": "n-id", "enable_snat": false, "qos_policy_id": null, "external_fixed_ips": [{"subnet_id": "s-id"}]}}}
router set r --tag t
  PUT ~/routers/r-id/tags {"tags": ["t"]}
router unset r --external-gateway --extra-property name=x
  PUT ~/routers/r-id {"router": {"x": null, "external_gateway_info": {}}}
router delete r q
  DELETE ~/routers/r-id
  DELETE ~/routers/q-id
router add port r p
  PUT ~/routers/r-id/add_router_interface {"port_id": "p-id"}
router remove port r p
  PUT ~/routers/r-id/remove_router_interface {"port_id": "p-id"}
router add subnet r s
  PUT ~/routers/r-id/add_router_interface {"subnet_id": "s-id"}
router add subnet r s --advertise-host
  PUT ~/routers/r-id/add_router_interface {"subnet_id": "s-id", "advertise_host": true}
router remove subnet r s
  PUT ~/routers/r-id/remove_router_interface {"subnet_id": "s-id"}
router add route r --route destination=d,gateway=g --route destination=e,gateway=h
  PUT ~/routers/r-id/add_extraroutes {"router": {"routes": [{"destination": "d", "nexthop": "g"}, {"destination": "e", "nexthop": "h"}]}}
router remove route r --route destination=d,gateway=g
  PUT ~/routers/r-id/remove_extraroutes {"router": {"routes": [{"destination": "d", "nexthop": "g"}]}}
router add gateway r n --fixed-ip ip-address=1
  PUT ~/routers/r-id/add_external_gateways {"router": {"external_gateways": [{"network_id": "n-id", "external_fixed_ips": [{"ip_address": "1"}]}]}}
router remove gateway r n --fixed-ip subnet=s
  PUT ~/routers/r-id/remove_external_gateways {"router": {"external_gateways": [{"network_id": "n-id", "external_fixed_ips": [{"subnet_id": "s-id"}]}]}}
router ndp proxy create r --name x --port p --ip-address a --description d
  POST ~/ndp_proxies {"ndp_proxy": {"router_id": "r-id", "name": "x", "port_id": "p-id", "ip_address": "a", "description": "d"}}
router ndp proxy list --router r --port p --ip-address a --project demo --project-domain here --name x
  GET ~/ndp_proxies?router_id=r-id&port_id=p-id&ip_address=a&project_id=demo-id&name=x
router ndp proxy show x
  GET ~/ndp_proxies?name=x
router ndp proxy set x --name y --description d
  PUT ~/ndp_proxies/x-id {"ndp_proxy": {"name": "y", "description": "d"}}
router ndp proxy delete x y
  DELETE ~/ndp_proxies/x-id
  DELETE ~/ndp_proxies/y-id
network l3 conntrack helper create r --helper ftp --protocol tcp --port 21
  POST ~/routers/r-id/conntrack_helpers {"conntrack_helper": {"helper": "ftp", "protocol": "tcp", "port": 21}}
network l3 conntrack helper list r --helper ftp --protocol tcp --port 21 --limit 1 --marker m --max-items 2
  GET ~/routers/r-id/conntrack_helpers?helper=ftp&protocol=tcp&port=21&limit=1&marker=m
network l3 conntrack helper set r 1 --helper tftp --protocol udp --port 69
  PUT ~/routers/r-id/conntrack_helpers/1 {"conntrack_helper": {"helper": "tftp", "protocol": "udp", "port": 69}}
network l3 conntrack helper delete r 1 2
  DELETE ~/routers/r-id/conntrack_helpers/1
  DELETE ~/routers/r-id/conntrack_helpers/2
router create r --disable-default-route-bfd --enable-default-route-ecmp
  POST ~/routers {"router": {"name": "r", "admin_state_up": true, "enable_default_route_bfd": false, "enable_default_route_ecmp": true}}
router set r --external-gateway n --enable-snat --no-tag
  PUT ~/routers/r-id {"router": {"external_gateway_info": {"network_id": "n-id", "enable_snat": true}}}
router set r --enable-default-route-bfd --disable-default-route-ecmp
  PUT ~/routers/r-id {"router": {"enable_default_route_bfd": true, "enable_default_route_ecmp": false}}
router unset r --tag t
router unset r --all-tag
""")  # noqa: E501
REJECTIONS = rejection_table("""
1 router create r --enable-snat => need --external-gateway
1 router create r --fixed-ip ip-address=1 => need --external-gateway
1 router create r --enable-ndp-proxy => --enable-ndp-proxy needs --external-gateway
1 router create r --qos-policy q => --qos-policy needs --external-gateway
1 router create r --external-gateway n --external-gateway m => lacks the extension external-gateway-multi
1 router set r --disable-snat => need --external-gateway
1 router set r --qos-policy q => give --external-gateway as well
1 router unset r --qos-policy => no external gateway with a QoS policy
1 router unset r --route destination=d,gateway=g => r has no route destination=d,nexthop=g.
2 router create r --evpn-vni 0 => 0
2 router create r --evpn-vni 1 --auto-evpn-vni => exclude each other
2 router set r --qos-policy q --no-qos-policy => exclude each other
2 router ndp proxy create r => '--port'
2 network l3 conntrack helper create r --helper ftp => '--protocol'
1 network l3 conntrack helper list no-router => No Router found for no-router
""")


test_sends_requests = sends(CASES)
test_rejects_invalid_input = rejects(REJECTIONS)


INFO = {"network_id": "n", "qos_policy_id": "q", "external_fixed_ips": []}
ROUTER: dict[str, Any] = {
    "id": "1",
    "name": "r",
    "status": "ACTIVE",
    "admin_state_up": True,
    "project_id": "p",
    "routes": [{"destination": "d", "nexthop": "g"}],
    "external_gateway_info": INFO,
    "availability_zones": ["nova"],
    "tags": [],
}
NEW = {"destination": "e", "nexthop": "h"}
CHANGES = {
    "set r --route destination=e,gateway=h": {"routes": [NEW, *ROUTER["routes"]]},
    "set r --no-route --route destination=e,gateway=h": {"routes": [NEW]},
    "set r --no-route": {"routes": []},
    "set r --qos-policy x": {"external_gateway_info": {"network_id": "n", "qos_policy_id": "x-id"}},
    "set r --no-qos-policy": {"external_gateway_info": {"network_id": "n", "qos_policy_id": None}},
    "unset r --route destination=d,gateway=g": {"routes": []},
    "unset r --qos-policy": {"external_gateway_info": {"network_id": "n", "qos_policy_id": None}},
}


@pytest.mark.parametrize("words", CHANGES)
def test_set_and_unset_merge_routes_and_gateway(cloud: FakeCloud, ostk: Run, words: str) -> None:
    cloud.answers["GET /network/v2.0/routers?name=r"] = {"routers": [ROUTER]}
    assert ostk(f"router {words}").exit_code == 0
    assert cloud.sent[1:] == [("PUT /network/v2.0/routers/1", {"router": CHANGES[words]})]


def test_create_sends_several_gateways_separately(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /network/v2.0/extensions/external-gateway-multihoming"] = {
        "extension": {"alias": "external-gateway-multihoming"}
    }
    cloud.answers["GET /network/v2.0/subnets/s-id"] = {"subnet": {"id": "s-id", "network_id": "m-id"}}
    line = "router create r --external-gateway n --external-gateway m --disable-snat --fixed-ip"
    assert ostk(f"{line} subnet=s,ip-address=1 --fixed-ip ip-address=2").exit_code == 0
    made, placed = [one for one in cloud.sent if not one[0].startswith("GET")]
    assert made == ("POST /network/v2.0/routers", {"router": {"name": "r", "admin_state_up": True}})
    path, body = placed
    assert path == "PUT /network/v2.0/routers/new-id/update_external_gateways"
    assert body["router"]["external_gateways"] == [
        {"network_id": "n-id", "enable_snat": False, "external_fixed_ips": [{"ip_address": "2"}]},
        {"network_id": "m-id", "enable_snat": False, "external_fixed_ips": [{"subnet_id": "s-id", "ip_address": "1"}]},
    ]


def test_add_gateway_names_the_missing_extension(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["PUT /network/v2.0/routers/r-id/add_external_gateways"] = (404, {})
    result = ostk("router add gateway r n")
    assert result.exit_code == 1
    assert "Several gateways are not supported in this cloud" in result.output


LONG = """\
+----+------+--------+-------+---------+-------+------------------------------+---------------------------------------------------------------------+--------------------+------+
| ID | Name | Status | State | Project | HA    | Routes                       | External gateway info                                               | Availability zones | Tags |
+----+------+--------+-------+---------+-------+------------------------------+---------------------------------------------------------------------+--------------------+------+
| 1  | r    | ACTIVE | UP    | p       | False | destination='d', gateway='g' | {"network_id": "n", "qos_policy_id": "q", "external_fixed_ips": []} | nova               |      |
+----+------+--------+-------+---------+-------+------------------------------+---------------------------------------------------------------------+--------------------+------+
"""  # noqa: E501


def test_long_list_leaves_out_columns_without_values(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /network/v2.0/routers"] = {"routers": [ROUTER | {"ha": False}]}
    assert ostk("router list --long").output == LONG
    without = {key: value for key, value in ROUTER.items() if key != "availability_zones"}
    cloud.answers["GET /network/v2.0/routers"] = {"routers": [without]}
    shown = json.loads(ostk("router list --long -f json").output)[0]
    assert list(shown) == "ID,Name,Status,State,Project,Routes,External gateway info,Tags".split(",")
    assert shown["Routes"] == ROUTER["routes"]


def test_list_by_agent_filters_on_the_client(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /network/v2.0/agents/a/l3-routers"] = {"routers": [ROUTER]}
    assert ostk("router list --agent a --name r --enable -f value -c ID").output == "1\n"
    assert ostk("router list --agent a --name q -f value -c ID").output == ""


def test_show_has_interfaces_without_gateway_ports(cloud: FakeCloud, ostk: Run) -> None:
    ports = [
        {"id": "7", "device_owner": "network:router_interface", "fixed_ips": [{"ip_address": "1", "subnet_id": "s"}]},
        {"id": "8", "device_owner": "network:router_gateway", "fixed_ips": [{"ip_address": "2", "subnet_id": "t"}]},
    ]
    cloud.answers["GET /network/v2.0/routers?name=r"] = {"routers": [ROUTER]}
    cloud.answers["GET /network/v2.0/ports?device_id=1"] = {"ports": ports}
    fields = json.loads(ostk("router show r -f json").output)
    assert fields["interfaces_info"] == [{"port_id": "7", "ip_address": "1", "subnet_id": "s"}]
    assert list(fields) == sorted(fields)
    shown = ostk("router show r -c interfaces_info").output
    assert '[{"port_id": "7", "ip_address": "1", "subnet_id": "s"}]' in shown


def test_conntrack_helper_show_and_list(cloud: FakeCloud, ostk: Run) -> None:
    path = "GET /network/v2.0/routers/r-id/conntrack_helpers"
    helper = {"id": "1", "helper": "ftp", "protocol": "tcp", "port": 21}
    cloud.answers[f"{path}/1"] = {"conntrack_helper": helper}
    cloud.answers[path] = {"conntrack_helpers": [helper]}
    assert json.loads(ostk("network l3 conntrack helper show r 1 -f json").output) == helper | {"name": None}
    assert ostk("network l3 conntrack helper list r -f value").output == "1 r-id ftp tcp 21\n"
