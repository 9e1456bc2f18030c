"""Floating IPs, their port forwardings, and local IPs: what each command sends and prints."""

from __future__ import annotations

import json

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

CASES = request_table("""
/network/v2.0
floating ip create public
  POST ~/floatingips {"floatingip": {"floating_network_id": "public-id"}}
floating ip create public --subnet s --port p --router r --floating-ip-address 1 --fixed-ip-address 2 --qos-policy q --description d
  POST ~/floatingips {"floatingip": {"floating_network_id": "public-id", "subnet_id": "s-id", "port_id": "p-id", "router_id": "r-id", "floating_ip_address": "1", "fixed_ip_address": "2", "qos_policy_id": "q-id", "description": "d"}}
floating ip create public --project demo --project-domain here --dns-domain e. --dns-name a --extra-property name=x,value=y --tag t
  POST ~/floatingips {"floatingip": {"floating_network_id": "public-id", "project_id": "demo-id", "dns_domain": "e.", "dns_name": "a", "x": "y"}}
  then PUT ~/floatingips/new-id/tags {"tags": ["t"]}
floating ip create public --no-tag
  POST ~/floatingips {"floatingip": {"floating_network_id": "public-id"}}
floating ip list
  GET ~/floatingips
floating ip list --network a --network b --port p --port q --router r --router s --long
  GET ~/floatingips?floating_network_id=a-id&floating_network_id=b-id&port_id=p-id&port_id=q-id&router_id=r-id&router_id=s-id
floating ip list --fixed-ip-address 1 --floating-ip-address 2 --status DOWN --project demo --project-domain here
  GET ~/floatingips?fixed_ip_address=1&floating_ip_address=2&status=DOWN&project_id=demo-id
floating ip list --tags a --any-tags b --not-tags c --not-any-tags d --limit 1 --marker m --max-items 2
  GET ~/floatingips?tags=a&tags-any=b&not-tags=c&not-tags-any=d&limit=1&marker=m
floating ip show 172.24.4.9
  GET ~/floatingips?floating_ip_address=172.24.4.9
floating ip set f --port p --router r --fixed-ip-address 1 --description d --qos-policy q --extra-property name=x,value=y
  PUT ~/floatingips/f-id {"floatingip": {"port_id": "p-id", "router_id": "r-id", "fixed_ip_address": "1", "description": "d", "qos_policy_id": "q-id", "x": "y"}}
floating ip set f --no-qos-policy --tag t
  PUT ~/floatingips/f-id {"floatingip": {"qos_policy_id": null}}
  PUT ~/floatingips/f-id/tags {"tags": ["t"]}
floating ip set f --no-tag
floating ip unset f --port --qos-policy --extra-property name=x,value=y
  PUT ~/floatingips/f-id {"floatingip": {"port_id": null, "qos_policy_id": null, "x": "y"}}
floating ip unset f --tag t
floating ip unset f --all-tag
floating ip delete f g
  DELETE ~/floatingips/f-id
  DELETE ~/floatingips/g-id
floating ip port forwarding create f --internal-ip-address 10.0.0.2 --port p --internal-protocol-port 80 --external-protocol-port 8080 --protocol tcp
  POST ~/floatingips/f-id/port_forwardings {"port_forwarding": {"internal_ip_address": "10.0.0.2", "internal_port_id": "p-id", "internal_port": 80, "external_port": 8080, "protocol": "tcp"}}
floating ip port forwarding create f --internal-ip-address 1 --port p --internal-protocol-port 1:3 --external-protocol-port 4:6 --protocol tcp --description d --extra-property name=x,value=y
  POST ~/floatingips/f-id/port_forwardings {"port_forwarding": {"internal_ip_address": "1", "internal_port_id": "p-id", "internal_port_range": "1:3", "external_port_range": "4:6", "protocol": "tcp", "description": "d", "x": "y"}}
floating ip port forwarding list f --port p --external-protocol-port 80 --protocol tcp --limit 1 --marker m --max-items 2
  GET ~/floatingips/f-id/port_forwardings?internal_port_id=p-id&protocol=tcp&limit=1&marker=m&external_port=80
floating ip port forwarding set f 1 --port p --internal-ip-address 2 --internal-protocol-port 3 --external-protocol-port 4:5 --protocol udp --description d --extra-property name=x,value=y
  PUT ~/floatingips/f-id/port_forwardings/1 {"port_forwarding": {"internal_port_id": "p-id", "internal_ip_address": "2", "internal_port": 3, "external_port_range": "4:5", "protocol": "udp", "description": "d", "x": "y"}}
floating ip port forwarding delete f 1 2
  DELETE ~/floatingips/f-id/port_forwardings/1
  DELETE ~/floatingips/f-id/port_forwardings/2
local ip create --name l --description d --network n --local-port p --local-ip-address 1 --ip-mode translate --project-domain here
  POST ~/local_ips {"local_ip": {"name": "l", "description": "d", "network_id": "n-id", "local_port_id": "p-id", "local_ip_address": "1", "ip_mode": "translate"}}
local ip list --name l --project demo --project-domain here --network n --local-port p --local-ip-address 1 --ip-mode translate
  GET ~/local_ips?name=l&project_id=demo-id&network_id=n-id&local_port_id=p-id&local_ip_address=1&ip_mode=translate
local ip show l
  GET ~/local_ips?name=l
local ip set l --name m --description d
  PUT ~/local_ips/l-id {"local_ip": {"name": "m", "description": "d"}}
local ip delete l m
  DELETE ~/local_ips/l-id
  DELETE ~/local_ips/m-id
local ip association create l p --fixed-ip 1 --project-domain here
  POST ~/local_ips/l-id/port_associations {"port_association": {"fixed_port_id": "p-id", "fixed_ip": "1"}}
local ip association list l --fixed-port p --fixed-ip 1 --host h --project-domain here
  GET ~/local_ips/l-id/port_associations?fixed_port_id=p-id&fixed_ip=1&host=h
local ip association delete l 1 2
  DELETE ~/local_ips/l-id/port_associations/1
  DELETE ~/local_ips/l-id/port_associations/2
""")  # noqa: E501
WHOLE = "--internal-ip-address 1 --port p --protocol tcp --internal-protocol-port"
REJECTIONS = rejection_table(f"""
2 floating ip set f --qos-policy q --no-qos-policy => exclude each other
2 floating ip list --status GONE => GONE
2 floating ip port forwarding create f --port p => '--internal-ip-address'
2 floating ip port forwarding create f {WHOLE} 0 --external-protocol-port 1 => is not a port or a range
2 floating ip port forwarding create f {WHOLE} 3:1 --external-protocol-port 1:3 => is not a port or a range
2 floating ip port forwarding create f {WHOLE} http --external-protocol-port 1 => is not PORT or PORT:PORT
1 floating ip port forwarding create f {WHOLE} 1:3 --external-protocol-port 1:2 => differ in size
1 floating ip show no-ip => No FloatingIP found for no-ip
1 local ip association create no-ip p => No LocalIP found for no-ip
""")


test_sends_requests = sends(CASES)
test_rejects_invalid_input = rejects(REJECTIONS)


def test_list_is_empty_if_neutron_answers_404(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /network/v2.0/floatingips"] = (404, {})
    result = ostk("floating ip list -f json")
    assert (result.exit_code, result.output) == (0, "[]\n")


def test_show_formats_port_details(cloud: FakeCloud, ostk: Run) -> None:
    found = {"id": "1", "floating_ip_address": "172.24.4.9", "port_details": {"b": 2, "a": 1}}
    cloud.answers["GET /network/v2.0/floatingips?floating_ip_address=172.24.4.9"] = {"floatingips": [found]}
    shown = ostk("floating ip show 172.24.4.9 -c name -c port_details").output
    assert "| name         | 172.24.4.9   |" in shown
    assert "| port_details | a='1', b='2' |" in shown


def test_port_forwarding_list_filters_port_ranges_on_the_client(cloud: FakeCloud, ostk: Run) -> None:
    path = "GET /network/v2.0/floatingips/f-id/port_forwardings"
    cloud.answers[path] = {"port_forwardings": [{"id": "1", "external_port_range": "1:3"}, {"id": "2"}]}
    line = "floating ip port forwarding list f --external-protocol-port 1:3 -f value -c ID"
    assert ostk(line).output == "1\n"


def test_port_forwarding_show(cloud: FakeCloud, ostk: Run) -> None:
    path = "GET /network/v2.0/floatingips/f-id/port_forwardings/1"
    cloud.answers[path] = {"port_forwarding": {"id": "1", "protocol": "tcp", "external_port_range": "1:3"}}
    shown = json.loads(ostk("floating ip port forwarding show f 1 -f json").output)
    assert (shown["protocol"], shown["external_port_range"], shown["name"]) == ("tcp", "1:3", None)
    cloud.answers[path] = (404, {})
    missing = ostk("floating ip port forwarding show f 1")
    assert missing.exit_code == 1
    assert "No PortForwarding found for 1" in missing.output


def test_local_ip_association_list_has_local_ip_id(cloud: FakeCloud, ostk: Run) -> None:
    path = "GET /network/v2.0/local_ips/l-id/port_associations"
    found = {"fixed_port_id": "p", "fixed_ip": "2", "host": "h", "local_ip_address": "1"}
    cloud.answers[path] = {"port_associations": [found]}
    assert ostk("local ip association list l -f value").output == "l-id 1 p 2 h\n"
